#include "io/midi_split.hpp"

#include "support/catch.hpp"

#include <initializer_list>
#include <vector>

namespace kedge::test {

namespace {

std::vector<std::size_t> lengths(std::initializer_list<int> numbers) {
    std::vector<std::byte> bytes;
    for (const int each : numbers) bytes.push_back(static_cast<std::byte>(each));
    std::vector<std::size_t> found;
    for (auto rest = std::span<const std::byte>(bytes); !rest.empty(); rest = rest.subspan(found.back()))
        found.push_back(io::first_midi_message(rest));
    return found;
}

}  // namespace

using Lengths = std::vector<std::size_t>;

TEST_CASE("MIDI messages that were put together are parted again") {
    CHECK(io::first_midi_message({}) == 0);
    CHECK(lengths({0x90, 0x10, 0x7F}) == Lengths{3});
    CHECK(lengths({0x90, 0x10, 0x7F, 0xE0, 0x00, 0x40, 0xD0, 0x1C}) == Lengths{3, 3, 2});
    CHECK(lengths({0xF0, 0x00, 0x66, 0xF7, 0xB0, 0x07, 0x01}) == Lengths{4, 3});
    CHECK(lengths({0xF0, 0xF7, 0xF0, 0x01, 0xF7}) == Lengths{2, 3});
    CHECK(lengths({0xF8, 0xFE, 0x90, 0x10, 0x00}) == Lengths{1, 1, 3});
}

TEST_CASE("Real-time bytes within SysEx do not part it, and what was cut off ends at the next message") {
    CHECK(lengths({0xF0, 0x01, 0xF8, 0x02, 0xF7, 0xF8}) == Lengths{5, 1});
    CHECK(lengths({0xF0, 0x01, 0x90, 0x10, 0x00}) == Lengths{2, 3});
    CHECK(lengths({0xF0, 0x01, 0x02}) == Lengths{3});
    CHECK(lengths({0x10, 0x20, 0x90, 0x10}) == Lengths{2, 2});
    CHECK(lengths({0xF7, 0x10, 0xF7}) == Lengths{2, 1});
}

}  // namespace kedge::test
