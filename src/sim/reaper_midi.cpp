#include "sim/reaper_midi.hpp"

#include <algorithm>
#include <cmath>

namespace kedge::sim {

namespace {

constexpr std::string_view keyboard = "VKB_MIDI_";
constexpr int highest_channel = 15;
constexpr double highest_value = 127.0;
constexpr double highest_pitch = 16'383.0;

/// The status byte of channel 0; a note without velocity ends.
int status_of(std::string_view what, int value) {
    if (what == "NOTE") return value > 0 ? 0x90 : 0x80;
    if (what == "POLYAFTERTOUCH") return 0xA0;
    if (what == "CC") return 0xB0;
    if (what == "PROGRAM") return 0xC0;
    if (what == "CHANNELPRESSURE") return 0xD0;
    return what == "PITCH" ? 0xE0 : 0;
}

}  // namespace

bool ReaperMidi::on_call(ReaperCall& call) {
    if (call.key.starts_with(keyboard)) {
        play(call, call.key.substr(keyboard.size()));
    } else if (call.key == "MIDIACTION") {
        run_actions(call, &ReaperMidi::editor_actions_);
    } else if (call.key == "MIDILISTACTION") {
        run_actions(call, &ReaperMidi::list_actions_);
    } else {
        return false;
    }
    return true;
}

/// The address holds the channel, if it has one, before the note or the controller.
void ReaperMidi::play(ReaperCall& call, std::string_view what) {
    const bool is_pitch = what == "PITCH";
    const auto argument = call.argument().value_or(0.0);
    if (std::isnan(argument)) return;
    const int value = static_cast<int>(std::clamp(argument, 0.0, is_pitch ? highest_pitch : highest_value));
    const int status = status_of(what, value);
    const bool is_numbered = what == "NOTE" || what == "POLYAFTERTOUCH" || what == "CC";
    if (status == 0 || (is_numbered && call.numbers.empty())) return;
    Played played;
    const auto put = [&](std::size_t at, int byte) { played.bytes.at(at) = static_cast<std::uint8_t>(byte); };
    if (is_pitch) {
        put(1, value & 127);
        put(2, value >> 7);
    } else if (is_numbered) {
        put(1, call.numbers.back());
        put(2, value);
    } else {
        put(1, value);
    }
    const bool has_channel = call.numbers.size() > (is_numbered ? 1U : 0U);
    played.on_keyboards_channel = !has_channel;
    put(0, status + (has_channel ? std::min(call.numbers.front(), highest_channel) : 0));
    played_.push_back(played);
}

/// A number in the address that is pressed, or numbers as arguments.
void ReaperMidi::run_actions(ReaperCall& call, std::vector<int> ReaperMidi::*where) {
    std::vector<int> actions;
    if (!call.numbers.empty() && call.trigger() > 0) {
        actions.push_back(call.numbers.front());
    } else {
        for (auto number = call.arguments->whole(); number && *number > 0; number = call.arguments->whole())
            actions.push_back(*number);
    }
    auto& list = this->*where;
    if (editor_is_open_) list.insert(list.end(), actions.begin(), actions.end());
}

}  // namespace kedge::sim
