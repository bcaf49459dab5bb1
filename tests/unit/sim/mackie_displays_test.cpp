#include "sim/mackie_clock_digits.hpp"
#include "support/catch.hpp"
#include "unit/sim/mackie_bench.hpp"

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

Song named_song(const std::vector<std::string>& names) {
    Song song = numbered_song(static_cast<int>(names.size()));
    for (std::size_t i = 0; i < names.size(); ++i) song.stems[i].name = names[i];
    return song;
}

std::string digits_at(Duration at, MackieHostSettings::Digits digits, MackieHostSettings::Clock clock) {
    MackieHostSettings settings;
    settings.digits = digits;
    settings.clock = clock;
    return mackie_clock_digits(SongTime(at), numbered_song(1), settings);
}

}  // namespace

TEST_CASE("Mackie host: names as each DAW writes them", "[M8.7]") {
    const Song song = named_song({"Kick In", "Snare Top", "",
                                  "\xC3\x9C"
                                  "ber"});
    SECTION("Ardour") {
        MackieBench bench(as_ardour(), song);
        bench.greet();
        CHECK(bench.name(0) == "KickIn");
        CHECK(bench.name(1) == "SnarTp");
        CHECK(bench.name(2).empty());
        CHECK(bench.name(3) == "?ber");
    }
    SECTION("REAPER: the first six characters and a blank, numbers for tracks without a name") {
        MackieBench bench(as_reaper(), song);
        const auto heard = bench.pass(3s);
        CHECK(bench.name(0) == "Kick I");
        CHECK(bench.name(1) == "Snare");
        CHECK(bench.name(2) == "  03");
        CHECK(holds(hex_of(heard), "F0 00 00 66 14 12 00 4B 69 63 6B 20 49 20 F7"));
        CHECK(bench.seen[0].lcd.line(mackie::LcdLine::lower) == std::string(56, ' '));
    }
    SECTION("seven characters") {
        MackieHostSettings settings = as_stubborn();
        settings.shared.labels.width = 7;
        MackieBench bench(settings, song);
        bench.pass(3s);
        CHECK(bench.name(1) == "Snare T");
    }
}

TEST_CASE("Mackie host: Ardour's last strip has six characters and no blank") {
    MackieBench bench(as_ardour(), short_named_song(8));
    bench.pass(100ms);
    bench.send(mackie::ConnectionQuery{mackie::greeting_serial, mackie::plain_challenge});
    const auto heard = hex_of(bench.pass(100ms));
    CHECK(holds(heard, "F0 00 00 66 14 12 00 54 31 20 20 20 20 20 F7"));
    CHECK(holds(heard, "F0 00 00 66 14 12 31 54 38 20 20 20 20 F7"));
}

TEST_CASE("Mackie host: REAPER is silent for 5 ms before every SysEx", "[M8.7]") {
    MackieBench bench(as_reaper(), short_named_song(20));
    std::optional<Instant> before;
    int count = 0;
    for (const auto& each : bench.pass(3s)) {
        if (!each.hex.starts_with("F0")) continue;
        if (before) CHECK(each.at - *before >= 5ms);
        before = each.at;
        ++count;
    }
    CHECK(count == 1 + 8 + 8);
}

TEST_CASE("Mackie host: the order of a bank's repainting") {
    MackieHostSettings settings = as_stubborn();
    const auto first_and_last_text = [&](RepaintOrder order) {
        settings.shared.order = order;
        settings.shared.bank_lag = {};
        settings.shared.meters.telling = MeterRules::Telling::never;
        MackieBench bench(settings, short_named_song(9));
        bench.pass(3s);
        bench.daw.move_fader(8, Decibels(-9.0));
        bench.pass(3s);
        std::vector<bool> is_text;
        for (const auto& each : bench.press(mackie::Key::bank_right, 0, 3s))
            if (!std::holds_alternative<mackie::SetDigit>(each.message))
                is_text.push_back(std::holds_alternative<mackie::WriteLcd>(each.message));
        REQUIRE(is_text.size() > 2);
        return std::pair<bool, bool>(is_text.front(), is_text.back());
    };
    CHECK(first_and_last_text(RepaintOrder::names_first) == std::pair(true, false));
    CHECK(first_and_last_text(RepaintOrder::names_last) == std::pair(false, true));
    CHECK(first_and_last_text(RepaintOrder::by_strip) == std::pair(true, false));
}

TEST_CASE("Mackie host: Ardour writes a value under the name for a second, then what the V-Pot turns") {
    MackieBench bench(as_ardour(), short_named_song(9));
    bench.greet();
    CHECK(bench.value(0) == "Pan    ");
    SECTION("a level while a fader moves") {
        bench.send(mackie::FaderMoved{mackie::Slot(0), FaderPosition(9944)});
        bench.pass(20ms);
        CHECK(bench.value(0) == "  -6.0 ");
        bench.send(mackie::FaderMoved{mackie::Slot(0), FaderPosition(0)});
        bench.pass(900ms);
        CHECK(bench.value(0) == " -inf  ");
        bench.pass(200ms);
        CHECK(bench.value(0) == "Pan    ");
    }
    SECTION("a level when a fader is touched") {
        bench.send(mackie::FaderTouched{mackie::Slot(0), true});
        bench.pass(20ms);
        CHECK(bench.value(0) == "   0.0 ");
        bench.pass(2s);
        CHECK(bench.value(0) == "Pan    ");
    }
    SECTION("a level that somebody moves on the screen") {
        bench.daw.move_fader(1, Decibels(-12.3));
        bench.pass(20ms);
        CHECK(bench.value(1) == " -12.3 ");
    }
    SECTION("a pan") {
        bench.daw.turn_pan(0, Pan(-0.5));
        bench.pass(20ms);
        CHECK(bench.value(0) == "L75R25 ");
    }
    SECTION("pans after a bank") {
        bench.press(mackie::Key::bank_right, 0, 20ms);
        CHECK(bench.value(0) == "L50R50 ");
        CHECK(bench.value(1) == std::string(7, ' '));
        bench.pass(2s);
        CHECK(bench.value(0) == "Pan    ");
    }
}

TEST_CASE("Mackie host: a value may stay while a fader is touched, and two seconds more") {
    MackieBench bench(as_stubborn(), short_named_song(9));
    bench.pass(3s);
    CHECK(bench.value(0) == "C      ");
    bench.send(mackie::FaderTouched{mackie::Slot(0), true});
    bench.pass(5s);
    CHECK(bench.value(0) == "0.0dB  ");
    bench.send(mackie::FaderMoved{mackie::Slot(0), FaderPosition(6768)});
    bench.send(mackie::FaderTouched{mackie::Slot(0), false});
    bench.pass(1800ms);
    CHECK(bench.value(0) == "-20.0dB");
    bench.pass(400ms);
    CHECK(bench.value(0) == "C      ");
    bench.daw.turn_pan(0, Pan(0.3));
    bench.pass(100ms);
    CHECK(bench.value(0) == "R30    ");
}

TEST_CASE("Mackie host: the digits of the time") {
    using Digits = MackieHostSettings::Digits;
    using Clock = MackieHostSettings::Clock;
    CHECK(digits_at(0s, Digits::ardour, Clock::beats) == "00101 0000");
    // At 120 a minute, four beats a bar.
    CHECK(digits_at(3750ms, Digits::ardour, Clock::beats) == "00204 0960");
    CHECK(digits_at(3750ms, Digits::ardour, Clock::smpte) == "00 0003 18");
    CHECK(digits_at(3725s, Digits::ardour, Clock::smpte) == "01 0205 00");
    CHECK(digits_at(0s, Digits::reaper, Clock::beats) == "@@1@1@@000");
    CHECK(digits_at(23750ms, Digits::reaper, Clock::beats) == "@12@4@@500");
    CHECK(digits_at(3750ms, Digits::reaper, Clock::smpte) == "@000003 18");
    CHECK(digits_at(3750ms, Digits::reaper, Clock::seconds) == "@@@@@@3 75");
    CHECK(digits_at(3750ms, Digits::reaper, Clock::samples) == "@@@@180000");
    CHECK(digits_at(3725s, Digits::reaper, Clock::minutes) == "@@10205000");
}

TEST_CASE("Mackie host: digits are told when they change, from the right, on either channel") {
    MackieHostSettings settings = as_ardour();
    MackieBench bench(settings, short_named_song(4));
    bench.greet();
    CHECK(bench.seen[0].digits.timecode() == "00101 0000");
    CHECK(bench.seen[0].digits.assignment() == "MX");
    CHECK(only<mackie::SetDigit>(bench.pass(1s)).empty());
    bench.daw.transport().locate(SongTime::from_seconds(2.0));
    CHECK(hex_of(bench.pass(150ms)).size() >= 1);
    CHECK(bench.seen[0].digits.timecode() == "00201 0000");
    settings.digits_on = mackie::DigitChannel::last;
    MackieBench other(settings, short_named_song(4));
    other.greet();
    other.daw.transport().locate(SongTime::from_seconds(2.0));
    const auto digits = only<mackie::SetDigit>(other.pass(150ms));
    REQUIRE(digits.size() == 1);
    CHECK(digits[0].channel == mackie::DigitChannel::last);
    CHECK(digits[0].place == mackie::DigitPlace::timecode(7));
}

TEST_CASE("Mackie host: REAPER says the whole time again at least every two seconds", "[M9.6]") {
    MackieBench bench(as_reaper(), short_named_song(4));
    bench.pass(3s);
    for (int i = 0; i < 5; ++i) CHECK(only<mackie::SetDigit>(bench.pass(2066ms)).size() >= 10);
    CHECK(only<mackie::SetDigit>(bench.pass(20s)).size() <= 110);
}

TEST_CASE("Mackie host: the key SMPTE/beats leads through the DAW's times") {
    const auto press_and_look = [](MackieBench& bench) {
        bench.press(mackie::Key::smpte_beats);
        return std::pair(bench.seen[0].indicators.at(mackie::Indicator::smpte),
                         bench.seen[0].indicators.at(mackie::Indicator::beats));
    };
    const std::pair smpte(mackie::Led::on, mackie::Led::off);
    const std::pair beats(mackie::Led::off, mackie::Led::on);
    const std::pair neither(mackie::Led::off, mackie::Led::off);
    MackieBench ardour(as_ardour(), short_named_song(2));
    ardour.greet();
    CHECK(press_and_look(ardour) == smpte);
    CHECK(ardour.seen[0].digits.timecode() == "00 0000 00");
    CHECK(press_and_look(ardour) == beats);
    MackieBench reaper(as_reaper(), short_named_song(2));
    reaper.pass(3s);
    CHECK(press_and_look(reaper) == neither);
    CHECK(press_and_look(reaper) == neither);
    CHECK(press_and_look(reaper) == smpte);
    CHECK(press_and_look(reaper) == neither);
    CHECK(press_and_look(reaper) == beats);
}
