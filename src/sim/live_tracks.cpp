#include "core/fader_curve.hpp"
#include "sim/live_track_values.hpp"
#include "sim/simulated_live.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

/// What AbletonOSC does with single tracks.
namespace kedge::sim {

namespace {

LiveException out_of_range() {
    return {"Invalid value. Check the parameters range with min/max"};
}

LiveException wrong_type() {
    return {"Python argument types did not match C++ signature"};
}

/// The tracks that a message's first argument means: one, or with "*" all; none where it means none.
std::vector<std::size_t> tracks_meant(const LiveValues& values, std::size_t count) {
    std::vector<std::size_t> meant;
    if (values.empty()) return meant;
    if (values.front() == LiveValue(std::string("*"))) {
        for (std::size_t i = 0; i < count; ++i) meant.push_back(i);
    } else if (const auto number = number_of(values.front());
               number && *number >= 0.0 && *number < static_cast<double>(count)) {
        meant.push_back(static_cast<std::size_t>(*number));
    }
    return meant;
}

}  // namespace

LiveOutcome SimulatedLive::on_track(std::string_view word, const LiveValues& values) {
    const auto slash = word.find('/');
    if (slash == std::string_view::npos) return LiveUnknown{};
    const auto deed = word.substr(0, slash);
    const std::string property(word.substr(slash + 1));
    const bool known = deed == "set" ? is_written_of_tracks(property) : is_known_of_tracks(property);
    if (!known || (deed != "get" && deed != "set" && deed != "start_listen" && deed != "stop_listen"))
        return LiveUnknown{};
    const auto meant = tracks_meant(values, engine_.strips().size());
    if (meant.empty()) return LiveException{"Index out of range"};
    for (const std::size_t index : meant) {
        LiveOutcome outcome = on_one_track(engine_.strips()[index], deed, property, values);
        if (std::holds_alternative<LiveException>(outcome)) return outcome;
        auto* answer = std::get_if<LiveValues>(&outcome);
        if (!answer) continue;
        // Of several that are asked for only the first answers.
        answer->insert(answer->begin(), static_cast<std::int32_t>(index));
        return outcome;
    }
    return LiveDone{};
}

LiveOutcome SimulatedLive::on_one_track(SimStrip& track, std::string_view deed, const std::string& property,
                                        const LiveValues& values) {
    if (deed == "get") {
        auto value = track_value(track, property);
        if (!value) return LiveException{"This track has no such meter"};
        LiveValues answer{std::move(*value)};
        if (settings_.repeats_questions) answer.insert(answer.end(), values.begin() + 1, values.end());
        return answer;
    }
    if (deed == "set")
        return values.size() < 2 ? LiveOutcome(LiveException{"tuple index out of range"})
                                 : set_track(track, property, values[1]);
    if (deed == "start_listen") return listen_to_track(track, property, values);
    if (!listeners_.stop(track.id, property, values)) return LiveException{"Observer not connected"};
    return LiveDone{};
}

LiveOutcome SimulatedLive::listen_to_track(const SimStrip& track, const std::string& property,
                                           const LiveValues& values) {
    if (!track_value(track, property)) return LiveException{"This track has no such meter"};
    if (!listeners_.start(track.id, property, values)) return LiveException{"Observer not connected"};
    say_track(track, {track.id, property, values});
    return LiveDone{};
}

LiveOutcome SimulatedLive::set_track(SimStrip& track, std::string_view property, const LiveValue& value) {
    if (property == "name") {
        const auto* name = std::get_if<std::string>(&value);
        if (!name) return wrong_type();
        track.name = *name;
        tell_track(track, property);
        return LiveDone{};
    }
    const auto number = number_of(value);
    if (!number) return wrong_type();
    if (property == "volume") {
        if (!(*number >= 0.0 && *number <= 1.0)) return out_of_range();
        write(track, Control::fader, level_at(FaderCurve::live, FaderShare(*number)));
    } else if (property == "panning") {
        if (!(std::abs(*number) <= 1.0)) return out_of_range();
        write(track, Control::pan, Pan(*number));
    } else if (property == "mute") {
        write(track, Control::mute, *number != 0.0 ? Mute::muted : Mute::open);
    } else if (const bool on = *number != 0.0; on != track.soloed) {
        track.soloed = on;
        tell_track(track, property);
    }
    return LiveDone{};
}

void SimulatedLive::write(SimStrip& track, Control control, const ControlValue& value) {
    wire_writes_.push_back({track.id, control, value, clock_});
    set(track, control, value);
}

/// Only what changes is told.
void SimulatedLive::set(SimStrip& track, Control control, const ControlValue& value) {
    if (track.value(control) == value) return;
    track.set_value(control, value);
    tell_track(track, control == Control::fader ? "volume" : control == Control::pan ? "panning" : "mute");
}

/// With the arguments that it was asked with, whatever the track's number is by now.
void SimulatedLive::say_track(const SimStrip& track, const LiveListeners::Listener& listener) {
    LiveValues values = listener.asked_with;
    values.push_back(track_value(track, listener.property).value_or(osc::Nil{}));
    say(latest_host_, "/live/track/get/" + listener.property, values);
}

void SimulatedLive::tell_track(const SimStrip& track, std::string_view property) {
    for (const auto& listener : listeners_.on(track.id, property)) say_track(track, listener);
}

}  // namespace kedge::sim
