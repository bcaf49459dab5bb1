#include "control/awaited_echoes.hpp"

#include <algorithm>
#include <cstdlib>

namespace kedge::control {

namespace {

constexpr std::size_t most_awaited = 64;  // a DAW tells the last of them at the latest

}  // namespace

void AwaitedEchoes::set(Instant now, FaderPosition at) {
    set_.push_back(at);
    if (set_.size() > most_awaited) set_.pop_front();
    set_at_ = now;
    told_else_ = false;
}

bool AwaitedEchoes::settle(FaderPosition told) {
    const auto echo = std::find_if(set_.begin(), set_.end(), [&](FaderPosition set) {
        return std::abs(set.value() - told.value()) < step_;
    });
    told_else_ = echo == set_.end();
    if (told_else_) return false;
    set_.erase(set_.begin(), echo + 1);
    return true;
}

}  // namespace kedge::control
