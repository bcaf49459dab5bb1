#include "bench/ardour_feed.hpp"
#include "measure/statistics.hpp"
#include "measure/tape_file.hpp"
#include "mix/mix.hpp"
#include "osc/osc.hpp"
#include "sim/built_in_song.hpp"
#include "support/shipped_rules.hpp"

#include <cstdio>
#include <fstream>
#include <random>
#include <string>

#include <malloc.h>

// Peak memory of a process that does what the daemon does: connected to 1,000 strips, an hour of tape
// recorded from their meters, a plan made of it. Aim: under 64 MiB.

namespace {

using namespace kedge;

constexpr int strips = 1000;
constexpr int tape_ticks = 60 * 60 * 10;

/// The most memory this process ever had resident, in MiB; 0 where the system does not tell.
double peak_mib() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024.0;
    return 0.0;
}

/// A meter's datagram, whose last four bytes are the level.
std::vector<std::byte> meter_datagram(int ssid, float level) {
    return osc::encode("/strip/meter/" + std::to_string(ssid), {level});
}

/// Notes what the meters of a tick showed; tracks stand in the order of the strips.
void record(const surface::Effects& effects, measure::Tape& tape, SongTime at, const MixerState& mixer) {
    for (const auto& effect : effects) {
        const auto* event = std::get_if<surface::Event>(&effect);
        const auto* meter = event == nullptr ? nullptr : std::get_if<surface::MeterRead>(event);
        if (meter == nullptr) continue;
        const std::size_t track = meter->strip.value - 1;
        const Strip& strip = mixer.strips[track];
        tape.record(track, at, meter->level, strip.fader.value_or(Decibels()),
                    strip.trim.value_or(Decibels()));
    }
}

struct Connected {
    ardour::ArdourSession session;
    Instant now;
};

/// What the simulated DAW took is not the daemon's, and is given back.
Connected connect() {
    const auto without_daw = [] {
        bench::ConnectedSession connected(sim::many_strips_song(strips - 1));
        return Connected{connected.session(), connected.now()};
    }();
    malloc_trim(0);
    return without_daw;
}

measure::Tape record_an_hour(Connected& connected) {
    auto& session = connected.session;
    measure::Tape tape;
    for (const auto& strip : session.mixer().strips) tape.add_track(strip);
    // Levels that jump about in all of the range: the worst that can come.
    std::mt19937 random(3);
    std::uniform_real_distribution<float> level(-60.0F, -3.0F);
    std::vector<std::vector<std::byte>> meters;
    for (int ssid = 1; ssid <= strips; ++ssid) meters.push_back(meter_datagram(ssid, level(random)));
    surface::Effects effects;
    for (int tick = 0; tick < tape_ticks; ++tick) {
        for (auto& meter : meters) {
            std::swap(meter[meter.size() - 3], meters[random() % meters.size()].back());
            session.receive(connected.now, meter, effects);
        }
        record(effects, tape, SongTime(tick * measure::Tape::cell_length), session.mixer());
        effects.clear();
    }
    return tape;
}

std::size_t moves_of_plan(const ardour::ArdourSession& session, const measure::Tape& tape) {
    const auto profile = test::shipped_balance("acoustic");
    const auto& capabilities = session.capabilities();
    const auto statistics =
        measure::statistics(tape, capabilities.meter, capabilities.meter_point, profile.activity);
    std::vector<mix::RoledStrip> roles;
    for (const Strip& strip : session.mixer().strips) {
        const Role role = roles.empty() ? Role::kick : all_roles()[roles.size() % role_count];
        roles.push_back({strip.id, role, "set by hand"});
    }
    const auto plan = mix::plan_mix({session.mixer(), roles, statistics, profile, capabilities, {}, {}});
    return plan ? plan->moves.size() : 0;
}

}  // namespace

int main() {
    const double empty = peak_mib();
    auto connected = connect();
    const double ready = peak_mib();
    const auto tape = record_an_hour(connected);
    const double recorded = peak_mib();
    std::size_t file_size = 0;
    measure::encode_tape({connected.session.mixer().session, {}, tape, {}},
                         [&](std::span<const std::byte> piece) { file_size += piece.size(); });
    const double stored = peak_mib();
    const std::size_t moves = moves_of_plan(connected.session, tape);
    std::printf(
        "peak memory: %.1f MiB before anything, %.1f connected to %zu strips (with the simulated DAW in the "
        "same "
        "process), %.1f with an hour of tape, %.1f with its file of %zu MB written, %.1f with a plan of %zu "
        "moves; "
        "aim: under 64\n",
        empty, ready, connected.session.mixer().strips.size(), recorded, stored, file_size / 1'000'000,
        peak_mib(), moves);
    return 0;
}
