#include "sim/reaper_words.hpp"
#include "sim/simulated_reaper.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

/// What REAPER says of tracks. Most things have two addresses: of the device's current track, and of a place
/// in its bank.
namespace kedge::sim {

namespace {

constexpr std::size_t longest_name = 511;

struct ModeKey {
    AutomationMode mode;
    std::string_view key;
};
constexpr std::array mode_keys = {
    ModeKey{AutomationMode::manual, "TRACK_AUTO_TRIM"}, ModeKey{AutomationMode::play, "TRACK_AUTO_READ"},
    ModeKey{AutomationMode::latch, "TRACK_AUTO_LATCH"}, ModeKey{AutomationMode::touch, "TRACK_AUTO_TOUCH"},
    ModeKey{AutomationMode::write, "TRACK_AUTO_WRITE"}};

ReaperValue flag_value(bool on) {
    return {std::nullopt, on ? 1.0 : 0.0, std::nullopt};
}

ReaperValue text_value(std::string text) {
    return {std::nullopt, std::nullopt, std::move(text)};
}

}  // namespace

/// nullptr for positions beyond the last track. A bank that follows the mixer counts what the mixer shows.
SimStrip* SimulatedReaper::track(TrackNumber number) {
    if (number == 0) return &engine_.master();
    for (SimStrip& strip : engine_.strips())
        if (!(device_.bank_follows_mixer && strip.hidden) && --number == 0) return &strip;
    return nullptr;
}

/// -1 for a strip that is not counted.
SimulatedReaper::TrackNumber SimulatedReaper::number_of(const SimStrip& strip) const {
    if (strip.kind == StripKind::master) return 0;
    TrackNumber number = 0;
    for (const SimStrip& each : engine_.strips()) {
        if (device_.bank_follows_mixer && each.hidden) continue;
        ++number;
        if (each.id == strip.id) return number;
    }
    return -1;
}

int SimulatedReaper::track_count() const {
    return static_cast<int>(
        std::count_if(engine_.strips().begin(), engine_.strips().end(),
                      [&](const SimStrip& each) { return !(device_.bank_follows_mixer && each.hidden); }));
}

bool SimulatedReaper::is_in_bank(TrackNumber number) const {
    return number > bank_start_ && number <= bank_start_ + device_.track_count;
}

/// Whether the device has a place for it. REAPER passes over what it hears of others.
bool SimulatedReaper::is_shown(TrackNumber number) const {
    return number >= 0 && (number == current_track_ || is_in_bank(number));
}

std::string SimulatedReaper::name_of(TrackNumber number) {
    const SimStrip* strip = track(number);
    if (number == 0) return "MASTER";
    if (!strip || strip->name.empty() || strip->name == std::to_string(number))
        return fmt::format("Track {}", number);
    return strip->name.substr(0, longest_name);
}

std::vector<SimStrip*> SimulatedReaper::selected_tracks() {
    std::vector<SimStrip*> selected;
    if (engine_.master().selected) selected.push_back(&engine_.master());
    for (SimStrip& strip : engine_.strips())
        if (strip.selected) selected.push_back(&strip);
    return selected;
}

/// The others that a move of this one takes along: all that are selected if it is, and those of its group.
std::vector<SimStrip*> SimulatedReaper::tracks_moving_with(const SimStrip& strip) {
    std::vector<SimStrip*> others;
    for (TrackNumber number = 0; number <= track_count(); ++number) {
        SimStrip* other = track(number);
        if (!other || other->id == strip.id) continue;
        const bool is_grouped = !strip.group.empty() && other->group == strip.group;
        if ((strip.selected && other->selected) || is_grouped) others.push_back(other);
    }
    return others;
}

void SimulatedReaper::say(std::string_view key, std::initializer_list<int> numbers,
                          const ReaperValue& value) {
    feedback_.say(key, std::span(numbers.begin(), numbers.size()), value);
}

void SimulatedReaper::say_flag(std::string_view key, bool on) {
    say(key, {}, flag_value(on));
}

void SimulatedReaper::say_of_track(std::string_view key, TrackNumber number, const ReaperValue& value) {
    if (number == current_track_) say(key, {}, value);
    if (is_in_bank(number)) say(key, {number - bank_start_}, value);
}

void SimulatedReaper::say_flag_of_track(std::string_view key, TrackNumber number, bool on) {
    say_of_track(key, number, flag_value(on));
}

void SimulatedReaper::tell_volume(TrackNumber number, Decibels level) {
    const ReaperValue value = volume_value(level);
    if (number == 0) say("MASTER_VOLUME", {}, value);
    say_of_track("TRACK_VOLUME", number, value);
}

void SimulatedReaper::tell_pan(TrackNumber number) {
    const SimStrip* strip = track(number);
    const ReaperValue value = pan_value(strip ? strip->pan : Pan());
    if (number == 0) {
        say("MASTER_PAN", {}, value);
    } else {
        // In the mode "balance" the second pan is the width.
        say_of_track("TRACK_PAN_MODE", number, text_value("Balance"));
        say_of_track("TRACK_PAN2", number, width_value(strip ? width_of(*strip) : 0.0));
    }
    say_of_track("TRACK_PAN", number, value);
}

void SimulatedReaper::tell_mute(TrackNumber number) {
    const SimStrip* strip = track(number);
    say_flag_of_track("TRACK_MUTE", number, strip && strip->muted);
}

void SimulatedReaper::tell_solo(TrackNumber number) {
    const SimStrip* strip = track(number);
    if (!is_shown(number)) return;
    say_flag_of_track("TRACK_SOLO", number, strip && strip->soloed);
    if (told_any_solo_ == engine_.any_solo()) return;
    told_any_solo_ = !told_any_solo_;
    say_flag("ANY_SOLO", told_any_solo_);
}

/// REAPER says of the master whether anything is soloed.
void SimulatedReaper::tell_any_solo() {
    if (!is_shown(0)) return;
    say_flag_of_track("TRACK_SOLO", 0, engine_.any_solo());
    if (std::exchange(told_any_solo_, engine_.any_solo()) != engine_.any_solo())
        say_flag("ANY_SOLO", told_any_solo_);
}

void SimulatedReaper::tell_selected(TrackNumber number) {
    const SimStrip* strip = track(number);
    say_flag_of_track("TRACK_SELECT", number, strip && strip->selected);
}

void SimulatedReaper::tell_modes(TrackNumber number) {
    const SimStrip* strip = track(number);
    const AutomationMode mode = strip ? mode_of(strip->id) : AutomationMode::manual;
    for (const ModeKey& each : mode_keys) say_flag_of_track(each.key, number, each.mode == mode);
}

/// Also of positions beyond the last track, which have a name, a silent fader and a pan in the middle.
void SimulatedReaper::tell_track(TrackNumber number) {
    const SimStrip* strip = track(number);
    say_of_track("TRACK_NAME", number, text_value(name_of(number)));
    say_of_track("TRACK_NUMBER", number, text_value(std::to_string(number)));
    tell_selected(number);
    tell_volume(number, strip ? strip->fader : Decibels::silence());
    tell_pan(number);
    tell_mute(number);
    tell_solo(number);
    if (number != 0) {
        say_flag_of_track("TRACK_REC_ARM", number, strip && strip->record_enabled);
        const auto monitor = strip ? monitors_.find(strip->id) : monitors_.end();
        const int value = monitor == monitors_.end() ? 0 : monitor->second;
        say_of_track("TRACK_MONITOR", number, {std::nullopt, static_cast<double>(value), std::nullopt});
    }
    tell_modes(number);
    tell_empty_routes(number);
    tell_effects(number);
}

/// The list of the tracks, or the bank, has changed: all is looked at again. The first time, the rest too.
void SimulatedReaper::tell_track_list() {
    if (!surface_is_up_) {
        surface_is_up_ = true;
        winds_ = 0;
        view_.stop();
        tell_arrows();
        for (const std::string_view key :
             {"SCROLL_X-", "SCROLL_X+", "SCROLL_Y-", "SCROLL_Y+", "ZOOM_X-", "ZOOM_X+", "ZOOM_Y-"})
            say_flag(key, false);
        say_flag("REPLACE", replaces_);
        say_flag("METRONOME", clicks_);
        say_flag("REPEAT", repeats_);
        tell_play_state();
        tell_rates();
        say_flag("AUTO_REC_ARM", arms_itself_);
        tell_current_track();
        tell_markers(0, 0);
    }
    tell_track(0);
    for (int place = 1; place <= device_.track_count; ++place) tell_track(bank_start_ + place);
}

void SimulatedReaper::tell_current_track() {
    for (int place = 1; place <= device_.track_count; ++place)
        say("DEVICE_TRACK_SELECT", {place}, flag_value(bank_start_ + place == current_track_));
    tell_track(current_track_);
    tell_current_effect();
    tell_current_instrument();
}

/// As if nothing had ever been said.
void SimulatedReaper::tell_everything() {
    feedback_.forget_all();
    surface_is_up_ = false;
    last_update_.reset();
    told_position_ = 0;
    told_any_solo_ = false;
    tell_track_list();
    tell_current_track();
}

void SimulatedReaper::last_touched(TrackNumber number) {
    if (!device_.device_track_follows_last_touched || number < 0 || number == current_track_) return;
    current_track_ = number;
    tell_current_track();
}

}  // namespace kedge::sim
