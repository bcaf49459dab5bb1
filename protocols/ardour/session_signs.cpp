// Signs of life of the Ardour that an ArdourSession knows, and what becomes of it without them.

#include "ardour/ardour_session.hpp"
#include "ardour/session_limits.hpp"

namespace kedge::ardour {

using surface::Effects;
using surface::Event;

/// Anybody answers questions; but only to a surface it knows does Ardour say anything of its own accord.
std::optional<Instant> ArdourSession::lost_at() const {
    if (phase_ == Phase::ready) return last_sign_ + silence_means_lost;
    if (phase_ == Phase::listing || phase_ == Phase::filling) return last_heard_ + silence_means_lost;
    return std::nullopt;
}

/// Asks what kind of surface we are to it: one that was restarted, or has opened another session, does not
/// know us.
void ArdourSession::ask_for_sign(Instant now, Effects& out) {
    if (now - sign_asked_ < between_signs_asked) return;
    sign_asked_ = now;
    send(osc::encode("/set_surface"), out);
}

void ArdourSession::on_settings(Instant now, const osc::Message& message, Effects& out) {
    const auto types = message.number(1);
    const auto feedback = message.number(2);
    if (!types || !feedback) {
        ++counters_.wrong_type;
    } else if (*types == wanted_types && *feedback == wanted_feedback) {
        last_sign_ = now;
    } else if (phase_ == Phase::ready) {
        lose_and_greet(now, "it was restarted, or has another session open", out);
    }
}

/// Whether what is sent now reaches the mixer that we know. Without a fresh sign a number may be another
/// session's strip: then nothing is sent, and it counts as lost on the way.
bool ArdourSession::sure_of_listener(Instant now, Effects& out) {
    const Duration silent = now - last_sign_;
    if (silent >= sign_wears_thin) ask_for_sign(now, out);
    return silent < sign_is_good_for;
}

void ArdourSession::lose(Instant now, std::string why, Effects& out) {
    phase_ = Phase::lost;
    phase_since_ = now;
    asked_at_ = now;
    was_ready_ = false;
    lost_greetings_ = 0;
    position_samples_.reset();
    position_.reset();
    bar_.reset();
    rolling_.reset();
    give_up_companion(out);
    if (!lost_said_) out.emplace_back(Event(surface::Lost{std::move(why)}));
    lost_said_ = true;
    wake_in(now, retry_period, out);
}

/// Somebody is there, but not whom we knew.
void ArdourSession::lose_and_greet(Instant now, std::string why, Effects& out) {
    lose(now, std::move(why), out);
    greet(now, out);
}

void ArdourSession::wake_ready(Instant now, Effects& out) {
    const Duration silent = now - last_sign_;
    if (silent < silence_before_asking) {
        wake_in(now, silence_before_asking - silent, out);
    } else {
        ask_for_sign(now, out);
        wake_in(now, asking_period, out);
    }
}

}  // namespace kedge::ardour
