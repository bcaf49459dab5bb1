#include "engine/comparison_job.hpp"

#include "engine/strip_identity.hpp"
#include "engine/unfinished.hpp"
#include "surface/same_value.hpp"

#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

const ControlValue& value_of(const Compared& control, Side side) {
    return side == Side::a ? *control.a : *control.b;
}

Side other(Side side) {
    return side == Side::a ? Side::b : Side::a;
}

std::string name_of(const Remembered& memory) {
    return memory.pass ? fmt::format("after pass {}", memory.pass->value)
                       : fmt::format("in snapshot '{}'", memory.snapshot);
}

}  // namespace

ComparisonJob::ComparisonJob(std::string a, std::string b, std::optional<Side> to, bool force,
                             std::string surface_name, WallTime created, journal::Journal& journal,
                             surface::PassRecorder& recorder)
    : ReadingPassJob("switching", recorder, "nothing was changed"),
      words_{std::move(a), std::move(b)},
      to_(to),
      force_(force),
      surface_name_(std::move(surface_name)),
      created_(created),
      journal_(journal) {}

void ComparisonJob::start(Desk& desk) {
    if (auto known = look_up(desk); !known) return refuse(known.error());
    if (auto taken = take_all(desk); !taken) return refuse(taken.error());
    if (report_.differing == 0)
        return refuse({ErrorKind::refused,
                       fmt::format("'{}' and '{}' leave the same mixer: there is nothing to switch.",
                                   words_[0], words_[1]),
                       {}});
    std::vector<Question> questions;
    for (const Reading& reading : readings_) questions.push_back({reading.strip, reading.control.control});
    read(desk, questions);
}

Result<void> ComparisonJob::look_up(const Desk& desk) {
    const std::string& session = desk.mixer().session.name;
    if (auto clear = check_nothing_unfinished(journal_, session); !clear) return clear;
    for (std::size_t i = 0; i < 2; ++i) {
        auto memory = remember(journal_, session, words_[i], desk.surface().capabilities());
        if (!memory) return tl::unexpected(memory.error());
        sides_[i] = std::move(*memory);
    }
    auto passes = journal_.history(session);
    if (!passes) return tl::unexpected(passes.error());
    record_.emplace(std::move(*passes), desk.surface().capabilities());
    return {};
}

namespace {
PassEntry entry_of(const Compared& control) {
    return {control.strip, control.control, *control.a, *control.b, Verdict::pending, "comparison", {}};
}
}  // namespace

Result<void> ComparisonJob::take_all(const Desk& desk) {
    auto controls = compare(*sides_[0], *sides_[1], desk.surface().capabilities());
    std::erase_if(controls, [](const Compared& control) { return !control.differ; });
    std::vector<PassEntry> entries;
    for (const Compared& control : controls) entries.push_back(entry_of(control));
    const auto strips = recognise_recorded(entries, desk.mixer(), desk.surface().capabilities());
    if (!strips) return tl::unexpected(strips.error());
    for (const Compared& control : controls)
        take(control, find_recorded(*strips, control.strip, desk.mixer()));
    return {};
}

void ComparisonJob::take(const Compared& control, const Strip* strip) {
    ++report_.differing;
    if (report_.lets(strip, entry_of(control))) readings_.push_back({control, strip->id});
}

Side ComparisonJob::side_to_go(const Capabilities& capabilities) const {
    if (to_) return *to_;
    std::size_t as_a = 0;
    std::size_t as_b = 0;
    for (std::size_t i = 0; i < readings_.size(); ++i) {
        const auto held = answer(i);
        if (held && surface::same_value(*held, *readings_[i].control.a, capabilities)) ++as_a;
        if (held && surface::same_value(*held, *readings_[i].control.b, capabilities)) ++as_b;
    }
    return as_a > as_b ? Side::b : Side::a;
}

/// Whether nobody but kedge can have put it there; or it is one of the two values that this job brings back.
bool ComparisonJob::may_be_moved(const Compared& control, const ControlValue& held,
                                 const Capabilities& capabilities) const {
    const auto is = [&](const ControlValue& value) { return surface::same_value(held, value, capabilities); };
    if (is(*control.a) || is(*control.b)) return true;
    const ControlHistory* known = record_->of({control.strip, control.control});
    return known && known->value() && (!known->certain() || is(*known->value()));
}

/// For the runner, which reads again: what was read just now, where that may be moved.
ControlValue ComparisonJob::expected_of(const Compared& control, const std::optional<ControlValue>& held,
                                        const Capabilities& capabilities) const {
    if (held && may_be_moved(control, *held, capabilities)) return *held;
    return value_of(control, other(*to_));
}

PassOrder ComparisonJob::order_to(const Remembered& target, const Desk& desk) const {
    const Capabilities& can = desk.surface().capabilities();
    PassOrder order;
    order.header.kind = PassKind::comparison;
    order.header.surface = surface_name_;
    order.header.session = desk.mixer().session.name;
    order.header.created = created_;
    order.header.reapplies = target.pass;
    order.header.recalls = target.snapshot;
    order.forced = force_;
    for (std::size_t i = 0; i < readings_.size(); ++i) {
        const Compared& control = readings_[i].control;
        order.wishes.push_back({readings_[i].strip, control.control, value_of(control, *to_),
                                expected_of(control, answer(i), can), "comparison",
                                "as it stood " + name_of(target)});
    }
    return order;
}

/// Whether anything is to be written; what is left alone goes into the report when nothing is.
bool ComparisonJob::moves_any(const PassOrder& order, const Capabilities& capabilities) {
    std::vector<PassEntry> left;
    for (std::size_t i = 0; i < order.wishes.size(); ++i) {
        const auto& wish = order.wishes[i];
        const auto held = answer(i);
        if (held && surface::same_value(*held, wish.to, capabilities)) continue;
        if (force_ || !held || surface::same_value(*held, *wish.expected, capabilities)) return true;
        left.push_back({readings_[i].control.strip, wish.control, *held, wish.to, Verdict::conflict,
                        wish.rule, wish.reason});
    }
    report_.conflicts = std::move(left);
    return false;
}

void ComparisonJob::all_read(Desk& desk) {
    if (readings_.empty())
        return refuse({ErrorKind::conflict, "Every control that differs is gone or follows automation.",
                       "Nothing was changed."});
    const Capabilities& can = desk.surface().capabilities();
    to_ = report_.to = side_to_go(can);
    PassOrder order = order_to(*sides_[*to_ == Side::a ? 0 : 1], desk);
    if (moves_any(order, can)) return apply(desk, std::move(order));
    finish();
    ended({});
}

void ComparisonJob::ended(PassEnd end) {
    settle_report(report_, std::move(end), "switch", "With --force these go along, too.");
    const bool stands = report_.pass ? report_.pass->state == PassState::applied : !report_.error;
    if (stands && report_.left() == 0) report_.now = to_;
}

}  // namespace kedge::engine
