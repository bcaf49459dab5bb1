#include "sim/bank_window.hpp"
#include "sim/song_clock.hpp"
#include "sim/surface_outbox.hpp"
#include "sim/surface_place.hpp"
#include "support/catch.hpp"
#include "support/midi_bytes.hpp"
#include "unit/sim/daw_bench.hpp"

#include <set>

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

const midi::Message short_message = midi::ControlChange{{}, midi::Data7(1), midi::Data7(2)};
const midi::Message long_message = midi::SysEx::of({1, 2});

constexpr std::array all_last_banks = {BankRules::LastBank::aligned, BankRules::LastBank::partial,
                                       BankRules::LastBank::running_out, BankRules::LastBank::overlapping};

}  // namespace

TEST_CASE("A surface's places and ports belong to each other") {
    for (int units = 1; units <= 4; ++units)
        for (int main_position = 0; main_position < units; ++main_position) {
            const UnitRow row(units, main_position);
            std::set<std::pair<int, int>> spots;
            for (int place = 0; place < row.places(); ++place) {
                const auto spot = row.spot_of(SurfacePlace(place));
                CHECK(row.has(spot.port));
                CHECK(row.place_of(spot.port, spot.slot) == SurfacePlace(place));
                spots.emplace(spot.port, spot.slot);
            }
            CHECK(static_cast<int>(spots.size()) == row.places());
            CHECK(row.spot_of(SurfacePlace(main_position * 8)).port == 0);
            CHECK(row.place_of(0, 8).is_master());
        }
}

TEST_CASE("By bank right every strip is shown, by bank left the first again, whatever the rules") {
    const auto last_bank = GENERATE(from_range(all_last_banks));
    const auto step = GENERATE(BankRules::Step::all_units, BankRules::Step::eight);
    for (const int places : {8, 16, 32})
        for (int strips = 0; strips <= 101; ++strips) {
            CAPTURE(static_cast<int>(last_bank), places, strips);
            BankWindow window({step, last_bank, true, false}, places);
            std::set<int> seen;
            for (int presses = 0; presses < 30; ++presses) {
                CHECK(window.start() >= 0);
                for (int place = 0; place < places; ++place) seen.insert(window.start() + place);
                if (!window.press(BankWindow::Move::bank_right, strips)) break;
                CHECK(window.start() < strips);
            }
            CHECK(static_cast<int>(seen.size()) >= strips);
            CHECK_FALSE(window.press(BankWindow::Move::bank_right, strips));
            for (int presses = 0; presses < 30; ++presses)
                static_cast<void>(window.press(BankWindow::Move::bank_left, strips));
            CHECK(window.start() == 0);
            CHECK_FALSE(window.press(BankWindow::Move::channel_left, strips));
        }
}

TEST_CASE("A DAW sends in the order in which it spoke, and waits before SysEx") {
    SurfaceOutbox outbox(5ms);
    std::vector<Datagram> out;
    outbox.add(Instant{}, 0, short_message);
    outbox.add(Instant{}, 1, long_message);
    outbox.add(Instant{}, 0, short_message);
    outbox.add(Instant{}, 0, long_message);
    CHECK(outbox.next_due() == Instant{});
    outbox.run(Instant{}, out);
    CHECK(out.size() == 1);
    CHECK(outbox.next_due() == Instant{} + 5ms);
    outbox.run(Instant{} + 5ms, out);
    REQUIRE(out.size() == 3);
    CHECK(out[1].to.port == 1);
    CHECK(kedge::test::to_hex(out[1].bytes) == "F0 01 02 F7");
    CHECK(kedge::test::to_hex(out[2].bytes) == "B0 01 02");
    SECTION("what leaves for a port that was pulled is lost") {
        outbox.plug(0, false);
        outbox.run(Instant{} + 1s, out);
        CHECK(out.size() == 3);
        CHECK_FALSE(outbox.next_due());
        outbox.plug(0, true);
        outbox.add(Instant{} + 2s, 0, short_message);
        outbox.run(Instant{} + 2s, out);
        CHECK(out.size() == 4);
    }
}

TEST_CASE("Clocks cut off and do not round up") {
    const ClockTime time = clock_time(SongTime(3'725'999ms), 25);
    CHECK(time.hours == 1);
    CHECK(time.minutes == 2);
    CHECK(time.seconds == 5);
    CHECK(time.frames == 24);
    CHECK(time.milliseconds == 999);
    for (int frame = 0; frame < 30; ++frame) {
        const auto at = SongTime::from_samples(48000 * 7 + frame * 1600, {48000});
        CHECK(clock_time(at, 30).frames == frame);
    }
    const BeatTime beats = beat_time(SongTime::from_seconds(61.0), {90.0, 3}, 1000);
    CHECK(beats.bar == 31);
    CHECK(beats.beat == 2);
    CHECK(beats.parts == 500);
}
