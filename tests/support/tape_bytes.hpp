#pragma once

#include "measure/tape_file.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

/// A tape file in memory.
namespace kedge::test {

inline std::vector<std::byte> bytes_of(const measure::StoredTape& stored) {
    std::vector<std::byte> bytes;
    measure::encode_tape(stored, [&](std::span<const std::byte> piece) {
        bytes.insert(bytes.end(), piece.begin(), piece.end());
    });
    return bytes;
}

inline Result<measure::StoredTape> tape_of(std::span<const std::byte> bytes) {
    return measure::decode_tape([&](std::span<std::byte> into) {
        const std::size_t count = std::min(into.size(), bytes.size());
        std::copy_n(bytes.begin(), count, into.begin());
        bytes = bytes.subspan(count);
        return count;
    });
}

}  // namespace kedge::test
