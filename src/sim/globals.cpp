#include "sim/ardour_words.hpp"
#include "sim/fader_law.hpp"
#include "sim/simulated_ardour.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>

namespace kedge::sim {

namespace {

void send_master(Peer to, const SurfaceRecord& record, const SimStrip& master, std::vector<Datagram>& out) {
    const auto mode = record.settings[SurfaceRecord::gainmode];
    send(to, "/master/name", {std::string_view(master.name)}, out);
    send(to, "/master/mute", {master.muted ? 1.0F : 0.0F}, out);
    send(to, "/master/trimdB", {to_wire(master.trim, silent_fader)}, out);
    send(to, "/master/pan_stereo_position", {pan_to_wire(master.pan)}, out);
    if (mode != 0) send(to, "/master/fader", {static_cast<float>(fader_position(master.fader))}, out);
    if (mode == 0 || mode == 2) send(to, "/master/gain", {to_wire(master.fader, silent_fader)}, out);
}

}  // namespace

/// The section of master and transport, in Ardour's order. The marker is not looked up yet: it seems to lie
/// ahead.
void SimulatedArdour::send_globals(Peer to, SurfaceRecord& record, std::vector<Datagram>& out) const {
    if (!record.wants(bits_watched)) return;
    record.position = -1;
    record.marker.clear();
    if (!record.wants(bit_globals)) return;
    const auto flag = [&](std::string_view address, bool on) { send(to, address, {on ? 1.0F : 0.0F}, out); };
    send_master(to, record, engine_.master(), out);
    flag("/loop_toggle", false);
    flag("/transport_play", engine_.rolling());
    flag("/toggle_roll", engine_.rolling());
    flag("/transport_stop", !engine_.rolling());
    flag("/rewind", false);
    flag("/ffwd", false);
    flag("/rec_enable_toggle", false);
    flag("/record_tally", std::any_of(engine_.strips().begin(), engine_.strips().end(),
                                      [](const SimStrip& strip) { return strip.record_enabled; }));
    const std::string mark = markers_.empty() ? "No Marks" : "-> " + markers_.front().name;
    send(to, "/marker", {std::string_view(mark)}, out);
    send(to, "/session_name", {std::string_view(engine_.song().name)}, out);
    flag("/cancel_all_solos", engine_.any_solo());
    send(to, "/click/level", {static_cast<float>(fader_position(Decibels()))}, out);
    send_groups(to, out);
    flag("/toggle_punch_in", false);
    flag("/toggle_punch_out", false);
    flag("/toggle_click", false);
    send(to, "/jog/mode/name", {std::string_view("Jog")}, out);
    send(to, "/jog/mode", {std::int32_t{0}}, out);
    send_position(to, record, out);
}

void SimulatedArdour::send_groups(Peer to, std::vector<Datagram>& out) const {
    std::vector<osc::Argument> names = {std::string_view("none")};
    for (const SimStrip& strip : engine_.strips()) {
        const osc::Argument name = std::string_view(strip.group);
        if (!strip.group.empty() && std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
    }
    out.push_back({to, osc::encode("/group/list", names)});
}

namespace {
/// Where the song is by its bars: "002|03|0440", to the nearest tick.
std::string bar_text(std::int64_t sample, const Song& song) {
    constexpr double ticks_a_beat = 1920.0;
    const double beats =
        static_cast<double>(sample) / static_cast<double>(song.rate.hertz) * song.tempo.beats_a_minute / 60.0;
    const auto ticks = std::llround(beats * ticks_a_beat);
    const auto beat = ticks / static_cast<std::int64_t>(ticks_a_beat);
    return fmt::format("{:03}|{:02}|{:04}", beat / song.tempo.beats_a_bar + 1,
                       beat % song.tempo.beats_a_bar + 1, ticks % static_cast<std::int64_t>(ticks_a_beat));
}
}  // namespace

/// Bar and position, as strings, and marker, when they changed.
void SimulatedArdour::send_position(Peer to, SurfaceRecord& record, std::vector<Datagram>& out) const {
    if (record.position == engine_.position()) return;
    record.position = engine_.position();
    if (record.wants(bit_bars))
        send(to, "/position/bbt", {std::string_view(bar_text(record.position, engine_.song()))}, out);
    if (record.wants(bit_samples))
        send(to, "/position/samples", {std::string_view(std::to_string(record.position))}, out);
    if (!record.wants(bit_globals)) return;
    const std::string text = marker_text();
    if (text == record.marker) return;
    record.marker = text;
    send(to, "/marker", {std::string_view(text)}, out);
}

}  // namespace kedge::sim
