#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <type_traits>

// Eight readings at once, where the compiler does not see by itself that it could: GCC's and Clang's vector
// types, which every processor has an answer to.
namespace kedge::measure::lanes {

constexpr std::size_t count = 8;

using Raw [[gnu::vector_size(16)]] = std::int16_t;
using Bytes [[gnu::vector_size(16)]] = std::uint8_t;
using Float [[gnu::vector_size(16)]] = float;

template <typename Vector, typename Element>
Vector load(const Element* from) {
    Vector vector;
    std::memcpy(&vector, from, sizeof vector);
    return vector;
}

/// Writes a vector over objects of the same layout.
template <typename Vector, typename Object>
void store(Vector vector, Object* to) {
    static_assert(std::is_trivially_copyable_v<Object>);
    std::memcpy(static_cast<void*>(to), &vector, sizeof vector);
}

inline Raw all(std::int16_t value) {
    return Raw{} + value;
}

inline Raw larger(Raw a, Raw b) {
    return a > b ? a : b;
}

inline Raw smaller(Raw a, Raw b) {
    return a < b ? a : b;
}

/// Whether a comparison held in every lane.
inline bool all_true(Raw compared) {
    const auto halves = std::bit_cast<std::array<std::int64_t, 2>>(compared);
    return (halves[0] & halves[1]) == -1;
}

/// The largest elements of eight vectors, in their order.
inline Raw largest_of_each(const std::array<Raw, 8>& v) {
    const auto halves = [](Raw a, Raw b) {  // four of a, four of b
        return larger(__builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11),
                      __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15));
    };
    const auto quarters = [](Raw a, Raw b) {  // two of each that is in a, then in b
        return larger(__builtin_shufflevector(a, b, 0, 1, 4, 5, 8, 9, 12, 13),
                      __builtin_shufflevector(a, b, 2, 3, 6, 7, 10, 11, 14, 15));
    };
    const Raw first = quarters(halves(v[0], v[1]), halves(v[2], v[3]));
    const Raw second = quarters(halves(v[4], v[5]), halves(v[6], v[7]));
    return larger(__builtin_shufflevector(first, second, 0, 2, 4, 6, 8, 10, 12, 14),
                  __builtin_shufflevector(first, second, 1, 3, 5, 7, 9, 11, 13, 15));
}

/// Adds up how often `is_true` says so, lane by lane, of eight places at once from 0 on; the last places,
/// fewer than eight, are left to the caller: the first of them is written to `rest`.
template <typename IsTrue>
std::int64_t count_true(std::size_t size, IsTrue is_true, std::size_t& rest) {
    std::int64_t total = 0;
    std::size_t i = 0;
    while (i + count <= size) {
        Raw counted{};  // no lane counts further than it can
        const std::size_t end = std::min(size, i + count * INT16_MAX);
        for (; i + count <= end; i += count) counted -= is_true(i);  // a true lane is -1
        for (std::size_t k = 0; k < count; ++k) total += counted[k];
    }
    rest = i;
    return total;
}

/// Sixteen numbers from their low bytes and their high ones, in the order of the bytes.
struct Sixteen {
    Raw first;
    Raw second;
};
inline Sixteen from_bytes(Bytes low, Bytes high) {
    static_assert(std::endian::native == std::endian::little);
    const Bytes first =
        __builtin_shufflevector(low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const Bytes second =
        __builtin_shufflevector(low, high, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    return {load<Raw>(&first), load<Raw>(&second)};
}

/// Four floats whose upper halves are the lanes from `first` on; the lower halves are zero.
template <int first>
Float floats_from_upper_halves(Raw upper) {
    static_assert(std::endian::native == std::endian::little);
    const Raw both =
        __builtin_shufflevector(Raw{}, upper, 0, 8 + first, 1, 9 + first, 2, 10 + first, 3, 11 + first);
    return load<Float>(&both);
}

inline float sum(Float a) {
    return (a[0] + a[1]) + (a[2] + a[3]);
}

}  // namespace kedge::measure::lanes
