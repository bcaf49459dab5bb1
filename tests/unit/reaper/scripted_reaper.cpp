#include "scripted_reaper.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace kedge::reaper::test {

namespace {

const std::vector<std::string> mode_words = {"autotrim", "autoread", "autolatch", "autotouch", "autowrite"};

}  // namespace

ScriptedTrack* ScriptedReaper::track(int number) {
    if (number == 0) return &master;
    const auto at = static_cast<std::size_t>(number) - 1;
    return at < tracks.size() ? &tracks[at] : nullptr;
}

void ScriptedReaper::tell(const std::string& address, const Value& value) {
    // Of what was just set; switches are told nevertheless.
    const bool is_switch = address.ends_with("/mute") || address.ends_with("/select") || address == "/play" ||
                           address == "/stop" || address == "/repeat" ||
                           address.find("/auto") != std::string::npos;
    if (address == being_edited_ && !is_switch) return;
    const auto known = told_.find(address);
    if (known != told_.end() && known->second == value) return;
    told_[address] = value;
    if (const auto* text = std::get_if<std::string>(&value)) {
        said_.push_back(osc::encode(address, {std::string_view(*text)}));
    } else {
        said_.push_back(osc::encode(address, {std::get<float>(value)}));
    }
}

void ScriptedReaper::tell_track(int number) {
    const ScriptedTrack nobody{{}, -150.0};
    const ScriptedTrack* found = track(number);
    const ScriptedTrack& of = found != nullptr ? *found : nobody;
    if (number == current && answers_count) tell("/track/number/str", std::to_string(number));
    if (number == current) tell_switches("/track/", of);
    if (number == 0) {
        tell("/master/volume/db", static_cast<float>(of.db));
        tell("/master/pan", static_cast<float>((of.pan + 1.0) / 2.0));
        return;
    }
    if (number > bank) return;
    const std::string at = fmt::format("/track/{}/", number);
    tell(at + "name", of.name.empty() ? fmt::format("Track {}", number) : of.name);
    tell(at + "number/str", std::to_string(number));
    tell(at + "select", of.selected ? 1.0F : 0.0F);
    tell(at + "volume/db", static_cast<float>(of.db));
    tell(at + "pan", static_cast<float>((of.pan + 1.0) / 2.0));
    tell(at + "solo", of.solo ? 1.0F : 0.0F);
    tell_switches(at, of);
}

void ScriptedReaper::tell_switches(const std::string& at, const ScriptedTrack& of) {
    tell(at + "mute", of.mute ? 1.0F : 0.0F);
    for (std::size_t i = 0; i < mode_words.size(); ++i)
        tell(at + mode_words[i], of.mode == static_cast<int>(i) ? 1.0F : 0.0F);
}

void ScriptedReaper::tell_transport() {
    tell("/record", 0.0F);
    tell("/stop", playing ? 0.0F : 1.0F);
    tell("/play", playing ? 1.0F : 0.0F);
    tell("/repeat", repeats ? 1.0F : 0.0F);
}

void ScriptedReaper::tell_marks() {
    for (int i = 1; i <= mark_count_; ++i) {
        const auto at = static_cast<std::size_t>(i) - 1;
        const bool there = at < marks.size();
        tell(fmt::format("/marker/{}/name", i), there ? marks[at].first : std::string());
        tell(fmt::format("/marker/{}/number/str", i), there ? std::to_string(i) : std::string());
        if (there) tell(fmt::format("/marker/{}/time", i), static_cast<float>(marks[at].second));
    }
    for (int i = 1; i <= region_count_; ++i) {
        const auto at = static_cast<std::size_t>(i) - 1;
        const bool there = at < regions.size();
        tell(fmt::format("/region/{}/name", i), there ? regions[at].name : std::string());
        tell(fmt::format("/region/{}/number/str", i), there ? std::to_string(i) : std::string());
        if (!there) continue;
        tell(fmt::format("/region/{}/time", i), static_cast<float>(regions[at].at));
        tell(fmt::format("/region/{}/length", i), static_cast<float>(regions[at].length));
    }
}

void ScriptedReaper::list_changed() {
    for (int number = 0; number <= bank; ++number) tell_track(number);
    if (current > bank) tell_current();
}

void ScriptedReaper::tell_current() {
    tell_track(current);
}

void ScriptedReaper::refresh() {
    told_.clear();
    told_position_ = 0.0;
    tell_transport();
    tell_current();
    tell_marks();
    list_changed();
}

void ScriptedReaper::start_over() {
    bank = 8;
    current = 0;
    refresh();
}

void ScriptedReaper::tick() {
    tell("/loop/start/time", static_cast<float>(loop_start));
    tell("/loop/end/time", static_cast<float>(loop_end));
    if (position != told_position_) {
        told_position_ = position;
        tell("/time", static_cast<float>(position));
        tell("/beat/str", beat);
    }
    for (int number = 1; number <= bank; ++number) {
        const ScriptedTrack* found = track(number);
        const auto vu = static_cast<float>(found != nullptr ? found->vu : 0.0);
        tell(fmt::format("/track/{}/vu/L", number), vu);
        tell(fmt::format("/track/{}/vu/R", number), vu);
    }
}

void ScriptedReaper::hear(std::span<const std::byte> datagram) {
    for (const auto& message : osc::decode(datagram).messages) on_message(message);
}

void ScriptedReaper::on_message(const osc::Message& message) {
    const std::string address(message.address());
    if (forgets) told_.erase(address);
    being_edited_ = address;
    const auto number = message.number(0);
    const auto whole = static_cast<int>(number.value_or(-1.0));
    if (address == "/device/track/count") {
        bank = whole;
        list_changed();
    } else if (address == "/device/track/select") {
        current = std::min(whole, static_cast<int>(tracks.size()));
        tell_current();
    } else if (address == "/device/marker/count") {
        mark_count_ = whole;
        tell_marks();
    } else if (address == "/device/region/count") {
        region_count_ = whole;
        tell_marks();
    } else if (address == "/repeat") {
        if (!keeps_repeat) repeats = turns_repeat ? !repeats : whole == 1;
        tell_transport();
    } else if (address == "/action") {
        actions.push_back(whole);
        if (whole == 41'743) refresh();
        if (whole == 40'043) position = end;
    } else if (address == "/time" && number) {
        position = *number;
    } else if (address == "/marker") {
        if (static_cast<std::size_t>(whole) <= marks.size())
            position = marks[static_cast<std::size_t>(whole) - 1].second;
    } else if (address == "/play" || address == "/stop") {
        playing = address == "/play";
        tell_transport();
    } else if (address.starts_with("/track/")) {
        const auto slash = address.find('/', 7);
        on_track(std::atoi(address.c_str() + 7), address.substr(slash + 1), message, address);
    } else if (address == "/master/volume/db" && number) {
        master.db = *number;
    } else if (address == "/master/pan" && number) {
        master.pan = *number * 2.0 - 1.0;
    }
    being_edited_.clear();
}

void ScriptedReaper::on_track(int number, const std::string& word, const osc::Message& message,
                              const std::string& address) {
    ScriptedTrack* found = track(number);
    const auto value = message.number(0);
    const auto mode = std::find(mode_words.begin(), mode_words.end(), word);
    if (found == nullptr || (!value && mode == mode_words.end())) return;
    const auto with_the_selected = [&](const auto& change) {
        change(*found);
        if (!found->selected) return;
        for (ScriptedTrack& each : tracks)
            if (&each != found && each.selected) {
                change(each);
                ++followed;
            }
    };
    if (word == "select") {
        found->selected = *value == 1.0;
        tell(address, found->selected ? 1.0F : 0.0F);
    } else if (word == "volume/db") {
        with_the_selected([&](ScriptedTrack& each) { each.db = *value; });
    } else if (word == "pan") {
        with_the_selected([&](ScriptedTrack& each) { each.pan = *value * 2.0 - 1.0; });
    } else if (word == "mute") {
        with_the_selected([&](ScriptedTrack& each) { each.mute = *value == 1.0; });
        if (number > 0) tell(address, *value == 1.0 ? 1.0F : 0.0F);
    } else if (word == "volume/touch") {
        found->volume_touched = *value == 1.0;
    } else if (mode != mode_words.end() && value.value_or(1.0) == 1.0) {
        with_the_selected(
            [&](ScriptedTrack& each) { each.mode = static_cast<int>(mode - mode_words.begin()); });
        tell_track(number);
    }
}

}  // namespace kedge::reaper::test
