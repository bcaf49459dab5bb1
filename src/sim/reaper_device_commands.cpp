#include "sim/reaper_banks.hpp"
#include "sim/simulated_reaper.hpp"

#include <algorithm>
#include <array>

/// What a message does to the device's place in the project: how large its banks are, where they stand, which
/// track is its current one, who follows whom.
namespace kedge::sim {

namespace {

using Device = reaper::DeviceSettings;

struct CountKey {
    std::string_view key;
    int Device::*count;
};
constexpr std::array count_keys = {CountKey{"DEVICE_TRACK_COUNT", &Device::track_count},
                                   CountKey{"DEVICE_SEND_COUNT", &Device::send_count},
                                   CountKey{"DEVICE_RECEIVE_COUNT", &Device::receive_count},
                                   CountKey{"DEVICE_FX_COUNT", &Device::fx_count},
                                   CountKey{"DEVICE_FX_PARAM_COUNT", &Device::fx_param_count},
                                   CountKey{"DEVICE_FX_INST_PARAM_COUNT", &Device::fx_inst_param_count},
                                   CountKey{"DEVICE_MARKER_COUNT", &Device::marker_count},
                                   CountKey{"DEVICE_REGION_COUNT", &Device::region_count}};

/// REAPER takes any count, and works as long as it takes.
constexpr int highest_count = 4'096;
constexpr int highest_place = 100'000;

}  // namespace

bool SimulatedReaper::on_device(ReaperCall& call) {
    if (!call.key.starts_with("DEVICE_") && !call.key.starts_with("REAPER_")) return false;
    // Other keys of these are known, and without a meaning here.
    static_cast<void>(on_count(call) || on_follows(call) || on_selection(call) || on_next(call));
    return true;
}

bool SimulatedReaper::on_count(ReaperCall& call) {
    const auto* found = std::find_if(count_keys.begin(), count_keys.end(),
                                     [&](const CountKey& each) { return each.key == call.key; });
    if (found == count_keys.end()) return false;
    std::optional<int> count;
    if (call.flag == reaper::Flag::integer) {
        if (const auto value = call.argument(); value && *value >= 0.0)
            count = static_cast<int>(std::min(*value, static_cast<double>(highest_count)));
    } else if (!call.numbers.empty() && call.trigger() > 0) {
        count = std::min(call.numbers.front(), highest_count);
    }
    if (!count) return true;
    const int markers_before = device_.marker_count;
    const int regions_before = device_.region_count;
    device_.*(found->count) = *count;
    if (found->count == &Device::marker_count || found->count == &Device::region_count) {
        tell_markers(markers_before, regions_before);
    } else if (found->count == &Device::fx_param_count) {
        tell_current_effect();
    } else if (found->count == &Device::fx_inst_param_count) {
        tell_current_instrument();
    } else {
        tell_track_list();
    }
    return true;
}

/// "REAPER_TRACK_FOLLOWS" with a text, or "REAPER_TRACK_FOLLOWS_DEVICE" pressed.
bool SimulatedReaper::on_follows(ReaperCall& call) {
    const auto at = call.key.find("_FOLLOWS");
    if (at == std::string_view::npos) return false;
    const std::string_view whose = call.key.substr(0, at + std::string_view("_FOLLOWS").size());
    std::string_view whom;
    if (call.flag == reaper::Flag::text) {
        const auto text = call.arguments->text();
        if (!text) return true;
        whom = *text;
    } else {
        if (call.trigger() <= 0 || call.key.size() <= whose.size()) return true;
        whom = call.key.substr(whose.size() + 1);
    }
    if (whose == "REAPER_TRACK_FOLLOWS") {
        device_.reaper_track_follows_device = whom == "DEVICE";
        SimStrip* current = track(current_track_);
        if (device_.reaper_track_follows_device && current) select_only(*current);
    } else if (whose == "DEVICE_TRACK_FOLLOWS") {
        device_.device_track_follows_last_touched = whom == "LAST_TOUCHED";
    } else if (whose == "DEVICE_TRACK_BANK_FOLLOWS") {
        device_.bank_follows_mixer = whom == "MIXER";
        if (device_.bank_follows_mixer) tell_track_list();
    }
    return true;
}

bool SimulatedReaper::on_selection(ReaperCall& call) {
    constexpr std::string_view before = "DEVICE_";
    constexpr std::string_view after = "_SELECT";
    if (!call.key.starts_with(before) || !call.key.ends_with(after)) return false;
    std::optional<int> place;
    if (call.flag == reaper::Flag::integer) {
        place = call.arguments->whole();
    } else if (!call.numbers.empty() && call.trigger() > 0) {
        place = call.numbers.front();
    }
    if (!place || *place < 0) return true;
    place = std::min(*place, highest_place);
    const std::string_view what =
        call.key.substr(before.size(), call.key.size() - before.size() - after.size());
    if (select_effect(what, *place)) return true;
    if (what == "TRACK") {
        make_current(std::clamp(bank_start_ + *place, 0, track_count()));
    } else if (what == "TRACK_BANK" && device_.track_count > 0) {
        bank_from(bank_start_near((*place - 1) * device_.track_count, device_.track_count, track_count()));
    } else if (what == "MARKER_BANK" && device_.marker_count > 0) {
        marker_bank_start_ =
            bank_start_near((*place - 1) * device_.marker_count, device_.marker_count, count_markers(false));
        tell_markers(0, 0);
    } else if (what == "REGION_BANK" && device_.region_count > 0) {
        region_bank_start_ =
            bank_start_near((*place - 1) * device_.region_count, device_.region_count, count_markers(true));
        tell_markers(0, 0);
    }
    return true;
}

bool SimulatedReaper::on_next(ReaperCall& call) {
    const int step = call.key.starts_with("DEVICE_PREV_") ? -1 : call.key.starts_with("DEVICE_NEXT_") ? 1 : 0;
    if (step == 0) return false;
    if (call.trigger() <= 0) return true;
    const std::string_view what = call.key.substr(std::string_view("DEVICE_PREV_").size());
    const int tracks = track_count();
    const auto moved = [&](int start, int size, int all) {
        return bank_start_beside(start, step, size, all);
    };
    if (step_effect(what, step)) return true;
    if (what == "TRACK") {
        // The master's place is passed over: it is not shown in the track list, as by default.
        const int next = current_track_ + step;
        make_current(next > 0 && next <= tracks ? next : step > 0 ? std::min(1, tracks) : tracks);
    } else if (what == "TRACK_BANK" && device_.track_count > 0) {
        bank_from(moved(bank_start_, device_.track_count, tracks));
    } else if (what == "MARKER_BANK" && device_.marker_count > 0) {
        marker_bank_start_ = moved(marker_bank_start_, device_.marker_count, count_markers(false));
        tell_markers(0, 0);
    } else if (what == "REGION_BANK" && device_.region_count > 0) {
        region_bank_start_ = moved(region_bank_start_, device_.region_count, count_markers(true));
        tell_markers(0, 0);
    }
    return true;
}

void SimulatedReaper::make_current(TrackNumber number) {
    current_track_ = number;
    SimStrip* current = track(number);
    if (device_.reaper_track_follows_device && current) select_only(*current);
    tell_current_track();
}

void SimulatedReaper::bank_from(int start) {
    bank_start_ = start;
    tell_track_list();
}

}  // namespace kedge::sim
