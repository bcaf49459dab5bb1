#include "sim/ardour_words.hpp"
#include "sim/simulated_ardour.hpp"

#include <algorithm>
#include <cmath>

namespace kedge::sim {

namespace {

/// A locate that comes this soon after a stop meets a transport that is still stopping, and is lost.
constexpr Duration stopping = std::chrono::milliseconds(20);
constexpr double most_samples = 2147483647.0;

/// A button without a value, or with 1, is pressed.
bool pressed(const osc::Message& message) {
    return message.size() == 0 || message.number(0) == 1.0;
}

}  // namespace

bool SimulatedArdour::on_transport(Instant now, Peer from, const osc::Message& message,
                                   std::vector<Datagram>& out) {
    const auto address = message.address();
    if (address == "/transport_play") {
        if (pressed(message)) play(out);
    } else if (address == "/transport_stop") {
        if (pressed(message)) stop(now, out);
    } else if (address == "/toggle_roll") {
        if (engine_.rolling()) {
            stop(now, out);
        } else {
            play(out);
        }
    } else if (address == "/goto_start") {
        if (now >= stopping_until_) locate(0, false, out);
    } else if (address == "/goto_end") {
        if (now >= stopping_until_) locate(engine_.song_samples(), false, out);
    } else if (address == "/locate") {
        const auto sample = message.number(0);
        const bool roll = message.number(1).value_or(0.0) == 1.0;
        if (sample && *sample >= 0.0 && *sample <= most_samples && now >= stopping_until_)
            locate(static_cast<std::int64_t>(*sample), roll, out);
    } else if (address == "/transport_frame") {
        send(from, address, {engine_.position()}, out);
    } else if (address == "/transport_speed") {
        send(from, address, {engine_.rolling() ? 1.0 : 0.0}, out);
    } else {
        return false;
    }
    return true;
}

/// Ardour says that it plays twice, a tick apart.
void SimulatedArdour::play(std::vector<Datagram>& out) {
    if (engine_.rolling()) return;
    engine_.play();
    told_.clear();
    tell_transport(true, false, out);
    transport_repeats_ = 1;
}

void SimulatedArdour::stop(Instant now, std::vector<Datagram>& out) {
    if (!engine_.rolling()) return;
    const auto modes_before = [this] {
        std::vector<std::pair<RouteId, Control>> writing;
        const auto look = [&](const SimStrip& strip) {
            for (const Control control : all_controls)
                if (strip.automation(control).mode() == AutomationMode::write)
                    writing.emplace_back(strip.id, control);
        };
        for (const SimStrip& strip : engine_.strips()) look(strip);
        look(engine_.master());
        return writing;
    }();
    engine_.stop();
    transport_repeats_ = 0;
    stopping_until_ = now + stopping;
    fake_touches_.clear();
    for (const auto& [id, control] : modes_before) {
        const SimStrip& strip = *engine_.find(id);
        tell_value(strip, control, out);
        tell_mode(strip, control, out);
    }
    tell_transport(false, true, out);
}

/// While it rolls Ardour stops for a locate, which its feedback shows as neither playing nor stopped.
void SimulatedArdour::locate(std::int64_t sample, bool must_roll, std::vector<Datagram>& out) {
    const bool rolled = engine_.rolling();
    if (rolled) tell_transport(false, false, out);
    engine_.locate(sample);
    if (rolled) {
        tell_transport(true, false, out);
        transport_repeats_ = 1;
    } else if (must_roll) {
        play(out);
    }
}

void SimulatedArdour::tell_transport(bool playing, bool stopped, std::vector<Datagram>& out) {
    const float play = playing ? 1.0F : 0.0F;
    tell_globally("/loop_toggle", 0.0F, out);
    tell_globally("/transport_play", play, out);
    tell_globally("/toggle_roll", play, out);
    tell_globally("/transport_stop", stopped ? 1.0F : 0.0F, out);
    tell_globally("/rewind", 0.0F, out);
    tell_globally("/ffwd", 0.0F, out);
}

}  // namespace kedge::sim
