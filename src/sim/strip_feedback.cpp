#include "sim/strip_feedback.hpp"

#include "sim/fader_law.hpp"

#include <fmt/format.h>

namespace kedge::sim {

namespace {

constexpr int ticks_of_a_shown_level = 8;

std::string_view mode_word(AutomationMode mode) {
    switch (mode) {
        case AutomationMode::manual:
            return "Manual";
        case AutomationMode::play:
            return "Play";
        case AutomationMode::write:
            return "Write";
        case AutomationMode::touch:
            return "Touch";
        case AutomationMode::latch:
            break;
    }
    return "Latch";
}

void say_fader(const StripVoice& voice, SurfaceRecord& record, const AudioEngine& engine,
               const SimStrip& strip) {
    const Decibels level = engine.fader_of(strip);
    const auto mode = record.settings[SurfaceRecord::gainmode];
    if (mode != 0) voice.number("fader", fader_position(level));
    if (mode == 0 || mode == 2) voice.number("gain", to_wire(level, silent_fader));
    if (mode == 1) {
        voice.text("name", level.is_silence() ? "-inf" : fmt::format("{:.2f}", level.db()));
        const auto number = static_cast<std::size_t>(record.number_of(strip.id));
        if (number > 0 && number <= record.names_back_in.size())
            record.names_back_in[number - 1] = ticks_of_a_shown_level;
    }
}

void say_buttons(const StripVoice& voice, SurfaceRecord& record, const AudioEngine& engine,
                 const SimStrip& strip) {
    const bool vca = strip.kind == StripKind::vca;
    voice.text("name", strip.name);
    if (!vca) voice.text("group", strip.group.empty() ? " " : strip.group);
    voice.whole("hide", strip.hidden ? 1 : 0);
    say_mode(voice, record, strip, Control::mute);
    say_value(voice, record, engine, strip, Control::mute);
    voice.flag("solo", engine.soloed(strip));
    if (!vca) {
        voice.flag("solo_iso", false);
        voice.flag("solo_safe", false);
    }
    if (strip.is_track()) {
        voice.whole("monitor_input", 0);
        voice.whole("monitor_disk", 0);
        voice.flag("recenable", strip.record_enabled);
        voice.flag("record_safe", false);
    }
    voice.flag("select", strip.selected);
}

void say_values(const StripVoice& voice, SurfaceRecord& record, const AudioEngine& engine,
                const SimStrip& strip) {
    say_value(voice, record, engine, strip, Control::fader);
    say_mode(voice, record, strip, Control::fader);
    if (strip.kind == StripKind::vca) return;
    say_mode(voice, record, strip, Control::trim);
    say_value(voice, record, engine, strip, Control::trim);
    const bool midi = strip.kind == StripKind::midi_track || strip.kind == StripKind::midi_bus;
    voice.text("pan_type", midi ? "none" : (strip.channels == 1 ? "panner_1in2out" : "panner_balance"));
    say_value(voice, record, engine, strip, Control::pan);
    if (midi) {
        voice.number("pan_stereo_width", 1.0);
        return;
    }
    say_mode(voice, record, strip, Control::pan);
    voice.number("pan_stereo_width", 0.5);
    voice.flag("pan_stereo_width/automation", false);
    voice.text("pan_stereo_width/automation_name", mode_word(AutomationMode::manual));
}

}  // namespace

void say_value(const StripVoice& voice, SurfaceRecord& record, const AudioEngine& engine,
               const SimStrip& strip, Control control) {
    switch (control) {
        case Control::fader:
            say_fader(voice, record, engine, strip);
            return;
        case Control::trim:
            voice.number("trimdB", to_wire(strip.trim, silent_fader));
            return;
        case Control::pan:
            voice.number("pan_stereo_position", static_cast<double>(pan_to_wire(strip.pan)));
            return;
        case Control::mute:
            voice.flag("mute", engine.muted(strip));
            return;
    }
}

void say_mode(const StripVoice& voice, const SurfaceRecord& record, const SimStrip& strip, Control control) {
    const bool positions = control == Control::fader && record.settings[SurfaceRecord::gainmode] != 0;
    const std::string word(positions ? "fader" : control_word(control));
    const auto mode = strip.automation(control).mode();
    voice.number(word + "/automation", static_cast<double>(mode));
    voice.text(word + "/automation_name", mode_word(mode));
}

void say_everything(const StripVoice& voice, SurfaceRecord& record, const AudioEngine& engine,
                    const SimStrip& strip, bool expand) {
    voice.flag("select", strip.selected);
    if (record.wants(bit_buttons)) say_buttons(voice, record, engine, strip);
    if (record.wants(bit_values)) say_values(voice, record, engine, strip);
    if (expand) voice.flag("expand", false);
}

}  // namespace kedge::sim
