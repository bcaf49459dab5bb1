#include "sim/ardour_words.hpp"
#include "sim/simulated_ardour.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kedge::sim {

namespace {

constexpr int ticks_of_a_fake_touch = 10;
constexpr std::array modes = {AutomationMode::manual, AutomationMode::play, AutomationMode::write,
                              AutomationMode::touch, AutomationMode::latch};

/// "/strip/fader/automation/3" or "/strip/fader/automation": the control's word and the number, 0 for none.
struct ModePath {
    std::string_view word;
    std::int32_t number = 0;
};

ModePath mode_path(std::string_view address, std::string_view verb) {
    constexpr std::string_view start = "/strip/";
    const auto at = address.find(verb);
    if (!address.starts_with(start) || at < start.size()) return {};
    ModePath path;
    path.word = address.substr(start.size(), at - start.size());
    const auto rest = address.substr(at + verb.size());
    if (rest.starts_with('/')) path.number = number_in(rest.substr(1)).value_or(0);
    return path;
}

/// An argument as Ardour reads it: with the type of the last one, whatever its own is.
std::optional<double> read_as_last(const osc::Message& message, std::size_t argument) {
    const auto last = message.size() - 1;
    if (message.types()[argument] != message.types()[last]) return std::nullopt;
    return message.number(argument);
}

}  // namespace

AutomationPoint SimulatedArdour::now_of(const SimStrip& strip, Control control) const {
    return {engine_.position(), strip.value(control)};
}

/// "/strip/fader/automation/3 mode", "/strip/fader/automation 3 mode". Without a mode it is Manual; number
/// and mode of different types are not understood.
void SimulatedArdour::on_automation(Peer from, const osc::Message& message, std::vector<Datagram>& out) {
    const ModePath path = mode_path(message.address(), "/automation");
    const auto control = control_of(path.word);
    if (!control) return;
    const SurfaceRecord& record = surfaces_[from];
    std::optional<double> number = path.number;
    std::optional<double> mode = message.number(0).value_or(0.0);
    if (path.number == 0) {
        if (message.size() < 2) return;
        number = read_as_last(message, 0);
        mode = message.number(1);
    }
    if (!number || !mode || !(*number >= 1.0 && *number <= static_cast<double>(record.shown.size()))) return;
    if (!(*mode >= 0.0 && *mode < static_cast<double>(modes.size()))) return;
    SimStrip* strip = engine_.find(record.shown[static_cast<std::size_t>(*number) - 1]);
    const bool has =
        strip && (strip->kind != StripKind::vca || *control == Control::fader || *control == Control::mute);
    if (has) change_mode(*strip, *control, modes[static_cast<std::size_t>(*mode)], out);
}

void SimulatedArdour::change_mode(SimStrip& strip, Control control, AutomationMode mode,
                                  std::vector<Datagram>& out) {
    ControlAutomation& automation = strip.automation(control);
    if (automation.mode() == mode) return;
    automation.set_mode(mode, now_of(strip, control), engine_.rolling(), engine_.song_samples());
    tell_mode(strip, control, out);
    // Ardour says these two's values again.
    if (control == Control::pan || control == Control::mute) tell_value(strip, control, out);
}

/// "/strip/fader/touch/3 1". A pan takes no touch on an ordinary strip.
void SimulatedArdour::on_touch(Peer from, const osc::Message& message) {
    const ModePath path = mode_path(message.address(), "/touch");
    const auto control = control_of(path.word);
    if (!control || *control == Control::pan) return;
    const SurfaceRecord& record = surfaces_[from];
    const std::size_t value_at = path.number == 0 ? 1 : 0;
    const auto number = path.number == 0 ? message.number(0) : std::optional<double>(path.number);
    const auto held = message.number(value_at);
    if (!number || !held || !(*number >= 1.0 && *number <= static_cast<double>(record.shown.size()))) return;
    SimStrip* strip = engine_.find(record.shown[static_cast<std::size_t>(*number) - 1]);
    if (!strip) return;
    std::erase_if(fake_touches_,
                  [&](const FakeTouch& fake) { return fake.strip == strip->id && fake.control == *control; });
    if (*held != 0.0) {
        strip->automation(*control).touch(now_of(*strip, *control), engine_.rolling());
    } else {
        let_go(*strip, *control);
    }
}

/// Back to the list, when there is one to follow.
void SimulatedArdour::let_go(SimStrip& strip, Control control) {
    ControlAutomation& automation = strip.automation(control);
    automation.release(control, now_of(strip, control));
    if (!engine_.rolling() || !automation.plays()) return;
    if (const auto value = automation.list().at(control, engine_.position()))
        strip.set_value(control, *value);
}

/// A value set without a touch is one of about a second in Touch, and one that lasts until the stop in Latch.
void SimulatedArdour::begin_write(SimStrip& strip, Control control) {
    ControlAutomation& automation = strip.automation(control);
    const AutomationMode mode = automation.mode();
    if (automation.touched()) return;
    if (mode == AutomationMode::latch) {
        if (engine_.rolling()) automation.touch(now_of(strip, control), true);
        return;
    }
    if (mode != AutomationMode::touch) return;
    automation.touch(now_of(strip, control), engine_.rolling());
    // A switch in Touch stays where it was put until the transport stops.
    if (control != Control::mute) fake_touches_.push_back({strip.id, control, ticks_of_a_fake_touch});
}

void SimulatedArdour::end_write(SimStrip& strip, Control control) {
    if (!engine_.rolling()) return;
    ControlAutomation& automation = strip.automation(control);
    if (headless_) {
        automation.wrote_unwatched(control, now_of(strip, control), AudioEngine::block);
    } else {
        automation.wrote(now_of(strip, control));
    }
}

void SimulatedArdour::release_fake_touches() {
    for (FakeTouch& fake : fake_touches_) {
        if (--fake.ticks > 0) continue;
        if (SimStrip* strip = engine_.find(fake.strip)) let_go(*strip, fake.control);
    }
    std::erase_if(fake_touches_, [](const FakeTouch& fake) { return fake.ticks <= 0; });
}

/// What a list made of its control since the last tick.
void SimulatedArdour::tell_automated(std::vector<Datagram>& out) {
    if (!engine_.rolling()) return;
    const auto tell_strip = [&](SimStrip& strip) {
        for (const Control control : all_controls) {
            if (!strip.automation(control).plays()) continue;
            const auto told = std::find_if(told_.begin(), told_.end(), [&](const Told& each) {
                return each.strip == strip.id && each.control == control;
            });
            const ControlValue value = strip.value(control);
            if (told == told_.end()) {
                told_.push_back({strip.id, control, value});
            } else if (told->value == value) {
                continue;
            } else {
                told->value = value;
            }
            tell_value(strip, control, out);
        }
    };
    for (SimStrip& strip : engine_.strips()) tell_strip(strip);
    tell_strip(engine_.master());
}

}  // namespace kedge::sim
