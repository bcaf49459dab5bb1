#include "support/catch.hpp"
#include "unit/reaper/stock_file.hpp"

#include <set>

using namespace kedge::reaper;
using namespace kedge::test;

namespace {

// What REAPER's stock file says beside tracks and master; `X` and the like: KeyRow.

const KeyRow transport_rows[] = {
    {"PLAY", "t/play"},
    {"STOP", "t/stop"},
    {"PAUSE", "t/pause"},
    {"RECORD", "t/record"},
    {"REPEAT", "t/repeat"},
    {"REPLACE", "t/replace"},
    {"METRONOME", "t/click"},
    {"AUTO_REC_ARM", "t/autorecarm"},
    {"SOLO_RESET", "t/soloreset"},
    {"REWIND", "b/rewind"},
    {"FORWARD", "b/forward"},
    {"ANY_SOLO", "b/anysolo"},
    {"REWIND_FORWARD_BYMARKER", "t/bymarker"},
    {"REWIND_FORWARD_SETLOOP", "t/editloop"},
    {"SCRUB", "r/scrub"},
    {"PLAY_RATE", "n/playrate f/playrate/raw r/playrate/rotary s/playrate/str"},
    {"TEMPO", "n/tempo f/tempo/raw r/tempo/rotary s/tempo/str"},
    {"LOOP_START_TIME", "f/loop/start/time"},
    {"LOOP_END_TIME", "f/loop/end/time"},
    {"SCROLL_X-", "b/scroll/x/- r/scroll/x"},
    {"SCROLL_X+", "b/scroll/x/+ r/scroll/x"},
    {"SCROLL_Y-", "b/scroll/y/- r/scroll/y"},
    {"SCROLL_Y+", "b/scroll/y/+ r/scroll/y"},
    {"ZOOM_X-", "b/zoom/x/- r/zoom/x"},
    {"ZOOM_X+", "b/zoom/x/+ r/zoom/x"},
    {"ZOOM_Y-", "b/zoom/y/- r/zoom/y"},
    {"ZOOM_Y+", "b/zoom/y/+ r/zoom/y"},
};

const KeyRow time_rows[] = {
    {"TIME", "f/time s/time/str"},
    {"BEAT", "s/beat/str"},
    {"SAMPLES", "f/samples s/samples/str"},
    {"FRAMES", "s/frames/str"},
    {"GOTO_MARKER", "i/marker t/marker/@"},
    {"GOTO_REGION", "i/region t/region/@"},
    {"MARKER_NAME", "s/marker/@/name"},
    {"MARKER_NUMBER", "s/marker/@/number/str"},
    {"MARKER_TIME", "f/marker/@/time"},
    {"REGION_NAME", "s/region/@/name"},
    {"REGION_NUMBER", "s/region/@/number/str"},
    {"REGION_TIME", "f/region/@/time"},
    {"REGION_LENGTH", "f/region/@/length"},
    {"LAST_MARKER_NAME", "s/lastmarker/name"},
    {"LAST_MARKER_NUMBER", "s/lastmarker/number/str"},
    {"LAST_MARKER_TIME", "f/lastmarker/time"},
    {"LAST_REGION_NAME", "s/lastregion/name"},
    {"LAST_REGION_NUMBER", "s/lastregion/number/str"},
    {"LAST_REGION_TIME", "f/lastregion/time"},
    {"LAST_REGION_LENGTH", "f/lastregion/length"},
    {"MARKERID_NAME", "s/marker_id/@/name"},
    {"MARKERID_TIME", "f/marker_id/@/time"},
    {"MARKERID_NUMBER", "i/marker_id/@/number"},
    {"REGIONID_NAME", "s/region_id/@/name"},
    {"REGIONID_TIME", "f/region_id/@/time"},
    {"REGIONID_LENGTH", "f/region_id/@/length"},
    {"REGIONID_NUMBER", "i/region_id/@/number"},
};

const KeyRow insert_rows[] = {
    {"FX_NAME", "sX/name"},
    {"FX_NUMBER", "sX/number/str"},
    {"FX_BYPASS", "bX/bypass"},
    {"FX_OPEN_UI", "bX/openui"},
    {"FX_PRESET", "sX/preset"},
    {"FX_PREV_PRESET", "tX/preset-"},
    {"FX_NEXT_PRESET", "tX/preset+"},
    {"FX_WETDRY", "nX/wetdry sX/wetdry/str"},
    {"FX_PARAM_NAME", "s/fxparam/@/name s/fx/@/fxparam/@/name"},
    {"FX_PARAM_VALUE",
     "n/fxparam/@/value n/fx/@/fxparam/@/value n/track/@/fx/@/fxparam/@/value s/fxparam/@/value/str "
     "s/fx/@/fxparam/@/value/str"},
    {"FX_INST_NAME", "sI/name"},
    {"FX_INST_BYPASS", "bI/bypass"},
    {"FX_INST_OPEN_UI", "bI/openui"},
    {"FX_INST_PRESET", "sI/preset"},
    {"FX_INST_PREV_PRESET", "tI/preset-"},
    {"FX_INST_NEXT_PRESET", "tI/preset+"},
    {"FX_INST_PARAM_NAME", "s/fxinstparam/@/name"},
    {"FX_INST_PARAM_VALUE", "n/fxinstparam/@/value n/track/@/fxinstparam/@/value s/fxinstparam/@/value/str"},
    {"LAST_TOUCHED_FX_TRACK_NAME", "s/fx/last_touched/track/name"},
    {"LAST_TOUCHED_FX_TRACK_NUMBER", "s/fx/last_touched/track/number/str"},
    {"LAST_TOUCHED_FX_NAME", "s/fx/last_touched/name"},
    {"LAST_TOUCHED_FX_NUMBER", "s/fx/last_touched/number/str"},
    {"LAST_TOUCHED_FX_PARAM_NAME", "s/fxparam/last_touched/name"},
    {"LAST_TOUCHED_FX_PARAM_VALUE", "n/fxparam/last_touched/value s/fxparam/last_touched/value/str"},
};

const KeyRow equaliser_rows[] = {
    {"FX_EQ_BYPASS", "bQ/bypass"},
    {"FX_EQ_OPEN_UI", "bQ/openui"},
    {"FX_EQ_PRESET", "sQ/preset"},
    {"FX_EQ_PREV_PRESET", "sQ/preset-"},
    {"FX_EQ_NEXT_PRESET", "sQ/preset+"},
    {"FX_EQ_MASTER_GAIN", "nQ/gain fQ/gain/db s/fxeq/gain/str"},
    {"FX_EQ_WETDRY", "nQ/wetdry sQ/wetdry/str"},
    {"FX_EQ_HIPASS_NAME", "s/fxeq/hipass/str"},
    {"FX_EQ_HIPASS_BYPASS", "b/fxeq/hipass/bypass"},
    {"FX_EQ_HIPASS_FREQ", "nQ/hipass/freq fQ/hipass/freq/hz sQ/hipass/freq/str"},
    {"FX_EQ_HIPASS_Q", "nQ/hipass/q fQ/hipass/q/oct sQ/hipass/q/str"},
    {"FX_EQ_LOSHELF_NAME", "s/fxeq/loshelf/str"},
    {"FX_EQ_LOSHELF_BYPASS", "b/fxeq/loshelf/bypass"},
    {"FX_EQ_LOSHELF_FREQ", "nQ/loshelf/freq fQ/loshelf/freq/hz sQ/loshelf/freq/str"},
    {"FX_EQ_LOSHELF_GAIN", "nQ/loshelf/gain fQ/loshelf/gain/db sQ/loshelf/gain/str"},
    {"FX_EQ_LOSHELF_Q", "nQ/loshelf/q fQ/loshelf/q/oct sQ/loshelf/q/str"},
    {"FX_EQ_BAND_NAME", "s/fxeq/band/str"},
    {"FX_EQ_BAND_BYPASS", "b/fxeq/band/@/bypass"},
    {"FX_EQ_BAND_FREQ", "nQ/band/@/freq fQ/band/@/freq/hz sQ/band/@/freq/str"},
    {"FX_EQ_BAND_GAIN", "nQ/band/@/gain fQ/band/@/gain/db sQ/band/@/gain/str"},
    {"FX_EQ_BAND_Q", "nQ/band/@/q fQ/band/@/q/oct sQ/band/@/q/str"},
    {"FX_EQ_NOTCH_NAME", "s/fxeq/notch/str"},
    {"FX_EQ_NOTCH_BYPASS", "b/fxeq/notch/bypass"},
    {"FX_EQ_NOTCH_FREQ", "nQ/notch/freq fQ/notch/freq/hz sQ/notch/freq/str"},
    {"FX_EQ_NOTCH_GAIN", "nQ/notch/gain fQ/notch/gain/db sQ/notch/gain/str"},
    {"FX_EQ_NOTCH_Q", "nQ/notch/q fQ/notch/q/oct sQ/notch/q/str"},
    {"FX_EQ_HISHELF_NAME", "s/fxeq/hishelf/str"},
    {"FX_EQ_HISHELF_BYPASS", "b/fxeq/hishelf/bypass"},
    {"FX_EQ_HISHELF_FREQ", "nQ/hishelf/freq fQ/hishelf/freq/hz sQ/hishelf/freq/str"},
    // REAPER's own slip.
    {"FX_EQ_HISHELF_GAIN",
     "nQ/hishelf/gain f/fxeq/hishelf/gain/sb f/track/@/fxeq/hishelf/gain/db sQ/hishelf/gain/str"},
    {"FX_EQ_HISHELF_Q", "nQ/hishelf/q fQ/hishelf/q/oct sQ/hishelf/q/str"},
    {"FX_EQ_LOPASS_NAME", "s/fxeq/lopass/str"},
    {"FX_EQ_LOPASS_BYPASS", "b/fxeq/lopass/bypass"},
    {"FX_EQ_LOPASS_FREQ", "nQ/lopass/freq fQ/lopass/freq/hz sQ/lopass/freq/str"},
    {"FX_EQ_LOPASS_Q", "nQ/lopass/q fQ/lopass/q/oct sQ/lopass/q/str"},
};

const KeyRow action_rows[] = {
    {"VKB_MIDI_NOTE", "i/vkb_midi/@/note/@ f/vkb_midi/@/note/@ i/vkb_midi/note/@ f/vkb_midi/note/@"},
    {"VKB_MIDI_POLYAFTERTOUCH",
     "i/vkb_midi/@/polyaftertouch/@ f/vkb_midi/@/polyaftertouch/@ i/vkb_midi/polyaftertouch/@ "
     "f/vkb_midi/polyaftertouch/@"},
    {"VKB_MIDI_CC", "i/vkb_midi/@/cc/@ f/vkb_midi/@/cc/@ i/vkb_midi/cc/@ f/vkb_midi/cc/@"},
    {"VKB_MIDI_PROGRAM", "i/vkb_midi/@/program f/vkb_midi/@/program i/vkb_midi/program f/vkb_midi/program"},
    {"VKB_MIDI_CHANNELPRESSURE",
     "i/vkb_midi/@/channelpressure f/vkb_midi/@/channelpressure i/vkb_midi/channelpressure "
     "f/vkb_midi/channelpressure"},
    {"VKB_MIDI_PITCH", "i/vkb_midi/@/pitch f/vkb_midi/@/pitch i/vkb_midi/pitch f/vkb_midi/pitch"},
    {"ACTION", "i/action s/action/str t/action/@ f/action/@/cc"},
    {"ACTION_SOFT", "f/action/@/cc/soft"},
    {"ACTION_RELATIVE", "f/action/@/cc/relative"},
    {"MIDIACTION", "i/midiaction t/midiaction/@"},
    {"MIDILISTACTION", "i/midilistaction t/midilistaction/@"},
};

const KeyRow device_rows[] = {
    {"DEVICE_TRACK_COUNT", "i/device/track/count t/device/track/count/@"},
    {"DEVICE_SEND_COUNT", "i/device/send/count t/device/send/count/@"},
    {"DEVICE_RECEIVE_COUNT", "i/device/receive/count t/device/receive/count/@"},
    {"DEVICE_FX_COUNT", "i/device/fx/count t/device/fx/count/@"},
    {"DEVICE_FX_PARAM_COUNT", "i/device/fxparam/count t/device/fxparam/count/@"},
    {"DEVICE_FX_INST_PARAM_COUNT", "i/device/fxinstparam/count t/device/fxinstparam/count/@"},
    {"DEVICE_MARKER_COUNT", "i/device/marker/count t/device/marker/count/@"},
    {"DEVICE_REGION_COUNT", "i/device/region/count t/device/region/count/@"},
    {"REAPER_TRACK_FOLLOWS", "s/reaper/track/follows"},
    {"REAPER_TRACK_FOLLOWS_REAPER", "t/reaper/track/follows/reaper"},
    {"REAPER_TRACK_FOLLOWS_DEVICE", "t/reaper/track/follows/device"},
    {"DEVICE_TRACK_FOLLOWS", "s/device/track/follows"},
    {"DEVICE_TRACK_FOLLOWS_DEVICE", "t/device/track/follows/device"},
    {"DEVICE_TRACK_FOLLOWS_LAST_TOUCHED", "t/device/track/follows/last_touched"},
    {"DEVICE_TRACK_BANK_FOLLOWS", "s/device/track/bank/follows"},
    {"DEVICE_TRACK_BANK_FOLLOWS_DEVICE", "t/device/track/bank/follows/device"},
    {"DEVICE_TRACK_BANK_FOLLOWS_MIXER", "t/device/track/bank/follows/mixer"},
    {"DEVICE_FX_FOLLOWS", "s/device/fx/follows"},
    {"DEVICE_FX_FOLLOWS_DEVICE", "t/device/fx/follows/device"},
    {"DEVICE_FX_FOLLOWS_LAST_TOUCHED", "t/device/fx/follows/last_touched"},
    {"DEVICE_FX_FOLLOWS_FOCUSED", "t/device/fx/follows/focused"},
    {"DEVICE_TRACK_SELECT", "i/device/track/select t/device/track/select/@"},
    {"DEVICE_PREV_TRACK", "t/device/track/-"},
    {"DEVICE_NEXT_TRACK", "t/device/track/+"},
    {"DEVICE_TRACK_BANK_SELECT", "i/device/track/bank/select t/device/track/bank/select/@"},
    {"DEVICE_PREV_TRACK_BANK", "t/device/track/bank/-"},
    {"DEVICE_NEXT_TRACK_BANK", "t/device/track/bank/+"},
    {"DEVICE_FX_SELECT", "i/device/fx/select t/device/fx/select/@"},
    {"DEVICE_PREV_FX", "t/device/fx/-"},
    {"DEVICE_NEXT_FX", "t/device/fx/+"},
    {"DEVICE_FX_PARAM_BANK_SELECT",
     "i/device/fxparam/bank/select t/device/fxparam/bank/select/@ s/device/fxparam/bank/str"},
    {"DEVICE_PREV_FX_PARAM_BANK", "t/device/fxparam/bank/-"},
    {"DEVICE_NEXT_FX_PARAM_BANK", "t/device/fxparam/bank/+"},
    {"DEVICE_FX_INST_PARAM_BANK_SELECT",
     "i/device/fxinstparam/bank/select t/device/fxinstparam/bank/select/@ s/device/fxinstparam/bank/str"},
    {"DEVICE_PREV_FX_INST_PARAM_BANK", "t/device/fxinstparam/bank/-"},
    {"DEVICE_NEXT_FX_INST_PARAM_BANK", "t/device/fxinstparam/bank/+"},
    {"DEVICE_MARKER_BANK_SELECT", "i/device/marker/bank/select t/device/marker/bank/select/@"},
    {"DEVICE_PREV_MARKER_BANK", "t/device/marker/bank/-"},
    {"DEVICE_NEXT_MARKER_BANK", "t/device/marker/bank/+"},
    {"DEVICE_REGION_BANK_SELECT", "i/device/region/bank/select t/device/region/bank/select/@"},
    {"DEVICE_PREV_REGION_BANK", "t/device/region/bank/-"},
    {"DEVICE_NEXT_REGION_BANK", "t/device/region/bank/+"},
};

void check_stock(std::span<const KeyRow> rows) {
    for (const KeyRow& row : rows) {
        CAPTURE(row.key);
        CHECK(words_of(stock_file().patterns(row.key)) == expanded(row.patterns));
    }
}

}  // namespace

TEST_CASE("Stock patterns: transport, loop, scroll and zoom",
          "[R4.1][R4.2][R4.3][R4.4][R4.5][R4.6][R4.7][R4.8]") {
    check_stock(transport_rows);
}

TEST_CASE("Stock patterns: time, markers and regions",
          "[R4.9][R4.10][R4.13][R4.14][R4.15][R4.16][R4.17][R4.18]") {
    check_stock(time_rows);
}

TEST_CASE("Stock patterns: inserts and instruments", "[R4.20][R4.22][R4.23][R4.24][R4.25][R4.26]") {
    check_stock(insert_rows);
}

TEST_CASE("Stock patterns: ReaEQ", "[R4.29][R4.30]") {
    check_stock(equaliser_rows);
}

TEST_CASE("Stock patterns: virtual keyboard and actions", "[R4.31][R4.33][R4.34][R4.37]") {
    check_stock(action_rows);
}

TEST_CASE("Stock patterns: what a device tells of itself",
          "[R5.1][R5.2][R5.3][R5.4][R5.5][R5.6][R5.7][R5.11][R5.12]") {
    check_stock(device_rows);
}

TEST_CASE("The stock file is read to its last word, and every key REAPER knows is in it", "[R2.6]") {
    CHECK(ignored_words(stock_file()).empty());
    CHECK_FALSE(stock_file().is_passed_over());
    std::set<std::string_view> keys;
    for (const PatternsOfKey& patterns : stock_file().keys()) {
        CAPTURE(patterns.key);
        CHECK(is_action_key(patterns.key));
        CHECK(keys.insert(patterns.key).second);
    }
    for (const auto key : all_action_keys()) {
        CAPTURE(key);
        CHECK(keys.contains(key) == (key != "DEVICE_EQ" && key != "DEVICE_ROTARY_CENTER"));
    }
}
