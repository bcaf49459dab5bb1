#include "sim/bank_window.hpp"

#include "sim/surface_place.hpp"

#include <algorithm>

namespace kedge::sim {

int BankWindow::step() const {
    return rules_.step == BankRules::Step::eight ? places_a_unit : places_;
}

int BankWindow::bank_left() const {
    if (start_ == 0) return 0;
    if (rules_.last_bank == BankRules::LastBank::aligned) return (start_ - 1) / step() * step();
    return std::max(0, start_ - step());
}

int BankWindow::bank_right(int strips) const {
    switch (rules_.last_bank) {
        case BankRules::LastBank::aligned: {
            if (strips <= places_ && start_ == 0) return start_;
            const int next = start_ / step() * step() + step();
            return next < strips ? next : start_;
        }
        case BankRules::LastBank::partial:
            return start_ + places_ < strips ? start_ + step() : start_;
        case BankRules::LastBank::running_out:
            return std::max(0, std::min(start_ + step(), strips - 1));
        case BankRules::LastBank::overlapping:
            break;
    }
    return std::max(start_, std::min(start_ + step(), strips - places_));
}

int BankWindow::channel_right(int strips) const {
    const int last_start = rules_.channels_run_out ? strips - 1 : strips - places_;
    return start_ < last_start ? start_ + 1 : start_;
}

bool BankWindow::press(Move move, int strips) {
    const int before = start_;
    switch (move) {
        case Move::bank_left:
            start_ = bank_left();
            break;
        case Move::bank_right:
            start_ = bank_right(strips);
            break;
        case Move::channel_left:
            start_ = std::max(0, start_ - 1);
            break;
        case Move::channel_right:
            start_ = channel_right(strips);
            break;
    }
    return start_ != before || rules_.repaints_in_any_case;
}

}  // namespace kedge::sim
