#include "engine/borrowed_transport.hpp"

#include "engine/transport_patience.hpp"

#include <utility>

namespace kedge::engine {

void BorrowedTransport::wait(Desk& desk, Duration span) {
    deadline_ = desk.now() + span;
    desk.wake_at(deadline_);
}

void BorrowedTransport::start(Desk& desk) {
    original_ = desk.surface().position().value_or(SongTime());
    found_rolling_ = desk.surface().rolling().value_or(false);
    if (found_rolling_) {
        phase_ = Phase::playing;
        played_ = true;
        return;
    }
    play(desk);
}

void BorrowedTransport::play(Desk& desk) {
    phase_ = Phase::starting;
    desk.send(surface::Play{});
    wait(desk, transport_patience);
}

void BorrowedTransport::end(Desk& desk) {
    const bool stopped_by_hand = phase_ == Phase::playing && desk.surface().rolling() == false;
    if (found_rolling_ || stopped_by_hand) {
        phase_ = Phase::done;
        return;
    }
    tries_ = 0;
    stop(desk);
}

void BorrowedTransport::stop(Desk& desk) {
    phase_ = Phase::stopping;
    desk.send(surface::Stop{});
    wait(desk, stop_patience);
}

void BorrowedTransport::rest(Desk& desk) {
    phase_ = Phase::resting;
    wait(desk, rest_after_stop);
}

void BorrowedTransport::go_back(Desk& desk) {
    phase_ = Phase::returning;
    desk.send(surface::Locate{original_});
    wait(desk, locate_patience);
}

void BorrowedTransport::event(Desk& desk, const surface::Event& event) {
    if (const auto* reported = std::get_if<surface::PositionReported>(&event)) {
        last_report_ = desk.now();
        position(reported->at);
    }
    const auto* transport = std::get_if<surface::TransportReported>(&event);
    if (transport != nullptr && !transport->rolling && phase_ == Phase::stopping) rest(desk);
}

void BorrowedTransport::position(SongTime at) {
    if (phase_ == Phase::starting && at != original_) {
        phase_ = Phase::playing;
        played_ = true;
    }
    if (phase_ == Phase::returning && is_near(at, original_)) phase_ = Phase::done;
}

void BorrowedTransport::fail_with(Error error) {
    if (!error_) error_ = std::move(error);
}

void BorrowedTransport::wake(Desk& desk) {
    if (desk.now() < deadline_) return;
    if (phase_ == Phase::starting) play_overdue(desk);
    if (phase_ == Phase::stopping) return stop_overdue(desk);
    if (phase_ == Phase::resting) {
        tries_ = 0;
        // The start of the song is no better a place than where it was stopped.
        if (!desk.surface().capabilities().locates) phase_ = Phase::done;
        if (phase_ == Phase::done) return;
        return go_back(desk);
    }
    if (phase_ == Phase::returning) return_overdue(desk);
}

void BorrowedTransport::play_overdue(Desk& desk) {
    if (++tries_ < transport_tries) return play(desk);
    phase_ = Phase::broken;
    fail_with({ErrorKind::refused, "The DAW does not play: its position stands still.",
               "Check that its audio engine runs (Ardour: Window > Audio/MIDI Setup) and that nothing else "
               "holds the transport, such as an external sync source."});
}

/// No report of the stop: it was lost, or nothing rolled, or the stop itself was lost.
void BorrowedTransport::stop_overdue(Desk& desk) {
    if (desk.now() - last_report_ > stands_still || desk.surface().rolling() == false) return rest(desk);
    if (++tries_ < transport_tries) return stop(desk);
    phase_ = Phase::done;
    fail_with({ErrorKind::refused, "The DAW's transport does not stop.", "Stop it by hand."});
}

void BorrowedTransport::return_overdue(Desk& desk) {
    const auto at = desk.surface().position();
    if (at && !is_near(*at, original_) && ++tries_ < transport_tries) return go_back(desk);
    phase_ = Phase::done;
}

void BorrowedTransport::refused(const Error& error) {
    // On the way back nothing begins anew: wake() tries again, a few times.
    if (phase_ != Phase::starting) return;
    phase_ = Phase::broken;
    fail_with(error);
}

}  // namespace kedge::engine
