#include "mix/ride_profile.hpp"

#include "mix/toml_table.hpp"

namespace kedge::mix {

namespace {

void read_phrases(const TomlTable& file, measure::PhraseRule& rule) {
    const auto table =
        file.table("phrases", {"on", "off", "loud_percentile", "passage_ms", "floor", "shortest_gap_ms",
                               "shortest_ms", "longest_breath_ms", "breath_below"});
    rule.on = table.level("on", -80.0, 0.0);
    rule.off = table.level("off", -100.0, 0.0);
    if (rule.off > rule.on) table.wrong("off", "a phrase must end at or below where it begins");
    rule.loud_share = table.number("loud_percentile", 0.0, 100.0) / 100.0;
    rule.passage = table.milliseconds("passage_ms", 100.0, 3000.0);
    rule.floor = table.level("floor", -150.0, 0.0);
    rule.shortest_gap = table.milliseconds("shortest_gap_ms", 200.0, 5000.0);
    rule.shortest = table.milliseconds("shortest_ms", 100.0, 5000.0);
    rule.longest_breath = table.milliseconds("longest_breath_ms", 0.0, 5000.0);
    rule.breath_below = table.level("breath_below", 3.0, 60.0);
}

void read_section(const TomlTable& file, SectionRule& rule) {
    const auto table = file.table(
        "section", {"within", "slew_beats", "beat_ms", "window_seconds", "shortest_seconds", "reach_ms"});
    rule.within = table.level("within", 0.0, 24.0);
    rule.slew_beats = table.number("slew_beats", 0.25, 16.0);
    rule.beat = table.milliseconds("beat_ms", 150.0, 3000.0);
    rule.window = table.seconds("window_seconds", 1.0, 30.0);
    rule.shortest = table.seconds("shortest_seconds", 1.0, 60.0);
    rule.reach = table.milliseconds("reach_ms", 0.0, 10000.0);
}

void read_phrase(const TomlTable& file, PhraseRideRule& rule) {
    const auto table =
        file.table("phrase", {"part", "least", "alone", "shortest_ramp_ms", "longest_ramp_ms", "lead_ms"});
    rule.part = {table.number("part", 0.0, 1.0)};
    rule.least = table.level("least", 0.0, 24.0);
    rule.alone = table.level("alone", 1.0, 200.0);
    rule.shortest_ramp = table.milliseconds("shortest_ramp_ms", 10.0, 2000.0);
    rule.longest_ramp = table.milliseconds("longest_ramp_ms", 10.0, 5000.0);
    if (rule.longest_ramp < rule.shortest_ramp)
        table.wrong("longest_ramp_ms", "the longest ramp must not be shorter than the shortest");
    rule.lead = table.milliseconds("lead_ms", 0.0, 2000.0);
}

void read_strips(const TomlTable& file, RideProfile& profile) {
    const auto table = file.table("strips", {"vocals", "solos", "fills", "returns", "not_backing",
                                             "solo_share", "longest_fill_seconds", "transition_beats"});
    profile.vocals = table.roles("vocals");
    profile.solos = table.roles("solos");
    profile.fills = table.roles("fills");
    profile.returns = table.roles("returns");
    profile.not_backing = table.roles("not_backing");
    profile.solo_share = {table.number("solo_share", 0.0, 1.0)};
    profile.longest_fill = table.seconds("longest_fill_seconds", 0.0, 600.0);
    profile.transition_beats = table.number("transition_beats", 0.25, 64.0);
}

RideProfile read_rides(const TomlTable& file) {
    file.only({"name", "phrases", "depth", "section", "phrase", "thinning", "guess", "strips"});
    RideProfile profile;
    profile.name = file.text("name");
    read_phrases(file, profile.phrases);
    const auto depth = file.table("depth", {"most", "step", "strip_peak"});
    profile.most = depth.level("most", 0.0, 24.0);
    profile.step = depth.level("step", 0.1, 24.0);
    if (profile.step > profile.most) depth.wrong("step", "a step must not be larger than the depth");
    profile.strip_peak = depth.level("strip_peak", -60.0, 0.0);
    read_section(file, profile.section);
    read_phrase(file, profile.phrase);
    const auto thinning = file.table("thinning", {"most_error", "most_points_per_second"});
    profile.thinning.most_error = thinning.level("most_error", 0.0, 3.0);
    profile.thinning.most_points_per_second = thinning.number("most_points_per_second", 1.0, 100.0);
    const auto guess = file.table("guess", {"half_seconds", "least_change"});
    profile.guess.half = guess.seconds("half_seconds", 2.0, 60.0);
    profile.guess.least_change = {guess.number("least_change", 0.0, 1.0)};
    read_strips(file, profile);
    return profile;
}

}  // namespace

Result<RideProfile> load_rides(std::string_view origin, std::string_view toml) {
    const TomlFile file{origin,
                        "Correct the file there; profiles/rides/README.md describes what may stand in it."};
    return read_toml([&] {
        const toml::table table = parse_toml(file, toml);
        return read_rides(TomlTable(file, table));
    });
}

}  // namespace kedge::mix
