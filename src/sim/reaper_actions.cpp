#include "sim/simulated_reaper.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

/// Actions by number or name. An unknown one does nothing, and nothing says so.
namespace kedge::sim {

namespace {

constexpr int first_mode_action = 40400;
constexpr std::array modes_in_action_order = {AutomationMode::manual, AutomationMode::play,
                                              AutomationMode::touch, AutomationMode::write,
                                              AutomationMode::latch};

}  // namespace

/// A number in the address with something that presses it, or numbers and names as arguments.
bool SimulatedReaper::on_action(ReaperCall& call) {
    if (call.key != "ACTION" && call.key != "ACTION_SOFT" && call.key != "ACTION_RELATIVE") return false;
    const bool in_address = !call.numbers.empty() || !call.command.empty();
    if (in_address && (call.flag == reaper::Flag::raw || call.trigger() > 0)) {
        take_action_value(*call.arguments);
        if (call.command.empty()) {
            run_action(call.numbers.front());
        } else {
            run_named(call.command);
        }
        return true;
    }
    auto number = call.arguments->whole();
    auto name = call.arguments->text();
    while ((number && *number > 0) || (name && !name->empty())) {
        take_action_value(*call.arguments);
        if (number) {
            run_action(*number);
        } else {
            run_named(*name);
        }
        number = call.arguments->whole();
        name = call.arguments->text();
    }
    return true;
}

/// 0 to 1 as 14 bits.
void SimulatedReaper::take_action_value(ReaperArguments& arguments) {
    constexpr double full_way = 16'383.0;
    action_value_.reset();
    if (const auto value = arguments.real(); value && !std::isnan(*value))
        action_value_ = static_cast<int>(std::clamp(static_cast<double>(*value), 0.0, 1.0) * full_way);
}

/// A name begins with an underscore; a number as a text is a number.
void SimulatedReaper::run_named(std::string_view name) {
    int number = 0;
    const auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (problem == std::errc() && end == name.data() + name.size()) {
        run_action(number);
    } else if (name.starts_with('_')) {
        named_commands_.emplace_back(name);
        if (on_command_) on_command_(name);
        run_companion(name);
    }
}

void SimulatedReaper::run_action(int id) {
    switch (id) {
        case 40029:
            if (undo_.undo(engine_)) tell_track_list();
            return;
        case 40030:
            if (undo_.redo(engine_)) tell_track_list();
            return;
        case 40026:
            ++saved_;
            return;
        case 40297:
            unselect_all();
            return;
        case 40340:
            unsolo_all();
            return;
        case 41743:
            tell_everything();
            return;
        case 1007:
            play();
            return;
        case 1016:
            stop();
            return;
        case 1008:
            pause();
            return;
        case 40044:
            if (engine_.rolling()) {
                stop();
            } else {
                play();
            }
            return;
        case 40042:
            seek(0);
            return;
        case 40043:
            seek(engine_.song_samples());
            return;
        case 1068:
            repeats_ = !repeats_;
            say_flag("REPEAT", repeats_);
            return;
        default:
            break;
    }
    const int mode = id - first_mode_action;
    if (mode >= 0 && mode < static_cast<int>(modes_in_action_order.size()))
        set_selected_modes(modes_in_action_order[static_cast<std::size_t>(mode)]);
}

void SimulatedReaper::set_selected_modes(AutomationMode mode) {
    for (SimStrip* strip : selected_tracks()) change_mode(*strip, mode);
    tell_modes(current_track_);
    for (int place = 1; place <= device_.track_count; ++place) tell_modes(bank_start_ + place);
    // REAPER says level, pan and selection of every track again on this occasion.
    for (TrackNumber number = 0; number <= track_count(); ++number) {
        if (const SimStrip* strip = track(number); strip && is_shown(number))
            tell_volume(number, strip->fader);
        tell_pan(number);
        tell_selected(number);
    }
}

}  // namespace kedge::sim
