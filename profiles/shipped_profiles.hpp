#pragma once

#include <span>
#include <string_view>

namespace kedge {

/// One profile as shipped: its path under profiles/ ("roles/en.toml", "companions/ardour.lua",
/// "daws/kedge.ReaperOSC") and its text.
struct ShippedProfile {
    std::string_view path;
    std::string_view text;
};

/// Every profile of this build, sorted by path. Safe from any thread.
std::span<const ShippedProfile> shipped_profiles();

}  // namespace kedge
