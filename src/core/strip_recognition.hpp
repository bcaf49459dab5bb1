#pragma once

#include "core/strip.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// Telling strips again in a new list of them. A DAW's list has names and places, and neither is an identity:
/// strips are renamed, reordered, inserted and deleted. Pure.
namespace kedge {

/// What may have happened between an old list and a new one.
enum class SinceThen {
    renames,   ///< the connection was up all the time and the DAW did not say that its strips changed
    anything,  ///< strips came, went or changed places, or nobody was listening
};

/// For each strip of the new list the id of the old strip that it is, or nullopt: a new strip, or one of
/// those that cannot be told apart. An id is given to one strip at most, and never on a guess:
///  - the only strip of a kind and name in either list is the same strip;
///  - without word of a change, strips that stand as they stood but for their names were renamed, unless
///  their
///    names changed places;
///  - twins (same kind, same name) are nobody's, unless nothing but one name changed;
///  - a strip that stands not as it stood, but as another one did, may be that other one: both are nobody's.
/// What no list can tell: a strip deleted and another one made under its name between the two lists.
[[nodiscard]] std::vector<std::optional<StripId>> recognise_strips(std::span<const Strip> old,
                                                                   std::span<const Strip> now,
                                                                   SinceThen since);

/// Gives the strips of a new list the ids they had, or the next new ones, and each its former names (at most
/// 32, the oldest are forgotten): `ids` is for each of `now` the id of the old strip that it is, as
/// recognise_strips() has them. What came is added to `added`, what is no more to `removed`.
void carry_ids(std::span<const Strip> old, std::span<const std::optional<StripId>> ids,
               std::vector<Strip>& now, std::uint32_t& next_id, std::vector<StripId>& added,
               std::vector<StripId>& removed);

/// How many strips have this kind and name.
[[nodiscard]] std::size_t count_named(std::span<const Strip> strips, StripKind kind, const std::string& name);

}  // namespace kedge
