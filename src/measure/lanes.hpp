#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

// Eight readings at once, where the compiler does not see by itself that it could: GCC's and Clang's vector
// types, which every processor has an answer to.
namespace kedge::measure::lanes {

constexpr std::size_t count = 8;

using Raw [[gnu::vector_size(16)]] = std::int16_t;
using Float [[gnu::vector_size(16)]] = float;

template <typename Vector, typename Element>
Vector load(const Element* from) {
    Vector vector;
    std::memcpy(&vector, from, sizeof vector);
    return vector;
}

inline Raw all(std::int16_t value) {
    return Raw{} + value;
}

inline Raw larger(Raw a, Raw b) {
    return a > b ? a : b;
}

struct Largest {
    std::int16_t of_a = 0;
    std::int16_t of_b = 0;
};

/// The largest element of each.
inline Largest largest(Raw a, Raw b) {
    Raw both = larger(__builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11),
                      __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15));
    both = larger(both, __builtin_shufflevector(both, both, 2, 3, 0, 1, 6, 7, 4, 5));
    both = larger(both, __builtin_shufflevector(both, both, 1, 0, 3, 2, 5, 4, 7, 6));
    return {both[0], both[4]};
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
