#include "ardour/ardour_session.hpp"
#include "bench/ardour_feed.hpp"
#include "engine/engine.hpp"
#include "measure/tape.hpp"

#include <cstdio>
#include <fstream>
#include <string>

// Peak memory of a process that does what the daemon does: connected to 1,000 strips, five minutes of tape
// recorded from their meters. Aim: under 64 MiB.

namespace {

using namespace kedge;

constexpr int strips = 1000;
constexpr int tape_ticks = 5 * 60 * 10;

/// The most memory this process ever had resident, in MiB; 0 where the system does not tell.
double peak_mib() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024.0;
    return 0.0;
}

/// Notes what the meters of a tick showed.
void record(const surface::Effects& effects, measure::Tape& tape, SongTime at, const MixerState& mixer) {
    for (const auto& effect : effects) {
        const auto* event = std::get_if<surface::Event>(&effect);
        const auto* meter = event == nullptr ? nullptr : std::get_if<surface::MeterRead>(event);
        if (meter == nullptr) continue;
        const auto* strip = mixer.find(meter->strip);
        const auto track = static_cast<std::size_t>(strip - mixer.strips.data());
        tape.record(track, at, meter->level, strip->fader.value_or(Decibels()),
                    strip->trim.value_or(Decibels()));
    }
}

}  // namespace

int main() {
    const double empty = peak_mib();
    ardour::ArdourSession session;
    bench::PlayingArdour ardour(strips);
    auto now = bench::make_ready(session, ardour);
    const double connected = peak_mib();

    measure::Tape tape;
    for (const auto& strip : session.mixer().strips) tape.add_track(strip);
    surface::Effects effects;
    for (int tick = 0; tick < tape_ticks; ++tick) {
        now += measure::Tape::cell_length;
        ardour.tick([&](std::span<const std::byte> datagram) { session.receive(now, datagram, effects); });
        record(effects, tape, SongTime(tick * measure::Tape::cell_length), session.mixer());
        effects.clear();
    }
    std::printf(
        "%zu strips connected: %.1f MiB; with %zu cells of tape each: %.1f MiB at most (%.1f before "
        "anything); aim: 64\n",
        session.mixer().strips.size(), connected, tape.length(), peak_mib(), empty);
    return 0;
}
