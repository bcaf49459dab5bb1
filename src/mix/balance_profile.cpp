#include "mix/balance_profile.hpp"

#include <cmath>
#include <string>

#include <fmt/format.h>

#define TOML_EXCEPTIONS 1
#include "profiles/shipped_profiles.hpp"

#include <toml++/toml.h>

namespace kedge::mix {

namespace {

/// Thrown inside this file only: the first thing wrong with a profile.
struct Wrong {
    Error error;
};

constexpr double largest_level = 200.0;

/// A table of the file, with what is needed to say where something is wrong.
class Section {
  public:
    Section(std::string_view origin, const toml::table& table) : origin_(origin), table_(table) {}

    [[noreturn]] void wrong(const toml::node& node, std::string_view what) const {
        const auto& at = node.source().begin;
        throw Wrong{
            Error{ErrorKind::usage, fmt::format("{}:{}:{}: {}", origin_, at.line, at.column, what),
                  "Correct the file there; profiles/balances/README.md describes what may stand in it."}};
    }

    const toml::node& need(std::string_view key) const {
        const toml::node* node = table_.get(key);
        if (!node) wrong(table_, fmt::format("'{}' is missing", key));
        return *node;
    }
    Section section(std::string_view key) const {
        const toml::node& node = need(key);
        if (!node.is_table()) wrong(node, fmt::format("'{}' must be a table", key));
        return {origin_, *node.as_table()};
    }
    double number(const toml::node& node, double low, double high) const {
        const auto value = node.value<double>();
        if (!value || !node.is_number()) wrong(node, "a number is expected here");
        if (!(*value >= low && *value <= high))
            wrong(node, fmt::format("a number from {:g} to {:g} is expected here", low, high));
        return *value;
    }
    double number(std::string_view key, double low, double high) const {
        return number(need(key), low, high);
    }
    Decibels level(const toml::node& node) const {
        return Decibels(number(node, -largest_level, largest_level));
    }
    Decibels level(std::string_view key) const { return level(need(key)); }
    Decibels change(std::string_view key) const { return Decibels(number(key, 0.0, largest_level)); }
    std::string text(std::string_view key) const {
        const toml::node& node = need(key);
        const auto value = node.value<std::string>();
        if (!value) wrong(node, fmt::format("'{}' must be a text in quotes", key));
        return *value;
    }
    const toml::array& list(const toml::node& node, std::size_t size) const {
        const toml::array* array = node.as_array();
        if (!array || (size != 0 && array->size() != size))
            wrong(node,
                  size ? fmt::format("a list of {} is expected here", size) : "a list is expected here");
        return *array;
    }
    LevelRange range(std::string_view key) const {
        const toml::node& node = need(key);
        const toml::array& pair = list(node, 2);
        const LevelRange range{level(pair[0]), level(pair[1])};
        if (range.low > range.high) wrong(node, fmt::format("'{}' must begin with its lower end", key));
        return range;
    }
    Role role(const toml::node& node, std::string_view word) const {
        const auto role = role_from_string(word);
        if (!role) wrong(node, fmt::format("'{}' is no role", word));
        return *role;
    }
    void only(std::initializer_list<std::string_view> known) const {
        for (const auto& [key, node] : table_)
            if (std::find(known.begin(), known.end(), key.str()) == known.end())
                wrong(node, fmt::format("'{}' is not known here", key.str()));
    }
    const toml::table& table() const { return table_; }

  private:
    std::string_view origin_;
    const toml::table& table_;
};

bool on_grid(Decibels level, Decibels step) {
    return distance(level, nearest_step(level, step)) < Decibels(1e-6);
}

void read_role(const Section& roles, const toml::node& node, Role role, BalanceProfile& profile) {
    if (!node.is_table()) roles.wrong(node, fmt::format("'{}' must be a table", to_string(role)));
    const Section one = roles.section(to_string(role));
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

void read_anchors(const Section& anchors, BalanceProfile& profile) {
    anchors.only({"order", "loudest"});
    for (const toml::node& entry : anchors.list(anchors.need("order"), 0)) {
        const toml::array& pair = anchors.list(entry, 2);
        const auto word = pair[0].value<std::string>();
        if (!word) anchors.wrong(pair[0], "a role is expected here");
        profile.fallback_anchors.emplace_back(anchors.role(pair[0], *word), anchors.level(pair[1]));
    }
    profile.loudest_anchor_level = anchors.level("loudest");
}

void read_activity(const Section& activity, BalanceProfile& profile) {
    activity.only({"below_loudest", "floor", "window_seconds", "percentile", "thin_evidence"});
    profile.activity.below_loudest = activity.change("below_loudest");
    profile.activity.floor = activity.level("floor");
    const double seconds = activity.number("window_seconds", 0.1, 60.0);
    profile.activity.window = measure::Tape::cell_length * std::lround(seconds * 10.0);
    profile.activity.percentile = {activity.number("percentile", 0.0, 100.0) / 100.0};
    profile.thin_evidence = {activity.number("thin_evidence", 0.0, 1.0)};
}

BalanceProfile read_whole(const Section& file) {
    file.only(
        {"name", "grid", "kick", "bus", "staging", "activity", "families", "anchors", "panning", "roles"});
    BalanceProfile profile;
    profile.name = file.text("name");
    const Section grid = file.section("grid");
    grid.only({"step"});
    profile.step = Decibels(grid.number("step", 0.1, 24.0));
    const Section kick = file.section("kick");
    kick.only({"range", "fewest_onsets_per_second"});
    profile.kick_range = kick.range("range");
    profile.fewest_anchor_onsets_per_second = kick.number("fewest_onsets_per_second", 0.0, 100.0);
    const Section bus = file.section("bus");
    bus.only({"range"});
    profile.bus_range = bus.range("range");
    const Section staging = file.section("staging");
    staging.only({"clipping", "never_above"});
    profile.clipping = staging.level("clipping");
    profile.hottest_before_fader = staging.level("never_above");
    read_activity(file.section("activity"), profile);
    const Section families = file.section("families");
    families.only({"second_microphone"});
    profile.second_microphone = families.change("second_microphone");
    read_anchors(file.section("anchors"), profile);
    const Section panning = file.section("panning");
    panning.only({"most_imbalance", "lone_width"});
    profile.most_imbalance = panning.change("most_imbalance");
    profile.lone_width = panning.number("lone_width", 0.0, 1.0);
    const Section roles = file.section("roles");
    for (const auto& [key, node] : roles.table())
        read_role(roles, node, roles.role(node, key.str()), profile);
    if (!profile.roles.contains(Role::kick))
        roles.wrong(roles.table(), "the kick is missing: every range hangs from it");
    return profile;
}

void shift(BalanceProfile& profile, const Section& shifts) {
    for (const auto& [key, node] : shifts.table()) {
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
    const toml::table table = toml::parse(text, origin);
    const Section file(origin, table);
    const toml::node* base = table.get("base");
    if (!base) return read_whole(file);
    file.only({"name", "base", "shifts"});
    if (!may_have_base) file.wrong(*base, "a profile that others are based on has no base itself");
    const std::string path = "balances/" + file.text("base") + ".toml";
    for (const ShippedProfile& shipped : shipped_profiles()) {
        if (shipped.path != path) continue;
        BalanceProfile profile = read(shipped.path, shipped.text, false);
        profile.name = file.text("name");
        shift(profile, file.section("shifts"));
        return profile;
    }
    file.wrong(*base, fmt::format("no balance of that name is shipped: '{}'", path));
}

}  // namespace

Result<BalanceProfile> load_balance(std::string_view origin, std::string_view toml) {
    try {
        return read(origin, toml, true);
    } catch (const Wrong& wrong) {
        return tl::unexpected(wrong.error);
    } catch (const toml::parse_error& error) {
        return fail(ErrorKind::usage,
                    fmt::format("{}:{}:{}: {}", origin, error.source().begin.line,
                                error.source().begin.column, error.description()),
                    "Correct the file there; profiles/balances/README.md describes what may stand in it.");
    }
}

}  // namespace kedge::mix
