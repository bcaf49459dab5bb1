#include "sim/mackie_host_settings.hpp"

namespace kedge::sim {

using namespace std::chrono_literals;

namespace {

BankedHostSettings shared_as_ardour() {
    BankedHostSettings shared;
    shared.labels.shortening = Shortening::letters;
    shared.order = RepaintOrder::names_last;
    shared.resaid.names = false;
    shared.pans_on_bank = true;
    shared.faders = {FaderTravel::ardour, 14, true};
    shared.catches_up = false;
    shared.touched_by_moves = 0s;
    shared.ticks_across = 63;
    shared.values.hold = 1s;
    shared.values.held_by_touch = false;
    shared.values.rest = ValueRules::Rest::word_pan;
    shared.meters.telling = MeterRules::Telling::each_time;
    shared.meters.overload = true;
    shared.meters.since_last = true;
    // It tells the peak itself: what falls is the surface's matter.
    shared.mixer.meter_fall_a_second = Decibels(10'000.0);
    shared.play_mode_is_deaf = true;
    shared.undo_takes_back = false;
    return shared;
}

BankedHostSettings shared_as_reaper() {
    BankedHostSettings shared;
    shared.names_empty = true;
    shared.banks = {BankRules::Step::eight, BankRules::LastBank::partial, true, true};
    shared.sysex_gap = 5ms;
    shared.resaid.faders = false;
    shared.resaid.pans = false;
    shared.faders = {FaderTravel::reaper, 14, false};
    // A tick is 1/31 of the way from the middle to a side.
    shared.ticks_across = 62;
    shared.values.shows = false;
    shared.meters.scale = MeterScale::reaper;
    shared.meters.telling = MeterRules::Telling::on_rise;
    shared.meters.every = 66ms;
    shared.meters.mean_of_sides = true;
    shared.mixer = {PanLaw::balance, Decibels(120.0)};
    shared.transport = {true, true, true};
    shared.turn = 33ms;
    shared.hears_at_turns = true;
    shared.selects_one = false;
    return shared;
}

}  // namespace

MackieHostSettings as_ardour() {
    MackieHostSettings settings;
    settings.shared = shared_as_ardour();
    settings.greeting = MackieHostSettings::Greeting::asks;
    settings.last_cell_is_short = true;
    settings.flips = false;
    settings.meter_mode = mackie::MeterMode{true, true, true};
    settings.meter_mode_follows_transport = true;
    settings.held_keys_light_up = true;
    settings.marker_is_a_modifier = true;
    settings.assignment = MackieHostSettings::Assignment::mixer;
    return settings;
}

MackieHostSettings as_reaper() {
    MackieHostSettings settings;
    settings.shared = shared_as_reaper();
    settings.splash = true;
    settings.rings = MackieHostSettings::Rings::dot;
    settings.soloed_blinks = true;
    settings.press_centres_pan = true;
    settings.meter_mode = mackie::MeterMode{true, true, false};
    settings.automation = MackieHostSettings::Automation::reaper;
    settings.save_lit = 1s;
    settings.undo_lit = 150ms;
    settings.digits = MackieHostSettings::Digits::reaper;
    settings.clock_every = 66ms;
    settings.clock_resaid = 2s;
    settings.assignment = MackieHostSettings::Assignment::first_strip;
    return settings;
}

MackieHostSettings as_stubborn() {
    MackieHostSettings settings;
    BankedHostSettings& shared = settings.shared;
    shared.banks = {BankRules::Step::eight, BankRules::LastBank::overlapping, false, false};
    shared.bank_lag = 250ms;
    shared.sysex_gap = 8ms;
    shared.order = RepaintOrder::names_last;
    shared.resaid = {false, false, false, false};
    shared.faders = {FaderTravel::console, 10, false};
    shared.echo = FaderEcho::when_let_go;
    shared.ticks_across = 128;
    shared.values.levels = ValueRules::LevelText::with_unit;
    shared.values.pans = ValueRules::PanText::side;
    shared.values.rest = ValueRules::Rest::pan;
    shared.meters.scale = MeterScale::thresholds;
    shared.meters.telling = MeterRules::Telling::on_rise;
    shared.transport.stop_returns = true;
    shared.turn = 40ms;
    shared.hears_at_turns = true;
    settings.extenders_as_main = true;
    settings.resets_when_leaving = false;
    settings.master_fader = false;
    settings.clock = MackieHostSettings::Clock::smpte;
    settings.digits_on = mackie::DigitChannel::last;
    settings.frames_a_second = 30;
    return settings;
}

}  // namespace kedge::sim
