#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace kedge {

/// What a strip is musically. The words are those of profiles, command line and JSON (`to_string`).
enum class Role {
    kick,
    snare,
    hihat,
    tom,
    cymbal,
    room,
    percussion,
    drums,
    bass,
    sub,
    rhythm_guitar,
    lead_guitar,
    acoustic_guitar,
    keys,
    organ,
    pad,
    synth_lead,
    brass,
    woodwind,
    lead_vocal,
    backing_vocal,
    fx,
    click,
    reference,
    return_bus,  ///< bus, group, aux; written "return"
    other,       ///< no match: left alone and named
};

inline constexpr int role_count = static_cast<int>(Role::other) + 1;

/// "kick", "rhythm-guitar", "return" …
[[nodiscard]] std::string_view to_string(Role role);
[[nodiscard]] std::optional<Role> role_from_string(std::string_view word);
[[nodiscard]] const std::array<Role, role_count>& all_roles();

}  // namespace kedge
