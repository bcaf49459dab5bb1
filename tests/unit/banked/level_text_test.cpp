#include "banked/level_text.hpp"

#include "support/catch.hpp"

#include <cmath>
#include <iostream>
#include <random>
#include <string>

#include <fmt/format.h>

using namespace kedge;
using banked::read_level_text;

namespace {

std::string any_text(std::mt19937& random, std::string_view letters) {
    std::string text;
    for (auto length = random() % 9; length > 0; --length) text += letters[random() % letters.size()];
    return text;
}

}  // namespace

TEST_CASE("A display's text is the level that it says") {
    const auto level = [](std::string_view text) { return read_level_text(text).value().db(); };
    CHECK(level("-12.3") == Approx(-12.3));
    CHECK(level("-12.3dB") == Approx(-12.3));
    CHECK(level("-12.3d") == Approx(-12.3));
    CHECK(level(" -6.0 ") == Approx(-6.0));
    CHECK(level("+3.0") == Approx(3.0));
    CHECK(level("3.0 dB") == Approx(3.0));
    CHECK(level("- 6,05 DB") == Approx(-6.05));
    CHECK(level("0") == Approx(0.0));
    CHECK(level("-0.0") == Approx(0.0));
    CHECK(level("-144.0") == Approx(-144.0));
}

TEST_CASE("A display's infinity is silence, as far as it has the symbol") {
    for (const auto* text : {"-oo", "-inf", "-INF", " -inf ", "-Inf dB", "-infdB", "- oo", "-ood",
                             "-\xE2\x88\x9E", "- ?", "-???", "-infinity"}) {
        CAPTURE(text);
        REQUIRE(read_level_text(text));
        CHECK(read_level_text(text)->is_silence());
    }
}

TEST_CASE("What is no level is never taken for one") {
    for (const auto* text :
         {"",     " ",    "-",    "+",      ".",      "-.5",   "5.",    "1.2.3",   "1,2,3",   "L30",
          "R100", "C",    "<C>",  "L50R50", "Pan",    "12 30", "--3.0", "+-3",     "-3.0dBx", "-3.0 -",
          "12e3", "0x10", "41.0", "-200.1", "1234.5", "1.234", "oo",    "+oo",     "inf",     "nan",
          "-nan", "Vol",  "T1",   "-oops",  "???",    "3.0?",  "100%",  "-12.3 L", "1'000"}) {
        CAPTURE(text);
        CHECK_FALSE(read_level_text(text));
    }
}

TEST_CASE("Every level that a DAW can write is read as it was written") {
    for (int tenths = -1'500; tenths <= 240; ++tenths) {
        const double db = tenths / 10.0;
        for (const std::string& text :
             {fmt::format("{:.1f}", db), fmt::format("{:+.1f}dB", db), fmt::format("{:7.1f}", db)}) {
            CAPTURE(text);
            REQUIRE(read_level_text(text));
            CHECK(read_level_text(text)->db() == Approx(db).margin(1e-9));
        }
    }
}

TEST_CASE("Of random texts only those are levels that say one in digits, and no other number than that") {
    const auto seed = std::random_device{}();
    std::cout << "random level texts: seed " << seed << '\n';
    CAPTURE(seed);
    std::mt19937 random(seed);
    int levels = 0;
    for (int i = 0; i < 200'000; ++i) {
        const std::string text = any_text(random, i % 2 == 0 ? "-+.,0123456789 dBoinf?" : "-.0123456789");
        const auto level = read_level_text(text);
        if (!level) continue;
        CAPTURE(text);
        if (level->is_silence()) {
            CHECK(text.find('-') != std::string::npos);
            CHECK(text.find_first_of("0123456789") == std::string::npos);
            continue;
        }
        ++levels;
        std::string digits = text;
        std::erase(digits, ' ');
        for (char& c : digits)
            if (c == ',') c = '.';
        CHECK(level->db() == Approx(std::stod(digits)).margin(1e-9));
        CHECK(std::abs(level->db()) <= 200.0);
    }
    CHECK(levels > 1'000);
}
