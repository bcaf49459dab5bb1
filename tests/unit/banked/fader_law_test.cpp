#include "banked/fader_law.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iostream>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

using namespace kedge;
using banked::learn_law;
using banked::next_to_try;
using Catch::Contains;
using surface::FaderText;

namespace {

using Law = std::function<Decibels(FaderPosition)>;
using Display = std::function<std::optional<std::string>(FaderPosition)>;

constexpr std::size_t most_tries = 128;

std::string in_tenths(Decibels level) {
    return level.is_silence() ? "-oo" : fmt::format("{:.1f}", level.db());
}

Display shows(const Law& law) {
    return [law](FaderPosition at) { return std::optional(in_tenths(law(at))); };
}

/// As a DAW of 10 bits has it.
Law of_ten_bits(const Law& law) {
    return [law](FaderPosition at) {
        return law(FaderPosition(static_cast<int>(std::lround((at.value() >> 4) * 16'383.0 / 1'023.0))));
    };
}

Law curve(FaderCurve which) {
    return [scale = FaderScale(which)](FaderPosition at) { return scale.level_at(at); };
}

/// Straight pieces between marks, as on a console: it bends sharply.
Decibels console(FaderPosition at) {
    struct Mark {
        double position;
        double db;
    };
    static const std::vector<Mark> marks = {{0, -150},   {2768, -50}, {3568, -40}, {5168, -30},
                                            {6768, -20}, {8368, -15}, {9968, -10}, {11568, -5},
                                            {13168, 0},  {14768, 5},  {16383, 10}};
    if (at == FaderPosition()) return Decibels::silence();
    std::size_t above = 1;
    while (marks[above].position < at.value()) ++above;
    const Mark& low = marks[above - 1];
    const Mark& high = marks[above];
    return Decibels(low.db +
                    (at.value() - low.position) / (high.position - low.position) * (high.db - low.db));
}

/// By the hundredth of a decibel, from silence at the lower quarter on.
Decibels steep(FaderPosition at) {
    const double share = at.value() / 16'383.0;
    return share < 0.02 ? Decibels::silence() : Decibels(12.0 + 60.0 * std::log10(share));
}

std::vector<FaderText> swept(const Display& display) {
    std::vector<FaderText> shown;
    while (const auto next = next_to_try(shown)) {
        REQUIRE(shown.size() < most_tries + 1);
        shown.push_back({*next, display(*next)});
    }
    return shown;
}

double worst_from(const Law& law, const FaderScale& learned, double lowest_db) {
    double worst = 0.0;
    for (int position = 1; position <= FaderPosition::top; ++position) {
        const Decibels level = law(FaderPosition(position));
        if (level.is_silence() || level.db() < lowest_db) continue;
        worst = std::max(worst, distance(level, learned.level_at(FaderPosition(position))).db());
    }
    return worst;
}

}  // namespace

TEST_CASE("A law read in tenths of a decibel is known to a tenth from -40 dB up") {
    struct Case {
        std::string name;
        Law law;
    };
    const std::vector<Case> laws = {{"ardour", curve(FaderCurve::ardour)},
                                    {"reaper", curve(FaderCurve::reaper)},
                                    {"live", curve(FaderCurve::live)},
                                    {"a console", console},
                                    {"steep", steep}};
    for (const auto& [name, law] : laws) {
        for (const bool ten_bits : {false, true}) {
            CAPTURE(name, ten_bits);
            const auto shown = swept(shows(ten_bits ? of_ten_bits(law) : law));
            const auto learned = learn_law(shown);
            INFO((learned ? std::string() : learned.error().message));
            REQUIRE(learned);
            const double worst = worst_from(law, learned->scale, -40.0);
            std::cout << name << (ten_bits ? ", 10 bits" : "") << ": " << shown.size()
                      << " positions, off by " << worst << " dB at most from -40 dB up, "
                      << worst_from(law, learned->scale, -60.0) << " from -60 dB up\n";
            CHECK(worst <= 0.1);
            CHECK(learned->left_out == 0);
            CHECK(learned->positions == shown.size());
        }
    }
}

TEST_CASE(
    "Positions that are tried mean the same to a DAW of 14 bits and to one of 10, and none comes twice") {
    std::vector<int> tried;
    for (const FaderText& one : swept(shows(console))) {
        tried.push_back(one.at.value());
        CHECK(one.at.value() == std::lround((one.at.value() >> 4) * 16'383.0 / 1'023.0));
    }
    std::sort(tried.begin(), tried.end());
    CHECK(std::adjacent_find(tried.begin(), tried.end()) == tried.end());
    CHECK(tried.front() == 0);
    CHECK(tried.back() == FaderPosition::top);
}

TEST_CASE("Nothing is learned of a display that shows no level, and few positions are tried") {
    SECTION("nothing at all") {
        const auto shown = swept([](FaderPosition) { return std::nullopt; });
        CHECK(shown.size() < 10);
        const auto learned = learn_law(shown);
        REQUIRE_FALSE(learned);
        CHECK_THAT(learned.error().message, Contains("shows nothing"));
        CHECK_THAT(learned.error().next, Contains("anchors"));
    }
    SECTION("a pan") {
        const auto shown = swept([](FaderPosition) { return std::optional<std::string>("L50R50"); });
        CHECK(shown.size() < 10);
        const auto learned = learn_law(shown);
        REQUIRE_FALSE(learned);
        CHECK_THAT(learned.error().message, Contains("'L50R50'"));
    }
    SECTION("silence") {
        const auto learned =
            learn_law(swept([](FaderPosition) { return std::optional<std::string>("-oo"); }));
        REQUIRE_FALSE(learned);
        CHECK_THAT(learned.error().message, Contains("silence"));
    }
}

TEST_CASE("A number that stays wherever the fader goes is a pan, and no level") {
    const auto learned = learn_law(swept([](FaderPosition) { return std::optional<std::string>("-12"); }));
    REQUIRE_FALSE(learned);
    CHECK_THAT(learned.error().message, Contains("does not tell one law"));
}

TEST_CASE("Texts that lag a position behind are no law") {
    std::string before = "0.0";
    const auto learned = learn_law(swept([&](FaderPosition at) {
        return std::optional(std::exchange(before, in_tenths(curve(FaderCurve::reaper)(at))));
    }));
    REQUIRE_FALSE(learned);
    CHECK_THAT(learned.error().message, Contains("does not tell one law"));
}

TEST_CASE("A few texts that are stale, or a pan's, are left out") {
    std::size_t number = 0;
    const auto shown = swept([&](FaderPosition at) -> std::optional<std::string> {
        ++number;
        if (number == 20) return "C";
        if (number == 31) return "6.0";
        return in_tenths(curve(FaderCurve::ardour)(at));
    });
    const auto learned = learn_law(shown);
    INFO((learned ? std::string() : learned.error().message));
    REQUIRE(learned);
    CHECK(learned->left_out == 2);
    CHECK(worst_from(curve(FaderCurve::ardour), learned->scale, -40.0) <= 0.1);
}

TEST_CASE("A display that tells the upper part alone tells no law") {
    const auto learned = learn_law(swept([](FaderPosition at) -> std::optional<std::string> {
        const Decibels level = FaderScale(FaderCurve::ardour).level_at(at);
        if (level.db() < -12.0) return "low";
        return in_tenths(level);
    }));
    REQUIRE_FALSE(learned);
}

TEST_CASE("Whatever a display says, learning comes to an end with a law that rises, or with none") {
    const auto seed = static_cast<unsigned>(GENERATE(take(300, random(0, 1 << 30))));
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto learned = learn_law(swept([&](FaderPosition at) -> std::optional<std::string> {
        switch (random() % 4) {
            case 0:
                return std::nullopt;
            case 1:
                return fmt::format("{}.{}", static_cast<int>(random() % 240) - 200, random() % 10);
            default:
                return in_tenths(console(at));
        }
    }));
    if (!learned) return;
    Decibels before = Decibels::silence();
    for (const FaderAnchor& anchor : learned->anchors) {
        CHECK(anchor.level > before);
        before = anchor.level;
    }
}

TEST_CASE("How finely a DAW reads positions is told by one that it tells back") {
    const int sent = banked::telling_position().value();
    for (const int bits : {9, 10, 14}) {
        CAPTURE(bits);
        const auto back = std::lround((sent >> (14 - bits)) * 16'383.0 / ((1 << bits) - 1));
        for (const int off : {-1, 0, 1})
            CHECK(banked::bits_told(FaderPosition(static_cast<int>(back) + off)) == bits);
    }
    for (const int more : {11, 12, 13}) {
        const auto back = std::lround((sent >> (14 - more)) * 16'383.0 / ((1 << more) - 1));
        CHECK(banked::bits_told(FaderPosition(static_cast<int>(back))) == 14);
    }
    CHECK_FALSE(banked::bits_told(FaderPosition(sent - 100)));
    CHECK_FALSE(banked::bits_told(FaderPosition(sent + 40)));
    CHECK_FALSE(banked::bits_told(FaderPosition()));
}

TEST_CASE("The nominal scale has each position for a level of its own") {
    const FaderScale scale = banked::nominal_scale();
    for (int position = 0; position <= FaderPosition::top; ++position)
        if (scale.position_of(scale.level_at(FaderPosition(position))).value() != position) FAIL(position);
    CHECK(scale.level_at(FaderPosition()).is_silence());
}
