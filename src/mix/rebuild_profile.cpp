#include "mix/rebuild_profile.hpp"

#include "mix/toml_table.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace kedge::mix {

namespace {

int whole_bars(const TomlTable& file) {
    const double bars = file.number("bars", 1.0, most_bars_of_a_layer);
    if (bars != std::floor(bars)) file.wrong("bars", "a whole number of bars is expected here");
    return static_cast<int>(bars);
}

RebuildLayerRule read_layer(const TomlTable& table, const std::vector<RebuildLayerRule>& earlier) {
    table.only({"name", "roles"});
    RebuildLayerRule layer{table.text("name"), table.roles("roles")};
    if (layer.name.empty()) table.wrong("name", "a layer needs a name");
    for (const RebuildLayerRule& other : earlier)
        for (const Role role : layer.roles)
            if (std::find(other.roles.begin(), other.roles.end(), role) != other.roles.end())
                table.wrong("roles",
                            fmt::format("'{}' is in the layer '{}' already", to_string(role), other.name));
    return layer;
}

RebuildProfile read_profile(TomlFile origin, const TomlTable& file) {
    file.only({"name", "bars", "rest", "layer"});
    RebuildProfile profile;
    profile.name = file.text("name");
    profile.bars = whole_bars(file);
    profile.rest = file.text("rest");
    for (const toml::node& node : file.list(file.need("layer"))) {
        if (!node.is_table()) file.wrong(node, "a layer is a table: [[layer]]");
        profile.layers.push_back(read_layer(TomlTable(origin, *node.as_table()), profile.layers));
    }
    if (profile.layers.empty()) file.wrong("layer", "at least one layer is expected here");
    return profile;
}

}  // namespace

Result<RebuildProfile> load_rebuild(std::string_view origin, std::string_view toml) {
    const TomlFile file{origin,
                        "Correct the file there; profiles/rebuild/README.md describes what may stand in it."};
    return read_toml([&] {
        const toml::table table = parse_toml(file, toml);
        return read_profile(file, TomlTable(file, table));
    });
}

}  // namespace kedge::mix
