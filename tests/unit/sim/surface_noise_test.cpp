#include "sim/chance.hpp"
#include "support/catch.hpp"
#include "unit/sim/hui_bench.hpp"

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

/// Half of them status bytes and what surfaces often say, the rest anything.
std::vector<std::byte> noise(Chance& chance, int count) {
    constexpr std::array often = {0x90, 0xB0, 0xE0, 0xF0, 0xF7, 0xD0, 0x0F, 0x2F, 0x7F, 0x40, 0x00, 0x2E};
    std::vector<std::byte> bytes;
    for (int i = 0; i < count; ++i) {
        const double share = (chance.next() + 1.0) / 2.0;
        const auto byte = chance.happens(0.5)
                              ? often.at(static_cast<std::size_t>(share * often.size()) % often.size())
                              : static_cast<int>(share * 256.0) % 256;
        bytes.push_back(static_cast<std::byte>(byte));
    }
    return bytes;
}

/// Into every port, and a few that are not there, while tracks come and go.
template <typename Host>
void make_noise(Host& host, Chance& chance) {
    Instant now{};
    for (int i = 0; i < 400; ++i) {
        std::vector<Datagram> out;
        Peer from;
        from.port = static_cast<std::uint16_t>(i % 6);
        host.receive(now, from, noise(chance, 40), out);
        if (i % 40 == 0) host.remove_track(0);
        if (i % 50 == 0) host.insert_track(1, steady("New", 0.1F, 1));
        if (i % 90 == 0) host.hide(0, i % 180 == 0);
        if (i % 97 == 0) host.bank_by_hand(i % 30);
        now += 20ms;
        host.advance(now, out);
        for (const Datagram& datagram : out) CHECK(kedge::test::midi_messages(datagram.bytes).size() == 1);
    }
    for (const WireWrite& write : host.wire_writes()) CHECK(write.at <= now);
}

}  // namespace

TEST_CASE("Whatever bytes come, a host of surfaces says whole messages") {
    const std::uint32_t seed = GENERATE(11U, 12U, 13U);
    CAPTURE(seed);
    Chance chance(seed);
    for (MackieHostSettings settings : {as_ardour(), as_reaper(), as_stubborn()}) {
        settings.shared.units = 4;
        settings.shared.main_position = 2;
        settings.any_message_turns_on = true;
        SimulatedMackie host(short_named_song(40), settings);
        make_noise(host, chance);
        CHECK_FALSE(host.wire_writes().empty());
        CHECK(host.unusable().total() > 0);
    }
    for (HuiHostSettings settings : {hui_as_pro_tools(), hui_as_reaper(), hui_as_stubborn()}) {
        settings.shared.units = 4;
        SimulatedHui host(short_named_song(40), settings);
        make_noise(host, chance);
        CHECK(host.dropped(0).total() > 0);
    }
}
