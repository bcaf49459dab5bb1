#pragma once

#include "core/decibels.hpp"
#include "core/role.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::mix {

/// What the words beside an instrument's own name say.
enum class Side { none, left, right };

/// A strip's name taken apart: "Rhy Gtr 1 L" is "rhy gtr", number 1, left.
struct SourceName {
    std::string
        base;  ///< without number, side and microphone words, folded; two strips with one base are one source
    Side side = Side::none;
    bool second_microphone = false;  ///< kick out or sub, snare bottom: the far microphone of a drum
};

/// `role` decides which words are microphones: "Out" beside a kick, "Btm" beside a snare or a tom.
[[nodiscard]] SourceName source_name(std::string_view strip_name, Role role);

/// A strip's place among the strips of one source.
struct FamilyPlace {
    std::size_t family = 0;   ///< strips of one source have the same number
    std::size_t members = 1;  ///< strips of the source, second microphones among them
    std::size_t index = 0;    ///< 0.. in mixer order among its equals
    std::size_t equals = 1;   ///< main members (or, for a second microphone, second microphones)
    bool second = false;      ///< stands under the first microphone
    Side side = Side::none;
    Decibels shift;  ///< how far its fader and range stand from the role's: 0 or below
};

struct NamedRole {
    std::string_view name;
    Role role = Role::other;
};

/// Finds the families among strips that play together. For n equal members each stands one step lower per
/// doubling (2 and 3 one step, 4 to 7 two); a second microphone stands `second_microphone` under the first,
/// as long as there is a first.
[[nodiscard]] std::vector<FamilyPlace> find_families(std::span<const NamedRole> strips, Decibels step,
                                                     Decibels second_microphone);

}  // namespace kedge::mix
