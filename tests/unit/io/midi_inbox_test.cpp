#include "io/midi_inbox.hpp"

#include "support/catch.hpp"

#include <array>
#include <atomic>
#include <memory>
#include <random>
#include <thread>
#include <vector>

namespace kedge::test {

using io::MidiInbox;
using MidiBytes = std::vector<unsigned char>;

namespace {

/// A message of this length that says which it is in its first four bytes; the rest follows from that.
MidiBytes numbered(std::uint32_t number, std::size_t length) {
    MidiBytes bytes(length);
    for (std::size_t i = 0; i < length; ++i)
        bytes[i] = static_cast<unsigned char>(i < 4 ? number >> (8 * i) : number + i * 7);
    return bytes;
}

std::uint32_t number_of(std::span<const std::byte> bytes) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number |= std::to_integer<std::uint32_t>(bytes[i]) << (8 * i);
    return number;
}

bool is_whole(std::span<const std::byte> bytes) {
    const auto meant = numbered(number_of(bytes), bytes.size());
    return std::equal(bytes.begin(), bytes.end(), std::as_bytes(std::span(meant)).begin());
}

}  // namespace

TEST_CASE("The MIDI inbox gives out what was put in, and has the loop told once until it comes") {
    MidiInbox inbox;
    CHECK(inbox.put(numbered(1, 4)));
    CHECK_FALSE(inbox.put(numbered(2, 1'000)));
    std::vector<std::size_t> lengths;
    inbox.take([&](auto bytes) { lengths.push_back(bytes.size()); });
    CHECK(lengths == std::vector<std::size_t>{4, 1'000});
    inbox.take([](auto) { FAIL("it was taken already"); });
    CHECK(inbox.put(numbered(3, 5)));
    CHECK(inbox.dropped() == 0);
}

TEST_CASE("What the MIDI inbox has no room for is dropped as a whole and counted") {
    MidiInbox inbox;
    CHECK_FALSE(inbox.put(MidiBytes{}));
    CHECK(inbox.dropped() == 0);
    CHECK_FALSE(inbox.put(numbered(0, MidiInbox::longest + 1)));
    CHECK(inbox.dropped() == 1);

    std::uint32_t fits = 0;
    for (; inbox.dropped() == 1; ++fits) inbox.put(numbered(fits, 100));
    --fits;
    CHECK(fits >= MidiInbox::most_bytes / 102 - 1);
    inbox.put(numbered(fits, 4));  // there may be room for this one
    std::uint32_t next = 0;
    inbox.take([&](auto bytes) {
        CHECK(number_of(bytes) == next++);
        CHECK(is_whole(bytes));
    });
    CHECK(next >= fits);
    CHECK(inbox.put(numbered(0, MidiInbox::longest)));
    CHECK(inbox.dropped() <= 3);
}

TEST_CASE("The MIDI inbox may be put into while it is taken from: all comes, in order, nothing torn") {
    const auto seed = std::random_device{}();
    // As the loop, which comes when it was told to: what nobody is told of would stay. And without a pause,
    // to come upon what is half put in.
    const bool when_told = GENERATE(true, false);
    INFO("seed " << seed << (when_told ? ", when told" : ", all the time"));
    constexpr std::uint32_t messages = 100'000;
    auto inbox = std::make_unique<MidiInbox>();
    std::atomic<std::uint64_t> tellings = 0;
    std::atomic<bool> wrote_all = false;
    std::thread writer([&] {
        std::mt19937 random(seed);
        for (std::uint32_t i = 0; i < messages; ++i) {
            const auto length =
                std::uniform_int_distribution<std::size_t>(4, i % 50 == 0 ? 2'000 : 8)(random);
            if (inbox->put(numbered(i, length))) ++tellings;
        }
        wrote_all = true;
    });
    std::uint32_t heard = 0;
    std::uint32_t out_of_order = 0;
    std::uint32_t torn = 0;
    std::int64_t last = -1;
    std::uint64_t answered = 0;
    for (bool end = false; !end;) {
        end = wrote_all;
        if (when_told && tellings == answered) {
            std::this_thread::yield();
            continue;
        }
        ++answered;
        end = end && !when_told;
        inbox->take([&](auto bytes) {
            ++heard;
            if (number_of(bytes) <= last) ++out_of_order;
            if (!is_whole(bytes)) ++torn;
            last = number_of(bytes);
        });
    }
    writer.join();
    CHECK(heard + inbox->dropped() == messages);
    CHECK(out_of_order == 0);
    CHECK(torn == 0);
}

TEST_CASE("A MIDI inbox that is full while it is put into counts each message that it drops") {
    constexpr std::uint32_t messages = 20'000;
    auto inbox = std::make_unique<MidiInbox>();
    std::uint64_t heard = 0;
    std::uint32_t torn = 0;
    const auto hear = [&](std::span<const std::byte> bytes) {
        ++heard;
        if (!is_whole(bytes)) ++torn;
    };
    std::thread writer([&] {
        for (std::uint32_t i = 0; i < messages; ++i) inbox->put(numbered(i, 500));
    });
    while (inbox->dropped() == 0) std::this_thread::yield();  // it is not emptied before it was full
    while (heard + inbox->dropped() < messages) inbox->take(hear);
    writer.join();
    CHECK(heard + inbox->dropped() == messages);
    CHECK(heard >= MidiInbox::most_bytes / 502 - 1);
    CHECK(torn == 0);
}

}  // namespace kedge::test
