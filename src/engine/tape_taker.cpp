#include "engine/tape_taker.hpp"

#include "engine/calibration.hpp"
#include "engine/song_part.hpp"
#include "measure/statistics.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kedge::engine {

void TapeTaker::start(Desk& desk, TapeWishes wishes, bool stored_will_do) {
    wishes_ = std::move(wishes);
    stored_will_do_ = stored_will_do && !wishes_.part_only();
    for (const Strip& strip : desk.mixer().strips) {
        if (!strip.soloed) continue;
        fail_with(Error{ErrorKind::refused,
                        fmt::format("'{}' is soloed: the other strips cannot be heard.", strip.name.name),
                        "Take all solos off in the DAW and run the command again."});
        return;
    }
    const bool tells_marks = desk.surface().capabilities().markers;
    if (wishes_.section && !tells_marks) {
        fail_with(Error{ErrorKind::usage, "This DAW does not tell where its markers are.",
                        "Give --from and --to instead of --section."});
        return;
    }
    if (!tells_marks || !(wishes_.section || wishes_.marks)) return take(desk);
    if (const auto told = desk.surface().places()) return places_known(desk, *told);
    phase_ = Phase::reading_marks;
    reader_.emplace();
    reader_->start(desk);
    go_on(desk);
}

void TapeTaker::marks_read(Desk& desk) {
    if (const auto& error = reader_->error()) {
        const bool can_do_without = !wishes_.section && error->kind == ErrorKind::refused;
        if (!can_do_without) return fail_with(*error);
        taken_.notes.push_back("The markers could not be read: " + error->message);
    }
    places_known(desk, {reader_->marks(), {}});
}

void TapeTaker::places_known(Desk& desk, const SongPlaces& places) {
    taken_.marks = section_marks(places);
    if (wishes_.section) {
        const auto part = part_called(places, *wishes_.section);
        if (!part) return fail_with(part.error());
        wishes_.part.from = part->from;
        if (!wishes_.part.to) wishes_.part.to = part->to;
    }
    take(desk);
}

void TapeTaker::take(Desk& desk) {
    if (stored_will_do_) candidate_ = shelf_.load(desk.mixer().session);
    if (candidate_ && fits(*candidate_, desk.mixer())) {
        try_stored(desk);
    } else {
        listen_anew(desk);
    }
}

void TapeTaker::listen(Desk& desk, ListenWishes wishes, Phase phase) {
    phase_ = phase;
    listener_.emplace(wishes);
    listener_->start(desk);
    go_on(desk);
}

void TapeTaker::listen_anew(Desk& desk) {
    candidate_.reset();
    listen(desk, wishes_.part, Phase::listening);
}

/// Nothing on the wire says that a region was edited: so a few seconds are listened to and held against the
/// tape.
void TapeTaker::try_stored(Desk& desk) {
    std::vector<measure::StripGain> as_they_stand;
    for (const Strip& strip : desk.mixer().strips) {
        if (strip.name.kind == StripKind::master) continue;
        as_they_stand.push_back({strip.id, gain_of(strip)});
    }
    const bool locates = desk.surface().capabilities().locates;
    const measure::Tape& tape = candidate_->tape;
    const auto part = locates
                          ? measure::loudest_part(tape, MeterPoint::after_fader, as_they_stand, rules_.trial)
                          : measure::loudest_part(measure::beginning_of(tape, rules_.longest_way_to_trial),
                                                  MeterPoint::after_fader, as_they_stand, rules_.trial);
    if (!part) {
        listen_anew(desk);
        return;
    }
    judged_ = *part;
    ListenWishes trial;
    if (locates) trial.from = std::max(SongTime(), part->from - rules_.roll_in);
    trial.to = part->to;
    listen(desk, trial, Phase::trying);
}

void TapeTaker::event(Desk& desk, const surface::Event& event) {
    if (phase_ == Phase::reading_marks) {
        reader_->event(desk, event);
    } else if (listener_ && !done()) {
        listener_->event(desk, event);
    }
    go_on(desk);
}

void TapeTaker::wake(Desk& desk) {
    if (phase_ == Phase::reading_marks) {
        reader_->wake(desk);
    } else if (listener_ && !done()) {
        listener_->wake(desk);
    }
    go_on(desk);
}

void TapeTaker::refused(Desk& desk, const Error& error) {
    if (phase_ == Phase::reading_marks) {
        reader_->refused(desk, error);
    } else if (listener_ && !done()) {
        listener_->refused(desk, error);
    }
    go_on(desk);
}

void TapeTaker::interrupt(Desk& desk) {
    if (phase_ == Phase::reading_marks) {
        reader_->interrupt(desk);
    } else if (listener_ && !done()) {
        listener_->interrupt(desk);
    }
    go_on(desk);
}

void TapeTaker::go_on(Desk& desk) {
    if (phase_ == Phase::reading_marks) {
        if (reader_->done()) marks_read(desk);
    } else if (phase_ == Phase::trying) {
        if (listener_->done()) tried(desk);
    } else if (phase_ == Phase::listening) {
        if (listener_->done()) recorded(desk);
    }
}

void TapeTaker::tried(Desk& desk) {
    if (listener_->error()) {
        fail_with(*listener_->error());
        return;
    }
    note_where_left();
    const MeterLaw& law = desk.surface().capabilities().meter;
    const auto differences =
        differences_from_tape(candidate_->tape, listener_->tape(), judged_, desk.mixer(), law);
    const Decibels limit = comparison_limit(law, rules_.worth_listening_anew);
    const bool holds = std::none_of(differences.begin(), differences.end(),
                                    [&](const StripDifference& d) { return d.surely_apart(limit); });
    if (!holds) {
        taken_.notes.emplace_back(
            "The song changed since it was last listened to, so it was listened to again.");
        listen_anew(desk);
        return;
    }
    taken_.tape = std::move(candidate_->tape);
    taken_.heard = candidate_->heard;
    taken_.song_length = desk.mixer().session.end.value_or(candidate_->heard.to).since_start();
    taken_.bus_over_sum = candidate_->bus_over_sum;
    taken_.reused = true;
    taken_.whole = true;
    phase_ = Phase::done;
}

void TapeTaker::note_where_left() {
    if (!listener_->left_at_start() || said_where_left_) return;
    said_where_left_ = true;
    taken_.notes.emplace_back(
        "The playhead was left at the start of the song: this surface sends it nowhere else.");
}

void TapeTaker::recorded(Desk& desk) {
    note_where_left();
    taken_.tape = listener_->take_tape();
    taken_.heard = listener_->heard();
    taken_.tick_phase = listener_->tick_phase();
    taken_.start_delay = listener_->start_delay();
    if (listener_->song_end()) taken_.song_length = listener_->song_end()->since_start();
    if (listener_->error()) {
        fail_with(*listener_->error());
        return;
    }
    constexpr Duration rim = std::chrono::seconds(1);
    taken_.whole = taken_.song_length && taken_.heard.from <= SongTime(rim) &&
                   taken_.heard.to + rim >= SongTime(*taken_.song_length);
    if (taken_.whole) {
        const auto stored =
            shelf_.store({desk.mixer().session, taken_.heard, taken_.tape, taken_.bus_over_sum});
        if (!stored) taken_.notes.push_back(stored.error().message + " " + stored.error().next);
    }
    phase_ = Phase::done;
}

void TapeTaker::fail_with(Error error) {
    error_ = std::move(error);
    phase_ = Phase::done;
}

Progress TapeTaker::progress() const {
    switch (phase_) {
        case Phase::idle:
            return {"starting", 0.0};
        case Phase::reading_marks:
            return reader_->progress();
        case Phase::trying:
            return {"trying the stored tape: " + listener_->progress().doing, 0.0};
        case Phase::listening:
            return listener_->progress();
        case Phase::done:
            return {"done", 1.0};
    }
    return {};
}

}  // namespace kedge::engine
