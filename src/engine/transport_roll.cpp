#include "engine/transport_roll.hpp"

#include "engine/song_ticks.hpp"
#include "engine/transport_patience.hpp"

#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

void TransportRoll::wait(Desk& desk, Duration span) {
    deadline_ = desk.now() + span;
    desk.wake_at(deadline_);
}

void TransportRoll::start(Desk& desk, SongTime from) {
    from_ = from;
    original_ = desk.surface().position().value_or(SongTime());
    was_rolling_ = desk.surface().rolling().value_or(false);
    if (was_rolling_) {
        stop(desk, Phase::stopping_first);
    } else {
        locate(desk);
    }
}

void TransportRoll::stop(Desk& desk, Phase phase) {
    phase_ = phase;
    tries_ = 0;
    desk.send(surface::Stop{});
    wait(desk, stop_patience);
}

void TransportRoll::rest(Desk& desk, Phase phase) {
    phase_ = phase;
    wait(desk, rest_after_stop);
}

void TransportRoll::locate(Desk& desk) {
    phase_ = Phase::locating;
    tries_ = 0;
    loop_.lift(desk, from_);
    desk.send(surface::Locate{from_});
    // A locate to where the transport stands already is not reported: the deadline goes on.
    wait(desk, locate_patience);
}

void TransportRoll::play(Desk& desk) {
    phase_ = Phase::starting;
    desk.send(surface::Play{});
    wait(desk, transport_patience);
}

void TransportRoll::fail_with(Error error) {
    if (!error_) error_ = std::move(error);
    phase_ = Phase::broken;
}

void TransportRoll::end(Desk& desk, bool back) {
    back_ = back;
    if (stopped_by_hand_) {
        rest(desk, Phase::resting_last);
    } else {
        stop(desk, Phase::stopping_last);
    }
}

void TransportRoll::event(Desk& desk, const surface::Event& event) {
    if (const auto* reported = std::get_if<surface::PositionReported>(&event)) {
        last_report_ = desk.now();
        position(desk, reported->at);
        return;
    }
    const auto* transport = std::get_if<surface::TransportReported>(&event);
    if (transport == nullptr || transport->rolling) return;
    if (phase_ == Phase::stopping_first) rest(desk, Phase::resting_first);
    if (phase_ == Phase::stopping_last) rest(desk, Phase::resting_last);
    if (phase_ != Phase::rolling) return;
    stopped_by_hand_ = true;
    fail_with({ErrorKind::interrupted,
               fmt::format("The transport was stopped at {}.", to_string(last_position_)),
               "Run the command again and let the song play, or give a shorter range with --from and --to."});
}

void TransportRoll::position(Desk& desk, SongTime at) {
    switch (phase_) {
        case Phase::locating:
            if (is_near(at, from_)) play(desk);
            return;
        case Phase::starting:
            // The first position that moves on from the start says that the song rolls.
            if (at > from_ && at - from_ < largest_tick) {
                phase_ = Phase::rolling;
                last_position_ = at;
                wait(desk, stall_patience);
            } else if (at != from_) {
                start_over(desk);
            }
            return;
        case Phase::rolling:
            last_position_ = at;
            wait(desk, stall_patience);
            return;
        case Phase::returning:
            if (is_near(at, original_)) finish(desk);
            return;
        default:
            return;
    }
}

/// It rolls, but not from where it should: the locate was lost on the way.
void TransportRoll::start_over(Desk& desk) {
    if (++start_overs_ < transport_tries) {
        stop(desk, Phase::stopping_first);
    } else {
        fail_with(does_not_go());
    }
}

Error TransportRoll::does_not_go() const {
    return {ErrorKind::refused, fmt::format("The DAW does not go to {}.", to_string(from_)),
            "Locate by hand once, check for an external sync source, and run the command again."};
}

void TransportRoll::go_back(Desk& desk) {
    loop_.put_back(desk);
    if (!back_) {
        phase_ = Phase::done;
        return;
    }
    phase_ = Phase::returning;
    tries_ = 0;
    desk.send(surface::Locate{original_});
    wait(desk, locate_patience);
}

void TransportRoll::finish(Desk& desk) {
    if (was_rolling_) desk.send(surface::Play{});
    phase_ = Phase::done;
}

/// No report of the stop: it was lost, or nothing rolled, or the stop itself was lost.
void TransportRoll::stop_overdue(Desk& desk) {
    const bool first = phase_ == Phase::stopping_first;
    if (desk.now() - last_report_ > stands_still || desk.surface().rolling() == false) {
        rest(desk, first ? Phase::resting_first : Phase::resting_last);
        return;
    }
    if (++tries_ < transport_tries) {
        desk.send(surface::Stop{});
        wait(desk, stop_patience);
        return;
    }
    fail_with({ErrorKind::refused, "The DAW's transport does not stop.",
               "Stop it by hand and run the command again."});
    if (first) return;
    loop_.put_back(desk);
    phase_ = Phase::done;
}

void TransportRoll::locate_overdue(Desk& desk) {
    const auto at = desk.surface().position();
    if (!at || is_near(*at, from_)) {
        tries_ = 0;
        play(desk);
        return;
    }
    if (++tries_ < transport_tries) {
        desk.send(surface::Locate{from_});
        wait(desk, locate_patience);
        return;
    }
    fail_with(does_not_go());
}

void TransportRoll::play_overdue(Desk& desk) {
    if (++tries_ < transport_tries) {
        play(desk);
        return;
    }
    fail_with({ErrorKind::refused, "The DAW does not play: its position stands still.",
               "Check that its audio engine runs (Ardour: Window > Audio/MIDI Setup) and that nothing else "
               "holds the transport, such as an external sync source."});
}

void TransportRoll::return_overdue(Desk& desk) {
    const auto at = desk.surface().position();
    if (!at || is_near(*at, original_) || ++tries_ >= transport_tries) {
        finish(desk);
        return;
    }
    desk.send(surface::Locate{original_});
    wait(desk, locate_patience);
}

void TransportRoll::wake(Desk& desk) {
    if (desk.now() < deadline_) return;
    switch (phase_) {
        case Phase::stopping_first:
        case Phase::stopping_last:
            stop_overdue(desk);
            return;
        case Phase::resting_first:
            locate(desk);
            return;
        case Phase::locating:
            locate_overdue(desk);
            return;
        case Phase::starting:
            play_overdue(desk);
            return;
        case Phase::rolling:
            fail_with({ErrorKind::refused,
                       fmt::format("The song stood still at {}.", to_string(last_position_)),
                       "Check the DAW's audio engine and run the command again."});
            return;
        case Phase::resting_last:
            go_back(desk);
            return;
        case Phase::returning:
            return_overdue(desk);
            return;
        default:
            return;
    }
}

void TransportRoll::refused(Desk&, const Error& error) {
    const bool ending = phase_ == Phase::stopping_last || phase_ == Phase::resting_last ||
                        phase_ == Phase::returning || phase_ == Phase::done;
    // On the way back nothing begins anew: wake() tries again, a few times.
    if (!ending) fail_with(error);
}

}  // namespace kedge::engine
