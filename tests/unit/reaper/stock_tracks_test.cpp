#include "support/catch.hpp"
#include "unit/reaper/stock_file.hpp"

using namespace kedge::reaper;
using namespace kedge::test;

// Section by section what REAPER's stock file says, each key in short; `T` and the like: KeyRow.

TEST_CASE("Stock patterns: tracks",
          "[R3.1][R3.2][R3.4][R3.5][R3.6][R3.7][R3.8][R3.9][R3.10][R3.11][R3.12][R3.13]") {
    const KeyRow rows[] = {
        {"TRACK_NAME", "sT/name"},
        {"TRACK_NUMBER", "sT/number/str"},
        {"TRACK_VOLUME", "nT/volume sT/volume/str fT/volume/db"},
        {"TRACK_PAN", "nT/pan sT/pan/str"},
        {"TRACK_PAN2", "nT/pan2 sT/pan2/str"},
        {"TRACK_PAN_MODE", "sT/panmode"},
        {"TRACK_MUTE", "bT/mute tT/mute/toggle"},
        {"TRACK_SOLO", "bT/solo tT/solo/toggle"},
        {"TRACK_REC_ARM", "bT/recarm tT/recarm/toggle"},
        {"TRACK_MONITOR", "bT/monitor iT/monitor"},
        {"TRACK_SELECT", "bT/select"},
        {"TRACK_VU", "nT/vu"},
        {"TRACK_VU_L", "nT/vu/L"},
        {"TRACK_VU_R", "nT/vu/R"},
        {"TRACK_AUTO", "s/track/auto"},
        {"TRACK_AUTO_TRIM", "tT/autotrim"},
        {"TRACK_AUTO_READ", "tT/autoread"},
        {"TRACK_AUTO_LATCH", "tT/autolatch"},
        {"TRACK_AUTO_TOUCH", "tT/autotouch"},
        {"TRACK_AUTO_WRITE", "tT/autowrite"},
        {"TRACK_VOLUME_TOUCH", "bT/volume/touch"},
        {"TRACK_PAN_TOUCH", "bT/pan/touch"},
    };
    for (const KeyRow& row : rows) {
        CAPTURE(row.key);
        CHECK(words_of(stock_file().patterns(row.key)) == expanded(row.patterns));
    }
}

TEST_CASE("Five automation modes have a key; latch preview has none", "[R6.9]") {
    std::string modes;
    for (const auto key : all_action_keys())
        if (key.starts_with("TRACK_AUTO_")) modes += std::string(key.substr(11)) + " ";
    CHECK(modes == "LATCH READ TOUCH TRIM WRITE ");
}

TEST_CASE("Stock patterns: sends and receives, the track's number before the send's",
          "[R3.14][R3.15][R3.19]") {
    const KeyRow rows[] = {
        {"TRACK_SEND_NAME", "s/track/send/@/name s/track/@/send/@/name"},
        {"TRACK_SEND_VOLUME",
         "n/track/send/@/volume n/track/@/send/@/volume s/track/send/@/volume/str "
         "s/track/@/send/@/volume/str"},
        {"TRACK_SEND_PAN",
         "n/track/send/@/pan n/track/@/send/@/pan s/track/send/@/pan/str s/track/@/send/@/pan/str"},
        {"TRACK_RECV_NAME", "s/track/recv/@/name s/track/@/recv/@/name"},
        {"TRACK_RECV_VOLUME",
         "n/track/recv/@/volume n/track/@/recv/@/volume s/track/recv/@/volume/str "
         "s/track/@/recv/@/volume/str"},
        {"TRACK_RECV_PAN",
         "n/track/recv/@/pan n/track/@/recv/@/pan s/track/recv/@/pan/str s/track/@/recv/@/pan/str"},
    };
    for (const KeyRow& row : rows) {
        CAPTURE(row.key);
        CHECK(words_of(stock_file().patterns(row.key)) == row.patterns);
    }
}

TEST_CASE("Stock patterns: the master", "[R3.16][R3.17][R3.18][R3.21]") {
    const KeyRow rows[] = {
        {"MASTER_VOLUME", "n/master/volume s/master/volume/str"},
        {"MASTER_PAN", "n/master/pan s/master/pan/str"},
        {"MASTER_VU", "n/master/vu"},
        {"MASTER_VU_L", "n/master/vu/L"},
        {"MASTER_VU_R", "n/master/vu/R"},
        {"MASTER_SEND_NAME", "s/master/send/@/name"},
        {"MASTER_SEND_VOLUME", "n/master/send/@/volume s/master/send/@/volume/str"},
        {"MASTER_SEND_PAN", "n/master/send/@/pan s/master/send/@/pan/str"},
    };
    for (const KeyRow& row : rows) {
        CAPTURE(row.key);
        CHECK(words_of(stock_file().patterns(row.key)) == row.patterns);
    }
    // There is neither a level in dB nor a mute of the master's own.
    CHECK(stock_file().find("MASTER_VOLUME", Flag::raw, 0) == nullptr);
    CHECK_FALSE(is_action_key("MASTER_MUTE"));
}
