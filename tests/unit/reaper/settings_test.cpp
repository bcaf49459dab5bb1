#include "reaper/pattern_file.hpp"
#include "support/catch.hpp"
#include "unit/reaper/stock_file.hpp"

#include <functional>

using namespace kedge::reaper;
using namespace kedge::test;

namespace {

DeviceSettings settings_of(std::string_view text) {
    const auto file = PatternFile::read(text);
    CAPTURE(text);
    CHECK(ignored_words(file).empty());
    return file.settings();
}

struct SettingRow {
    std::string_view line;
    std::function<void(DeviceSettings&)> change;  ///< of the defaults
};

}  // namespace

TEST_CASE("Settings: the defaults, which the stock file says too",
          "[R2.23][R2.24][R2.25][R2.26][R2.27][R2.28][R2.29][R2.30][R2.31][R2.32][R2.33]") {
    DeviceSettings defaults;
    CHECK(defaults.track_count == 8);
    CHECK(defaults.send_count == 4);
    CHECK(defaults.receive_count == 4);
    CHECK(defaults.fx_count == 8);
    CHECK(defaults.fx_param_count == 16);
    CHECK(defaults.fx_inst_param_count == 16);
    CHECK(defaults.marker_count == 0);
    CHECK(defaults.region_count == 0);
    CHECK_FALSE(defaults.reaper_track_follows_device);
    CHECK_FALSE(defaults.device_track_follows_last_touched);
    CHECK_FALSE(defaults.bank_follows_mixer);
    CHECK(defaults.fx_follows == DeviceSettings::FxFollows::device);
    CHECK(defaults.rotary_center == 0.0);
    CHECK(settings_of("PLAY t/play") == defaults);
    // But for this one, which a file has to say.
    CHECK_FALSE(defaults.eq_is_inserted);
    defaults.eq_is_inserted = true;
    CHECK(stock_file().settings() == defaults);
}

TEST_CASE("Settings: every key with a value",
          "[R2.23][R2.24][R2.25][R2.26][R2.27][R2.28][R2.29][R2.30][R2.31][R2.32][R2.33]") {
    using Follows = DeviceSettings::FxFollows;
    const SettingRow rows[] = {
        {"DEVICE_TRACK_COUNT 128", [](DeviceSettings& s) { s.track_count = 128; }},
        {"DEVICE_TRACK_COUNT 65536", [](DeviceSettings& s) { s.track_count = largest_bank; }},
        {"DEVICE_SEND_COUNT 1", [](DeviceSettings& s) { s.send_count = 1; }},
        {"DEVICE_RECEIVE_COUNT 2", [](DeviceSettings& s) { s.receive_count = 2; }},
        {"DEVICE_FX_COUNT 3", [](DeviceSettings& s) { s.fx_count = 3; }},
        {"DEVICE_FX_PARAM_COUNT 32", [](DeviceSettings& s) { s.fx_param_count = 32; }},
        {"DEVICE_FX_INST_PARAM_COUNT 33", [](DeviceSettings& s) { s.fx_inst_param_count = 33; }},
        {"DEVICE_MARKER_COUNT 0064", [](DeviceSettings& s) { s.marker_count = 64; }},
        {"DEVICE_MARKER_COUNT 0", [](DeviceSettings&) {}},
        {"DEVICE_REGION_COUNT 65", [](DeviceSettings& s) { s.region_count = 65; }},
        {"REAPER_TRACK_FOLLOWS REAPER", [](DeviceSettings&) {}},
        {"REAPER_TRACK_FOLLOWS DEVICE", [](DeviceSettings& s) { s.reaper_track_follows_device = true; }},
        {"DEVICE_TRACK_FOLLOWS DEVICE", [](DeviceSettings&) {}},
        {"DEVICE_TRACK_FOLLOWS LAST_TOUCHED",
         [](DeviceSettings& s) { s.device_track_follows_last_touched = true; }},
        {"DEVICE_TRACK_BANK_FOLLOWS DEVICE", [](DeviceSettings&) {}},
        {"DEVICE_TRACK_BANK_FOLLOWS MIXER", [](DeviceSettings& s) { s.bank_follows_mixer = true; }},
        {"DEVICE_FX_FOLLOWS DEVICE", [](DeviceSettings&) {}},
        {"DEVICE_FX_FOLLOWS LAST_TOUCHED", [](DeviceSettings& s) { s.fx_follows = Follows::last_touched; }},
        {"DEVICE_FX_FOLLOWS FOCUSED", [](DeviceSettings& s) { s.fx_follows = Follows::focused; }},
        {"DEVICE_EQ INSERT", [](DeviceSettings& s) { s.eq_is_inserted = true; }},
        {"DEVICE_ROTARY_CENTER 0", [](DeviceSettings&) {}},
        {"DEVICE_ROTARY_CENTER 0.5", [](DeviceSettings& s) { s.rotary_center = 0.5; }},
        {"DEVICE_ROTARY_CENTER 64", [](DeviceSettings& s) { s.rotary_center = 64; }},
    };
    for (const SettingRow& row : rows) {
        CAPTURE(row.line);
        DeviceSettings expected;
        row.change(expected);
        CHECK(settings_of(row.line) == expected);
    }
}

TEST_CASE("Settings: a value and patterns may share a line, or have one each") {
    const std::string_view texts[] = {
        "DEVICE_TRACK_COUNT 24 i/count t/count/@",
        "DEVICE_TRACK_COUNT 24\nDEVICE_TRACK_COUNT i/count t/count/@",
        "DEVICE_TRACK_COUNT i/count t/count/@\nDEVICE_TRACK_COUNT 24",
    };
    for (const auto text : texts) {
        CAPTURE(text);
        const auto file = PatternFile::read(text);
        CHECK(file.settings().track_count == 24);
        CHECK(words_of(file.patterns("DEVICE_TRACK_COUNT")) == "i/count t/count/@");
        CHECK(ignored_words(file).empty());
    }
    const auto alone = PatternFile::read("DEVICE_TRACK_COUNT 24");
    CHECK(alone.keys().empty());
    CHECK_FALSE(alone.is_passed_over());
}

TEST_CASE("Settings: the later count holds, but no word takes back that something follows") {
    CHECK(settings_of("DEVICE_TRACK_COUNT 9\nDEVICE_TRACK_COUNT 10").track_count == 10);
    const auto file = PatternFile::read("DEVICE_TRACK_FOLLOWS LAST_TOUCHED\nDEVICE_TRACK_FOLLOWS DEVICE");
    CHECK(file.settings().device_track_follows_last_touched);
}

TEST_CASE("Settings: values that REAPER does not take are told, and change nothing") {
    struct Row {
        std::string_view line;
        bool spoils_file;
        std::string_view says;
    };
    const Row rows[] = {
        {"DEVICE_TRACK_COUNT many", true, "whole number"},
        {"DEVICE_TRACK_COUNT -8", true, "whole number"},
        {"DEVICE_TRACK_COUNT 8.5", true, "whole number"},
        {"DEVICE_TRACK_COUNT \"\"", true, "whole number"},
        {"DEVICE_TRACK_COUNT 0", false, "stays at 8"},
        {"DEVICE_TRACK_COUNT 65537", false, "65536 at most"},
        {"DEVICE_TRACK_COUNT 99999999999999999999999", false, "65536 at most"},
        {"REAPER_TRACK_FOLLOWS MIXER", false, "REAPER or DEVICE."},
        {"DEVICE_TRACK_FOLLOWS FOCUSED", false, "DEVICE or LAST_TOUCHED."},
        {"DEVICE_TRACK_BANK_FOLLOWS LAST_TOUCHED", false, "DEVICE or MIXER."},
        {"DEVICE_FX_FOLLOWS MIXER", false, "DEVICE or LAST_TOUCHED or FOCUSED."},
        {"DEVICE_FX_FOLLOWS focused", true, "DEVICE or LAST_TOUCHED or FOCUSED."},
        {"DEVICE_FX_FOLLOWS \"\"", true, "DEVICE or LAST_TOUCHED or FOCUSED."},
        {"DEVICE_EQ EXISTING", true, "Leave the line out"},
        {"DEVICE_EQ MAYBE", true, "INSERT"},
        {"DEVICE_ROTARY_CENTER half", true, "0 or 0.5"},
        {"DEVICE_ROTARY_CENTER 1.2.3", true, "0 or 0.5"},
        {"DEVICE_ROTARY_CENTER -1", false, "0 or 0.5"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.line);
        const auto file = PatternFile::read(row.line);
        CHECK(file.settings() == DeviceSettings());
        REQUIRE(file.ignored().size() == 1);
        CHECK(file.ignored()[0].line == 1);
        CHECK(file.ignored()[0].spoils_file == row.spoils_file);
        CHECK(file.is_passed_over() == row.spoils_file);
        CHECK_THAT(file.ignored()[0].what, Catch::Contains(std::string(row.says)));
    }
}

TEST_CASE("Settings: which keys are settings") {
    int settings = 0;
    for (const auto key : all_action_keys()) settings += is_setting_key(key) ? 1 : 0;
    CHECK(settings == 14);
    CHECK(is_setting_key("DEVICE_ROTARY_CENTER"));
    CHECK_FALSE(is_setting_key("DEVICE_TRACK_SELECT"));
    CHECK_FALSE(is_setting_key("REAPER_TRACK_FOLLOWS_DEVICE"));
    CHECK_FALSE(is_setting_key(""));
}
