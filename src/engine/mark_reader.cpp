#include "engine/mark_reader.hpp"

#include "engine/transport_patience.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

// A busy Ardour took half a second to get there.
constexpr Duration mark_patience = std::chrono::milliseconds(800);
// It tells where it is, and then, in one go, what is there; nothing when that has the same name.
constexpr Duration name_patience = std::chrono::milliseconds(150);
constexpr int mark_tries = 2;
// One may be missing because it stands where the one before it does.
constexpr int missing_at_the_end = 2;
constexpr int most_marks = 500;
// A locate to where the playhead stands already is not reported: so the walk begins where hardly a marker is.
constexpr SongTime off_the_marks{std::chrono::milliseconds(137)};

}  // namespace

void MarkReader::wait(Desk& desk, Duration span) {
    deadline_ = desk.now() + span;
    desk.wake_at(deadline_);
}

void MarkReader::start(Desk& desk) {
    original_ = desk.surface().position().value_or(SongTime());
    was_rolling_ = desk.surface().rolling().value_or(false);
    if (!was_rolling_) {
        go(desk, off_the_marks, Phase::leaving);
        return;
    }
    phase_ = Phase::stopping;
    desk.send(surface::Stop{});
    wait(desk, stop_patience);
}

void MarkReader::go(Desk& desk, SongTime to, Phase phase) {
    phase_ = phase;
    here_ = to;
    tries_ = 1;
    desk.send(surface::Locate{to});
    wait(desk, locate_patience);
}

void MarkReader::ask(Desk& desk) {
    phase_ = Phase::walking;
    ++tries_;
    desk.send(surface::LocateMark{number_});
    wait(desk, mark_patience);
}

void MarkReader::next(Desk& desk) {
    if (missing_ == missing_at_the_end || number_ == most_marks) {
        go_back(desk);
        return;
    }
    ++number_;
    tries_ = 0;
    ask(desk);
}

void MarkReader::event(Desk& desk, const surface::Event& event) {
    if (phase_ == Phase::idle || phase_ == Phase::done) return;
    if (const auto* lost = std::get_if<surface::Lost>(&event)) {
        error_ = Error{ErrorKind::no_daw, fmt::format("The DAW was lost among its markers: {}", lost->why),
                       "Bring the DAW back and run the command again; nothing was changed."};
        phase_ = Phase::done;
    } else if (const auto* reported = std::get_if<surface::PositionReported>(&event)) {
        position(desk, reported->at);
    } else if (const auto* shown = std::get_if<surface::MarkShown>(&event)) {
        shown_ = shown->text;
        if (phase_ == Phase::naming) note_mark(desk);
    } else if (const auto* transport = std::get_if<surface::TransportReported>(&event)) {
        if (!transport->rolling && phase_ == Phase::stopping) {
            phase_ = Phase::resting;
            wait(desk, rest_after_stop);
        } else if (transport->rolling && (phase_ == Phase::walking || phase_ == Phase::naming)) {
            error_ = Error{ErrorKind::interrupted, "The transport was started while kedge read the markers.",
                           "Run the command again and let kedge have the transport; nothing was changed."};
            phase_ = Phase::done;
        }
    }
}

void MarkReader::position(Desk& desk, SongTime at) {
    if (phase_ == Phase::leaving && is_near(at, off_the_marks)) {
        here_ = at;
        next(desk);
    } else if (phase_ == Phase::walking && at != here_) {
        here_ = at;
        phase_ = Phase::naming;
        wait(desk, name_patience);
    } else if (phase_ == Phase::returning && is_near(at, original_)) {
        finish(desk);
    }
}

void MarkReader::note_mark(Desk& desk) {
    marks_.push_back({shown_, here_});
    missing_ = 0;
    next(desk);
}

void MarkReader::no_mark(Desk& desk) {
    if (tries_ < mark_tries) {
        ask(desk);
        return;
    }
    ++missing_;
    next(desk);
}

void MarkReader::wake(Desk& desk) {
    if (desk.now() < deadline_) return;
    switch (phase_) {
        case Phase::stopping:
            phase_ = Phase::resting;
            wait(desk, rest_after_stop);
            return;
        case Phase::resting:
            go(desk, off_the_marks, Phase::leaving);
            return;
        case Phase::walking:
            no_mark(desk);
            return;
        case Phase::naming:
            note_mark(desk);
            return;
        case Phase::leaving:
        case Phase::returning: {
            const auto at = desk.surface().position();
            const SongTime to = phase_ == Phase::leaving ? off_the_marks : original_;
            if (tries_ < transport_tries && !(at && is_near(*at, to))) {
                ++tries_;
                desk.send(surface::Locate{to});
                wait(desk, locate_patience);
            } else if (phase_ == Phase::leaving) {
                here_ = at.value_or(SongTime());
                next(desk);
            } else {
                finish(desk);
            }
            return;
        }
        default:
            return;
    }
}

void MarkReader::refused(Desk& desk, const Error& error) {
    if (phase_ == Phase::returning || done()) return;  // wake() tries again, a few times
    end_with(desk, error);
}

void MarkReader::interrupt(Desk& desk) {
    if (done()) return;
    end_with(desk, {ErrorKind::interrupted, "Stopped; nothing was changed.", {}});
}

void MarkReader::end_with(Desk& desk, Error error) {
    if (!error_) error_ = std::move(error);
    if (phase_ != Phase::returning) go_back(desk);
}

void MarkReader::go_back(Desk& desk) {
    std::stable_sort(marks_.begin(), marks_.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    go(desk, original_, Phase::returning);
}

void MarkReader::finish(Desk& desk) {
    if (was_rolling_) desk.send(surface::Play{});
    phase_ = Phase::done;
}

Progress MarkReader::progress() const {
    return {fmt::format("reading the song's markers: {}", marks_.size()), 0.0};
}

}  // namespace kedge::engine
