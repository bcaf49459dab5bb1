#include "sim/hui_host_settings.hpp"

namespace kedge::sim {

using namespace std::chrono_literals;

namespace {

constexpr int small_display = 4;

BankedHostSettings shared_of_huis() {
    BankedHostSettings shared;
    shared.labels.width = small_display;
    shared.meters.scale = MeterScale::thresholds;
    shared.meters.both_sides = true;
    shared.meters.every = 40ms;
    shared.values.levels = ValueRules::LevelText::with_unit;
    shared.values.pans = ValueRules::PanText::side;
    return shared;
}

}  // namespace

HuiHostSettings hui_as_pro_tools() {
    HuiHostSettings settings;
    settings.shared = shared_of_huis();
    settings.shared.faders = {FaderTravel::reaper, 14, false};
    settings.shared.banks.last_bank = BankRules::LastBank::overlapping;
    settings.shared.bank_lag = 50ms;
    settings.shared.echo = FaderEcho::when_let_go;
    settings.shared.ticks_across = 100;
    settings.shared.mixer = {PanLaw::balance, Decibels(26.0)};
    return settings;
}

HuiHostSettings hui_as_reaper() {
    HuiHostSettings settings;
    settings.shared = shared_of_huis();
    settings.shared.banks = {BankRules::Step::eight, BankRules::LastBank::running_out, true, true};
    settings.shared.faders = {FaderTravel::reaper, 14, false};
    settings.shared.resaid.faders = false;
    settings.shared.resaid.pans = false;
    settings.shared.ticks_across = 126;
    settings.shared.values.shows = false;
    settings.shared.meters.telling = MeterRules::Telling::never;
    settings.shared.mixer = {PanLaw::balance, Decibels(120.0)};
    settings.shared.transport = {true, true, true};
    settings.shared.turn = 33ms;
    settings.shared.hears_at_turns = true;
    settings.shared.selects_one = false;
    settings.answer_within = 0s;
    settings.units_by_channel = true;
    settings.main_display = false;
    settings.time_display = false;
    settings.automation_keys = false;
    settings.clears_labels_when_leaving = true;
    return settings;
}

HuiHostSettings hui_as_stubborn() {
    HuiHostSettings settings = hui_as_pro_tools();
    settings.shared.faders = {FaderTravel::console, 10, false};
    settings.shared.banks.step = BankRules::Step::eight;
    settings.shared.bank_lag = 250ms;
    settings.shared.sysex_gap = 8ms;
    settings.shared.order = RepaintOrder::names_last;
    settings.shared.resaid = {false, false, false, false};
    settings.shared.ticks_across = 128;
    settings.shared.turn = 40ms;
    settings.shared.hears_at_turns = true;
    return settings;
}

}  // namespace kedge::sim
