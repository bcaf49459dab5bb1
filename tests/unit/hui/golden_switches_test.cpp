#include "hui/encoder.hpp"
#include "support/catch.hpp"
#include "unit/hui/hui_frames.hpp"

#include <string>
#include <vector>

using namespace kedge;
using namespace kedge::hui;
using namespace kedge::test;

namespace {

const Unit first_unit;

SetLamp lit(Switch which, bool on = true) {
    return {first_unit, which, on};
}
SwitchMoved pressed(Switch which, bool down = true) {
    return {first_unit, which, down};
}

struct Port {
    Switch which;
    std::string words;
};

/// The zone has these ports, in both directions, and no more.
void check_zone(const std::string& zone, const std::string& zone_words, const std::vector<Port>& ports) {
    for (std::size_t i = 0; i < ports.size(); ++i) {
        const auto port = std::to_string(i);
        const Switch which = ports[i].which;
        check_host_says("B0 0C " + zone + " B0 2C 4" + port, {lit(which)});
        check_host_says("B0 0C " + zone + " B0 2C 0" + port, {lit(which, false)});
        check_hui_says("B0 0F " + zone + " B0 2F 4" + port, {pressed(which)});
        check_hui_says("B0 0F " + zone + " B0 2F 0" + port, {pressed(which, false)});
        CHECK(to_string(which) == zone_words + ": " + ports[i].words);
    }
    for (auto i = ports.size(); i < 8; ++i) {
        const auto port = std::to_string(i);
        check_to_hui_dropped("B0 0C " + zone + " B0 2C 4" + port, {}, {.unknown_switch = 1});
        check_from_hui_dropped("B0 0F " + zone + " B0 2F 4" + port, {}, {.unknown_switch = 1});
    }
}

}  // namespace

TEST_CASE("HUI: an LED is lit and put out by a zone and a port", "[H2.1]") {
    check_host_says("B0 0C 18 B0 2C 42", {lit(Key::mode_read)});
    check_host_says("B0 0C 18 B0 2C 02", {lit(Key::mode_read, false)});
}

TEST_CASE("HUI: a switch is six bytes for pressed and six for let go", "[H2.2][H2.3]") {
    check_hui_says("B0 0F 0E B0 2F 44", {pressed(Key::play)});
    check_hui_says("B0 0F 0E B0 2F 44 B0 0F 0E B0 2F 04", {pressed(Key::play), pressed(Key::play, false)});
}

TEST_CASE("HUI: a host selects a zone once for several LEDs, with running status or without", "[H2.4]") {
    check_host_says("B0 0C 08 B0 2C 40 B0 2C 41", {lit(Key::ctrl), lit(Key::shift)});
    check_host_means("B0 0C 08 2C 40 2C 41", {lit(Key::ctrl), lit(Key::shift)});
    check_host_says("B0 0C 08 B0 2C 40 B0 0C 0E B0 2C 44", {lit(Key::ctrl), lit(Key::play)});
}

TEST_CASE("HUI: a zone is selected anew after anything else, and for another unit") {
    check_host_says("B0 0C 08 B0 2C 40 90 00 00 B0 0C 08 B0 2C 41",
                    {lit(Key::ctrl), Ping{}, lit(Key::shift)});
    check_host_says("B0 0C 00 B0 2C 42 B1 0C 00 B1 2C 42",
                    {lit({SlotKey::mute, Slot(0)}), SetLamp{Unit(1), {SlotKey::mute, Slot(0)}, true}});
}

TEST_CASE("HUI: a zone is kept until another is selected, whatever comes between", "[H2.5]") {
    check_hui_means("B0 0F 0E B0 2F 44 B0 2F 04", {pressed(Key::play), pressed(Key::play, false)});
    check_hui_means("B0 0F 0E 90 00 7F B0 2F 44", {PingReply{}, pressed(Key::play)});
    check_host_means("B0 0C 0E 90 00 00 B0 2C 44", {Ping{}, lit(Key::play)});
    // Each direction has its own: this is what the other one selects by.
    check_to_hui_dropped("B0 0C 0E B0 0F 08 B0 2C 44", {lit(Key::play)}, {.unknown = 1});
    check_from_hui_dropped("B0 0F 0E B0 0C 08 B0 2F 44", {pressed(Key::play)}, {.unknown = 1});
}

TEST_CASE("HUI: strips are the first eight zones, LED and switch alike", "[H2.6][H2.7]") {
    for (int i = 0; i < Slot::count; ++i) {
        const Slot slot(i);
        const auto number = std::to_string(i);
        check_zone("0" + number, "strip " + std::to_string(i + 1),
                   {{{SlotKey::fader_touch, slot}, "fader touch"},
                    {{SlotKey::select, slot}, "select"},
                    {{SlotKey::mute, slot}, "mute"},
                    {{SlotKey::solo, slot}, "solo"},
                    {{SlotKey::automation, slot}, "auto"},
                    {{SlotKey::v_select, slot}, "v-sel"},
                    {{SlotKey::insert, slot}, "insert"},
                    {{SlotKey::record_ready, slot}, "rec/rdy"}});
    }
}

TEST_CASE("HUI: keyboard and windows", "[H2.8][H2.9]") {
    check_zone("08", "keyboard",
               {{Key::ctrl, "ctrl"},
                {Key::shift, "shift"},
                {Key::edit_mode, "edit mode"},
                {Key::undo, "undo"},
                {Key::alt_fine, "alt/fine"},
                {Key::option_all, "option/all"},
                {Key::edit_tool, "edit tool"},
                {Key::save, "save"}});
    check_zone("09", "window",
               {{Key::window_mix, "mix"},
                {Key::window_edit, "edit"},
                {Key::window_transport, "transport"},
                {Key::window_mem_loc, "mem-loc"},
                {Key::window_status, "status"},
                {Key::window_alt, "alt"}});
}

TEST_CASE("HUI: banks and channels, as REAPER moves too", "[H2.10][H8.2]") {
    check_zone("0A", "bank",
               {{Key::channel_left, "channel left"},
                {Key::bank_left, "bank left"},
                {Key::channel_right, "channel right"},
                {Key::bank_right, "bank right"}});
}

TEST_CASE("HUI: assignment", "[H2.11][H2.12]") {
    check_zone("0B", "assign 1",
               {{Key::assign_output, "output"},
                {Key::assign_input, "input"},
                {Key::assign_pan, "pan"},
                {Key::assign_send_e, "send E"},
                {Key::assign_send_d, "send D"},
                {Key::assign_send_c, "send C"},
                {Key::assign_send_b, "send B"},
                {Key::assign_send_a, "send A"}});
    check_zone("0C", "assign 2",
               {{Key::assign, "assign"},
                {Key::assign_default, "default"},
                {Key::assign_suspend, "suspend"},
                {Key::assign_shift, "shift"},
                {Key::assign_mute, "mute"},
                {Key::assign_bypass, "bypass"},
                {Key::record_ready_all, "rec/rdy all"}});
}

TEST_CASE("HUI: REAPER's flip is the LED of pan", "[H8.5]") {
    check_host_says("B0 0C 0B B0 2C 42", {lit(Key::assign_pan)});
}

TEST_CASE("HUI: cursor and jog modes", "[H2.13]") {
    check_zone("0D", "cursor",
               {{Key::cursor_down, "down"},
                {Key::cursor_left, "left"},
                {Key::cursor_mode, "mode"},
                {Key::cursor_right, "right"},
                {Key::cursor_up, "up"},
                {Key::scrub, "scrub"},
                {Key::shuttle, "shuttle"}});
}

TEST_CASE("HUI: transport and punching", "[H2.14][H2.15][H2.16]") {
    check_zone("0E", "transport",
               {{Key::talkback, "talkback"},
                {Key::rewind, "rewind"},
                {Key::fast_forward, "ffwd"},
                {Key::stop, "stop"},
                {Key::play, "play"},
                {Key::record, "record"}});
    check_zone("0F", "transport 2",
               {{Key::return_to_zero, "RTZ"},
                {Key::to_end, "end"},
                {Key::on_line, "on line"},
                {Key::loop, "loop"},
                {Key::quick_punch, "quick punch"}});
    check_zone("10", "punch",
               {{Key::punch_audition, "audition"},
                {Key::punch_pre, "pre"},
                {Key::punch_in, "in"},
                {Key::punch_out, "out"},
                {Key::punch_post, "post"}});
}

TEST_CASE("HUI: REAPER lights stop, play and record", "[H8.3]") {
    check_host_says("B0 0C 0E B0 2C 43 B0 2C 04 B0 2C 05",
                    {lit(Key::stop), lit(Key::play, false), lit(Key::record, false)});
}

TEST_CASE("HUI: the control room", "[H2.17][H2.18]") {
    check_zone("11", "monitor in",
               {{Key::monitor_input_3, "input 3"},
                {Key::monitor_input_2, "input 2"},
                {Key::monitor_input_1, "input 1"},
                {Key::monitor_mute, "mute"},
                {Key::monitor_discrete, "discrete"}});
    check_zone("12", "monitor out",
               {{Key::monitor_output_3, "output 3"},
                {Key::monitor_output_2, "output 2"},
                {Key::monitor_output_1, "output 1"},
                {Key::monitor_dim, "dim"},
                {Key::monitor_mono, "mono"}});
}

TEST_CASE("HUI: the number pad", "[H2.19][H2.20][H2.21]") {
    check_zone("13", "num pad",
               {{Key::digit_0, "0"},
                {Key::digit_1, "1"},
                {Key::digit_4, "4"},
                {Key::digit_2, "2"},
                {Key::digit_5, "5"},
                {Key::pad_point, "."},
                {Key::digit_3, "3"},
                {Key::digit_6, "6"}});
    check_zone("14", "num pad", {{Key::pad_enter, "enter"}, {Key::pad_plus, "+"}});
    check_zone("15", "num pad",
               {{Key::digit_7, "7"},
                {Key::digit_8, "8"},
                {Key::digit_9, "9"},
                {Key::pad_minus, "-"},
                {Key::pad_clear, "clr"},
                {Key::pad_equals, "="},
                {Key::pad_slash, "/"},
                {Key::pad_star, "*"}});
}

TEST_CASE("HUI: LEDs that are no switches are lit, and never pressed", "[H2.22]") {
    check_host_says("B0 0C 16 B0 2C 40", {lit(Key::timecode_led)});
    check_host_says("B0 0C 16 B0 2C 41", {lit(Key::feet_led)});
    check_host_says("B0 0C 16 B0 2C 42", {lit(Key::beats_led)});
    check_host_says("B0 0C 16 B0 2C 43", {lit(Key::rude_solo_led)});
    check_to_hui_dropped("B0 0C 16 B0 2C 44", {}, {.unknown_switch = 1});
    for (const auto* const port : {"40", "41", "42", "43", "44"})
        check_from_hui_dropped(std::string("B0 0F 16 B0 2F ") + port, {}, {.unknown_switch = 1});
    CHECK(to_string(Switch(Key::rude_solo_led)) == "LED: rude solo");
}

TEST_CASE("HUI: automation", "[H2.23][H2.24]") {
    check_zone("17", "auto enable",
               {{Key::enable_plug_in, "plug-in"},
                {Key::enable_pan, "pan"},
                {Key::enable_fader, "fader"},
                {Key::enable_send_mute, "send mute"},
                {Key::enable_send, "send"},
                {Key::enable_mute, "mute"}});
    check_zone("18", "auto mode",
               {{Key::mode_trim, "trim"},
                {Key::mode_latch, "latch"},
                {Key::mode_read, "read"},
                {Key::mode_off, "off"},
                {Key::mode_write, "write"},
                {Key::mode_touch, "touch"}});
}

TEST_CASE("HUI: status, groups and editing", "[H2.25][H2.26]") {
    check_zone("19", "status/group",
               {{Key::status_phase, "phase"},
                {Key::status_monitor, "monitor"},
                {Key::status_auto, "auto"},
                {Key::status_suspend, "suspend"},
                {Key::group_create, "create"},
                {Key::group, "group"}});
    check_zone("1A", "edit",
               {{Key::edit_paste, "paste"},
                {Key::edit_cut, "cut"},
                {Key::edit_capture, "capture"},
                {Key::edit_delete, "delete"},
                {Key::edit_copy, "copy"},
                {Key::edit_separate, "separate"}});
}

TEST_CASE("HUI: function keys and parameter edit", "[H2.27][H2.28]") {
    check_zone("1B", "function",
               {{Key::f1, "F1"},
                {Key::f2, "F2"},
                {Key::f3, "F3"},
                {Key::f4, "F4"},
                {Key::f5, "F5"},
                {Key::f6, "F6"},
                {Key::f7, "F7"},
                {Key::f8_escape, "F8/esc"}});
    check_zone("1C", "param edit",
               {{Key::insert_or_parameter, "ins/para"},
                {Key::parameter_assign, "assign"},
                {Key::parameter_select_1, "select 1"},
                {Key::parameter_select_2, "select 2"},
                {Key::parameter_select_3, "select 3"},
                {Key::parameter_select_4, "select 4"},
                {Key::parameter_bypass, "bypass"},
                {Key::parameter_compare, "compare"}});
}

TEST_CASE("HUI: footswitches come, and relays, click and beep go", "[H2.29][H2.30]") {
    check_hui_says("B0 0F 1D B0 2F 40", {pressed(Key::footswitch_1)});
    check_hui_says("B0 0F 1D B0 2F 01", {pressed(Key::footswitch_2, false)});
    check_from_hui_dropped("B0 0F 1D B0 2F 42 B0 2F 43", {}, {.unknown_switch = 2});

    check_host_says("B0 0C 1D B0 2C 40", {lit(Key::relay_1)});
    check_host_says("B0 0C 1D B0 2C 01", {lit(Key::relay_2, false)});
    check_host_says("B0 0C 1D B0 2C 42", {lit(Key::click)});
    check_host_says("B0 0C 1D B0 2C 43 B0 2C 03", {lit(Key::beep), lit(Key::beep, false)});
    check_to_hui_dropped("B0 0C 1D B0 2C 44", {}, {.unknown_switch = 1});
    CHECK(to_string(Switch(Key::relay_2)) == "misc: footswitch 2/relay 2");
}

TEST_CASE("HUI: a switch says whose it is") {
    const Switch mute(SlotKey::mute, Slot(5));
    CHECK(mute.slot_key() == SlotKey::mute);
    CHECK(mute.slot() == Slot(5));
    CHECK_FALSE(mute.key());
    CHECK(Switch(Key::ctrl).key() == Key::ctrl);
    CHECK_FALSE(Switch(Key::ctrl).slot());
    CHECK_FALSE(Switch(Key::ctrl).slot_key());
}
