#include "engine/ride_plan_job.hpp"

#include "engine/strip_roles.hpp"
#include "mix/ride_bus.hpp"

#include <fmt/format.h>

namespace kedge::engine {

RidePlanJob::RidePlanJob(RideOrder order, const mix::RoleBook& roles, const mix::RideProfile& profile,
                         TapeShelf& shelf)
    : order_(std::move(order)), book_(roles), profile_(profile), taker_(shelf) {}

void RidePlanJob::look_at(const Desk& desk) {
    RideFacts& facts = report_.facts;
    facts.mixer = desk.mixer();
    facts.capabilities = desk.surface().capabilities();
    facts.roles = roles_of(facts.mixer, facts.capabilities.labels, book_, order_.roles_by_hand);
    facts.wishes = order_.wishes;
}

Result<void> RidePlanJob::can_begin(const Desk& desk) const {
    const auto& end = desk.mixer().session.end;
    const auto& range = order_.wishes.range;
    if (range && end && range->from >= *end)
        return fail(ErrorKind::usage,
                    fmt::format("The range begins at {}, the song ends at {}.", to_string(range->from),
                                to_string(*end)),
                    "Give --from inside the song.");
    return mix::check_ride_wishes(report_.facts.question(profile_));
}

void RidePlanJob::start(Desk& desk) {
    look_at(desk);
    if (const auto can = can_begin(desk); !can) {
        end_with(can.error());
        return;
    }
    // The whole song says how loud a voice is meant to be, whatever part is ridden.
    TapeWishes wishes;
    wishes.marks = true;
    taker_.start(desk, std::move(wishes), !order_.fresh_tape);
    go_on(desk);
}

void RidePlanJob::event(Desk& desk, const surface::Event& event) {
    taker_.event(desk, event);
    go_on(desk);
}

void RidePlanJob::wake(Desk& desk) {
    taker_.wake(desk);
    go_on(desk);
}

void RidePlanJob::refused(Desk& desk, const surface::Command& /*command*/, const Error& error) {
    taker_.refused(desk, error);
    go_on(desk);
}

void RidePlanJob::interrupt(Desk& desk) {
    taker_.interrupt(desk);
    go_on(desk);
}

void RidePlanJob::go_on(Desk& desk) {
    if (done_ || !taker_.done()) return;
    TakenTape taken = taker_.take();
    report_.heard = taken.heard;
    report_.song_length = taken.song_length;
    report_.tape_reused = taken.reused;
    report_.notes = std::move(taken.notes);
    report_.facts.tape = std::move(taken.tape);
    report_.facts.marks = std::move(taken.marks);
    if (taker_.error()) {
        end_with(*taker_.error());
        return;
    }
    plan(desk);
}

void RidePlanJob::plan(Desk& desk) {
    look_at(desk);  // the mixer may have changed while it was listened to
    RideFacts& facts = report_.facts;
    if (order_.bus_highest) facts.bus = mix::bus_limit(facts.question(profile_), *order_.bus_highest);
    const auto question = facts.question(profile_);
    auto planned = mix::plan_rides(question);
    if (!planned) {
        end_with(planned.error());
        return;
    }
    report_.plan = std::move(*planned);
    report_.forecasts = mix::forecast_rides(question, report_.plan.rides);
    done_ = true;
}

void RidePlanJob::end_with(Error error) {
    report_.error = std::move(error);
    done_ = true;
}

}  // namespace kedge::engine
