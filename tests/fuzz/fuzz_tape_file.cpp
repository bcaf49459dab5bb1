#include "support/tape_bytes.hpp"

#include <cstdlib>
#include <span>
#include <vector>

namespace {

using kedge::test::bytes_of;
using kedge::test::tape_of;

// The length, the letters and the version that every tape file begins with.
constexpr std::size_t header_size = 4 + 9 + 4;

/// What a tape file ends with: FNV-1a, little-endian. Without it no mutation would come past the seal.
void seal(std::vector<std::byte>& bytes) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const auto byte : bytes) hash = (hash ^ std::to_integer<std::uint64_t>(byte)) * 1099511628211ULL;
    for (int shift = 0; shift < 64; shift += 8) bytes.push_back(static_cast<std::byte>(hash >> shift));
}

}  // namespace

// Whatever the bytes, decoding gives a tape or an error; a tape that was taken can be written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    (void)tape_of(bytes);

    auto sealed = bytes_of({});
    sealed.resize(header_size);
    sealed.insert(sealed.end(), bytes.begin(), bytes.end());
    seal(sealed);
    const auto tape = tape_of(sealed);
    if (tape && !tape_of(bytes_of(*tape))) std::abort();
    return 0;
}
