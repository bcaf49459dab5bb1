#include "mix/balance_profile.hpp"

#include "mix/toml_table.hpp"
#include "profiles/shipped_profiles.hpp"

#include <cmath>
#include <string>

#include <fmt/format.h>

namespace kedge::mix {

namespace {

constexpr std::string_view next_step_of_balances =
    "Correct the file there; profiles/balances/README.md describes what may stand in it.";

bool on_grid(Decibels level, Decibels step) {
    return distance(level, nearest_step(level, step)) < Decibels(1e-6);
}

void read_role(const TomlTable& roles, const toml::node& node, Role role, BalanceProfile& profile) {
    if (!node.is_table()) roles.wrong(node, fmt::format("'{}' must be a table", to_string(role)));
    const TomlTable one = roles.table(to_string(role));
    one.only({"staging", "fader", "below_kick", "words", "width"});
    RoleBalance balance;
    balance.staging = one.level("staging");
    balance.fader = one.level("fader");
    if (!on_grid(balance.fader, profile.step))
        one.wrong(one.need("fader"), "a fader stands on a multiple of the step");
    balance.below_kick = one.range("below_kick");
    balance.range_words = one.text("words");
    profile.pan_width[role] = one.number("width", 0.0, 1.0);
    profile.roles[role] = std::move(balance);
}

void read_anchors(const TomlTable& anchors, BalanceProfile& profile) {
    anchors.only({"order", "loudest"});
    for (const toml::node& entry : anchors.list(anchors.need("order"))) {
        const toml::array& pair = anchors.list(entry, 2);
        const auto word = pair[0].value<std::string>();
        if (!word) anchors.wrong(pair[0], "a role is expected here");
        profile.fallback_anchors.emplace_back(anchors.role(pair[0], *word), anchors.level(pair[1]));
    }
    profile.loudest_anchor_level = anchors.level("loudest");
}

void read_activity(const TomlTable& activity, BalanceProfile& profile) {
    activity.only({"below_loudest", "floor", "window_seconds", "percentile", "thin_evidence"});
    profile.activity.below_loudest = activity.level("below_loudest", 0.0);
    profile.activity.floor = activity.level("floor");
    const double seconds = activity.number("window_seconds", 0.1, 60.0);
    profile.activity.window = measure::Tape::cell_length * std::lround(seconds * 10.0);
    profile.activity.percentile = {activity.number("percentile", 0.0, 100.0) / 100.0};
    profile.thin_evidence = {activity.number("thin_evidence", 0.0, 1.0)};
}

BalanceProfile read_whole(const TomlTable& file) {
    file.only(
        {"name", "grid", "kick", "bus", "staging", "activity", "families", "anchors", "panning", "roles"});
    BalanceProfile profile;
    profile.name = file.text("name");
    const TomlTable grid = file.table("grid");
    grid.only({"step"});
    profile.step = Decibels(grid.number("step", 0.1, 24.0));
    const TomlTable kick = file.table("kick");
    kick.only({"range", "fewest_onsets_per_second"});
    profile.kick_range = kick.range("range");
    profile.fewest_anchor_onsets_per_second = kick.number("fewest_onsets_per_second", 0.0, 100.0);
    const TomlTable bus = file.table("bus");
    bus.only({"range"});
    profile.bus_range = bus.range("range");
    const TomlTable staging = file.table("staging");
    staging.only({"clipping", "never_above"});
    profile.clipping = staging.level("clipping");
    profile.hottest_before_fader = staging.level("never_above");
    read_activity(file.table("activity"), profile);
    const TomlTable families = file.table("families");
    families.only({"second_microphone"});
    profile.second_microphone = families.level("second_microphone", 0.0);
    read_anchors(file.table("anchors"), profile);
    const TomlTable panning = file.table("panning");
    panning.only({"most_imbalance", "lone_width"});
    profile.most_imbalance = panning.level("most_imbalance", 0.0);
    profile.lone_width = panning.number("lone_width", 0.0, 1.0);
    const TomlTable roles = file.table("roles");
    for (const auto& [key, node] : roles.entries())
        read_role(roles, node, roles.role(node, key.str()), profile);
    if (!profile.roles.contains(Role::kick))
        roles.wrong(roles.entries(), "the kick is missing: every range hangs from it");
    return profile;
}

void shift(BalanceProfile& profile, const TomlTable& shifts) {
    for (const auto& [key, node] : shifts.entries()) {
        const Role role = shifts.role(node, key.str());
        const auto entry = profile.roles.find(role);
        if (entry == profile.roles.end())
            shifts.wrong(node, fmt::format("'{}' has no place that could be shifted", key.str()));
        const double steps = shifts.number(node, -8.0, 8.0);
        if (steps != std::round(steps)) shifts.wrong(node, "a whole number of steps is expected here");
        const Decibels by(steps * profile.step.db());
        RoleBalance& balance = entry->second;
        balance.fader += by;
        balance.below_kick = balance.below_kick.shifted(-by);
        balance.range_words +=
            fmt::format(", shifted by {} in the balance '{}'", to_string(by), profile.name);
        for (auto& [anchor, level] : profile.fallback_anchors)
            if (anchor == role) level += by;
    }
}

BalanceProfile read(std::string_view origin, std::string_view text, bool may_have_base) {
    const TomlFile source{origin, next_step_of_balances};
    const toml::table table = parse_toml(source, text);
    const TomlTable file(source, table);
    const toml::node* base = table.get("base");
    if (!base) return read_whole(file);
    file.only({"name", "base", "shifts"});
    if (!may_have_base) file.wrong(*base, "a profile that others are based on has no base itself");
    const std::string path = "balances/" + file.text("base") + ".toml";
    for (const ShippedProfile& shipped : shipped_profiles()) {
        if (shipped.path != path) continue;
        BalanceProfile profile = read(shipped.path, shipped.text, false);
        profile.name = file.text("name");
        shift(profile, file.table("shifts"));
        return profile;
    }
    file.wrong(*base, fmt::format("no balance of that name is shipped: '{}'", path));
}

}  // namespace

Result<BalanceProfile> load_balance(std::string_view origin, std::string_view toml) {
    return read_toml([&] { return read(origin, toml, true); });
}

}  // namespace kedge::mix
