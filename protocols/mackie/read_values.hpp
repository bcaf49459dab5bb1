#pragma once

#include "mackie/unit_words.hpp"
#include "midi/message.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>

/// Values that the readers of both directions make of numbers on the wire.
namespace kedge::mackie {

/// The slot that a number stands for, where the first slot's is `first`; nullopt for others.
[[nodiscard]] inline std::optional<Slot> slot_from(midi::Data7 number, int first) {
    const int index = number.value() - first;
    if (index < 0 || index >= Slot::count) return std::nullopt;
    return Slot(index);
}

/// The first N of at least N numbers.
template <std::size_t N>
[[nodiscard]] std::array<midi::Data7, N> first_of(std::span<const midi::Data7> numbers) {
    std::array<midi::Data7, N> taken;
    std::copy_n(numbers.begin(), N, taken.begin());
    return taken;
}

}  // namespace kedge::mackie
