#pragma once

#include "mix/mix.hpp"
#include "support/catch.hpp"
#include "support/shipped_rules.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

/// A mixer with what was heard of it, to ask the rules about.
namespace kedge::test {

/// How far apart levels may lie that are the same but for the order of adding up.
inline const Decibels close_enough(1e-9);

inline Capabilities with_trim_and_pan() {
    Capabilities can;
    can.trim = can.pan = can.meters = true;
    can.trim_range = {-20_dB, 20_dB};
    can.fader_top = 6_dB;
    return can;
}

struct TestSong {
    MixerState mixer;
    std::vector<mix::RoledStrip> roles;
    std::vector<measure::StripStatistics> statistics;
    mix::BalanceProfile profile = shipped_balance("rock");
    Capabilities can = with_trim_and_pan();
    mix::MixWishes wishes;
    std::optional<Duration> length;

    /// A strip at unity that plays all the time, its source peaking at `peak` dBFS.
    StripId add(const std::string& name, Role role, double peak) {
        Strip strip;
        strip.id = StripId{static_cast<std::uint32_t>(mixer.strips.size() + 1)};
        strip.name.name = name;
        strip.inputs = 1;
        strip.outputs = 2;
        strip.trim = Decibels();
        strip.fader = Decibels();
        strip.pan = Pan();
        strip.mute = Mute::open;
        roles.push_back({strip.id, role, "test"});
        measure::StripStatistics heard;
        heard.strip = strip.id;
        heard.robust_peak = heard.absolute_peak = Decibels(peak);
        heard.active_level = Decibels(peak - 6.0);
        heard.active_share = {1.0};
        heard.heard = heard.active = std::chrono::seconds(60);
        heard.never_active = false;
        heard.onsets_per_second = 2.0;
        statistics.push_back(heard);
        mixer.strips.push_back(strip);
        return strip.id;
    }
    [[nodiscard]] Strip& strip(StripId id) { return *mixer.find(id); }
    [[nodiscard]] measure::StripStatistics& heard(StripId id) {
        return *std::find_if(statistics.begin(), statistics.end(),
                             [&](const auto& one) { return one.strip == id; });
    }
    [[nodiscard]] mix::MixQuestion question() const {
        return {mixer, roles, statistics, profile, can, wishes, length};
    }
    /// The DAW does what the moves say.
    void apply(const std::vector<Move>& moves) {
        for (const Move& move : moves) strip(move.strip).set_control(move.control, move.to);
    }
};

/// What makes a plan of a song: mix::plan_mix or mix::plan_refine.
using Rule = Result<Plan> (*)(const mix::MixQuestion&);

/// The plan of a song that can be planned.
inline Plan planned(const TestSong& song, Rule rule = mix::plan_mix) {
    auto plan = rule(song.question());
    REQUIRE(plan);
    return std::move(*plan);
}

inline const Move* move_of(const Plan& plan, StripId strip, Control control) {
    for (const Move& move : plan.moves)
        if (move.strip == strip && move.control == control) return &move;
    return nullptr;
}

inline const StripTarget* target_of(const Plan& plan, StripId strip) {
    for (const StripTarget& target : plan.targets)
        if (target.strip == strip) return &target;
    return nullptr;
}

/// Every reason a strip was left alone for, joined; empty when it was not.
inline std::string why_left(const Plan& plan, StripId strip) {
    std::string why;
    for (const LeftAlone& left : plan.left_alone)
        if (left.strip == strip) why += left.why + ";";
    return why;
}

inline std::string notes_of(const Plan& plan) {
    std::string all;
    for (const auto& note : plan.notes) all += note + "\n";
    return all;
}

/// 0 when the move is a whole number of steps.
inline double off_step(Decibels by) {
    return distance(by, nearest_step(by, 3_dB)).db();
}

inline Decibels level(const ControlValue& value) {
    return std::get<Decibels>(value);
}

}  // namespace kedge::test
