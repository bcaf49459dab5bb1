#pragma once

#include "mix/balance_profile.hpp"
#include "mix/rebuild_profile.hpp"
#include "mix/role_book.hpp"
#include "profiles/shipped_profiles.hpp"

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The roles and balances of this build, for tests and benchmarks; they throw when one cannot be read.
namespace kedge::test {

/// The text of a shipped profile, by its path below profiles/.
inline std::string_view shipped_text(const std::string& path) {
    for (const auto& shipped : shipped_profiles())
        if (shipped.path == path) return shipped.text;
    throw std::runtime_error("not shipped: " + path);
}

inline std::vector<mix::RoleBook::Source> shipped_role_sources() {
    std::vector<mix::RoleBook::Source> sources;
    for (const auto& shipped : shipped_profiles())
        if (shipped.path.starts_with("roles/")) sources.push_back({shipped.path, shipped.text});
    return sources;
}

inline mix::RoleBook shipped_roles() {
    auto book = mix::RoleBook::load(shipped_role_sources());
    if (!book) throw std::runtime_error(book.error().message);
    return std::move(*book);
}

/// Balance "rock" is balances/rock.toml.
inline mix::BalanceProfile shipped_balance(const std::string& name) {
    const std::string path = "balances/" + name + ".toml";
    auto profile = mix::load_balance(path, shipped_text(path));
    if (!profile) throw std::runtime_error(profile.error().message);
    return std::move(*profile);
}

inline mix::RebuildProfile shipped_rebuild() {
    auto profile = mix::load_rebuild("rebuild/default.toml", shipped_text("rebuild/default.toml"));
    if (!profile) throw std::runtime_error(profile.error().message);
    return std::move(*profile);
}

}  // namespace kedge::test
