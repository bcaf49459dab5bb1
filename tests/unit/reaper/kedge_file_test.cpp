#include "reaper/pattern_file.hpp"
#include "support/catch.hpp"
#include "unit/reaper/stock_file.hpp"

#include <map>

using namespace kedge::reaper;
using namespace kedge::test;

TEST_CASE("REAPER takes kedge's pattern file to its last word") {
    CHECK(ignored_words(kedge_file()).empty());
    CHECK_FALSE(kedge_file().is_passed_over());
}

TEST_CASE("kedge's pattern file says what kedge speaks") {
    const KeyRow rows[] = {
        {"TRACK_NAME", "s/track/@/name"},
        {"TRACK_NUMBER", "sT/number/str"},
        {"TRACK_VOLUME", "f/track/@/volume/db"},
        {"TRACK_PAN", "n/track/@/pan"},
        {"TRACK_MUTE", "bT/mute"},
        {"TRACK_SOLO", "b/track/@/solo"},
        {"TRACK_SELECT", "b/track/@/select"},
        {"TRACK_VU_L", "n/track/@/vu/L"},
        {"TRACK_VU_R", "n/track/@/vu/R"},
        {"TRACK_AUTO_TRIM", "tT/autotrim"},
        {"TRACK_AUTO_READ", "tT/autoread"},
        {"TRACK_AUTO_TOUCH", "tT/autotouch"},
        {"TRACK_AUTO_LATCH", "tT/autolatch"},
        {"TRACK_AUTO_WRITE", "tT/autowrite"},
        {"TRACK_VOLUME_TOUCH", "b/track/@/volume/touch"},
        {"TRACK_PAN_TOUCH", "b/track/@/pan/touch"},
        {"MASTER_VOLUME", "f/master/volume/db s/master/volume/str"},
        {"MASTER_PAN", "n/master/pan"},
        {"MASTER_VU_L", "n/master/vu/L"},
        {"MASTER_VU_R", "n/master/vu/R"},
        {"PLAY", "t/play"},
        {"STOP", "t/stop"},
        {"PAUSE", "t/pause"},
        {"RECORD", "t/record"},
        {"REPEAT", "b/repeat"},
        {"LOOP_START_TIME", "f/loop/start/time"},
        {"LOOP_END_TIME", "f/loop/end/time"},
        {"TIME", "f/time"},
        {"BEAT", "s/beat/str"},
        {"MARKER_NAME", "s/marker/@/name"},
        {"MARKER_NUMBER", "s/marker/@/number/str"},
        {"MARKER_TIME", "f/marker/@/time"},
        {"GOTO_MARKER", "i/marker"},
        {"REGION_NAME", "s/region/@/name"},
        {"REGION_NUMBER", "s/region/@/number/str"},
        {"REGION_TIME", "f/region/@/time"},
        {"REGION_LENGTH", "f/region/@/length"},
        {"ACTION", "i/action s/action/str t/action/@"},
        {"DEVICE_TRACK_COUNT", "i/device/track/count"},
        {"DEVICE_MARKER_COUNT", "i/device/marker/count"},
        {"DEVICE_REGION_COUNT", "i/device/region/count"},
        {"DEVICE_TRACK_SELECT", "i/device/track/select"},
        {"DEVICE_TRACK_BANK_SELECT", "i/device/track/bank/select"},
        {"DEVICE_MARKER_BANK_SELECT", "i/device/marker/bank/select"},
        {"DEVICE_REGION_BANK_SELECT", "i/device/region/bank/select"},
        {"REAPER_TRACK_FOLLOWS", "s/reaper/track/follows"},
        {"DEVICE_TRACK_FOLLOWS", "s/device/track/follows"},
        {"DEVICE_TRACK_BANK_FOLLOWS", "s/device/track/bank/follows"},
    };
    for (const KeyRow& row : rows) {
        CAPTURE(row.key);
        CHECK(words_of(kedge_file().patterns(row.key)) == expanded(row.patterns));
    }
    // And nothing beside it: what is not needed floods the wire.
    CHECK(kedge_file().keys().size() == std::size(rows));
    DeviceSettings settings;
    settings.track_count = 256;
    settings.marker_count = 128;
    settings.region_count = 128;
    CHECK(kedge_file().settings() == settings);
}

TEST_CASE("No address of kedge's pattern file stands for two things") {
    std::map<std::string, std::string> keys;
    for (const PatternsOfKey& patterns : kedge_file().keys())
        for (const Pattern& pattern : patterns.patterns) {
            CAPTURE(pattern.address);
            CHECK(keys.emplace(pattern.address, patterns.key).second);
        }
}

TEST_CASE(
    "kedge's addresses are REAPER's stock ones, but for the master's level in dB and a repeat that is set") {
    for (const PatternsOfKey& patterns : kedge_file().keys())
        for (const Pattern& pattern : patterns.patterns) {
            CAPTURE(pattern.address);
            const bool is_ours = pattern.address == "/master/volume/db" || pattern.address == "/repeat";
            bool is_stock = false;
            for (const Pattern& stock : stock_file().patterns(patterns.key))
                is_stock = is_stock || (stock.flag == pattern.flag && stock.address == pattern.address);
            CHECK(is_stock != is_ours);
        }
}
