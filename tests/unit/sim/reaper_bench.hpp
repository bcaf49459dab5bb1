#pragma once

#include "sim/simulated_reaper.hpp"
#include "unit/sim/daw_bench.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kedge::sim::test {

/// A few things of everything, at places of the bank and of the current track.
inline constexpr std::string_view reaper_patterns = R"(
DEVICE_TRACK_COUNT 4 i/device/track/count
DEVICE_MARKER_COUNT 2 i/device/marker/count
DEVICE_REGION_COUNT 1
REAPER_TRACK_FOLLOWS REAPER s/reaper/track/follows
DEVICE_TRACK_FOLLOWS DEVICE s/device/track/follows
DEVICE_TRACK_BANK_FOLLOWS DEVICE s/device/track/bank/follows
DEVICE_TRACK_SELECT i/device/track/select t/device/track/select/@
DEVICE_PREV_TRACK t/device/track/-
DEVICE_NEXT_TRACK t/device/track/+
DEVICE_TRACK_BANK_SELECT i/device/track/bank/select
DEVICE_PREV_TRACK_BANK t/device/track/bank/-
DEVICE_NEXT_TRACK_BANK t/device/track/bank/+
DEVICE_MARKER_BANK_SELECT i/device/marker/bank/select
TRACK_NAME s/track/name s/track/@/name
TRACK_NUMBER s/track/@/number/str
TRACK_VOLUME n/track/volume n/track/@/volume
TRACK_VOLUME s/track/volume/str s/track/@/volume/str
TRACK_VOLUME f/track/volume/db f/track/@/volume/db
TRACK_PAN n/track/pan n/track/@/pan
TRACK_PAN s/track/@/pan/str
TRACK_MUTE b/track/mute b/track/@/mute t/track/@/mute/toggle
TRACK_SOLO b/track/solo b/track/@/solo t/track/@/solo/toggle
TRACK_REC_ARM b/track/@/recarm
TRACK_MONITOR b/track/@/monitor i/track/@/monitor
TRACK_SELECT b/track/@/select
TRACK_VU n/track/@/vu
TRACK_VU_L n/track/@/vu/L
TRACK_VU_R n/track/@/vu/R
TRACK_AUTO_TRIM t/track/@/autotrim
TRACK_AUTO_READ t/track/@/autoread
TRACK_AUTO_LATCH t/track/@/autolatch
TRACK_AUTO_TOUCH t/track/@/autotouch
TRACK_AUTO_WRITE t/track/@/autowrite
TRACK_VOLUME_TOUCH b/track/@/volume/touch
TRACK_PAN_TOUCH b/track/@/pan/touch
MASTER_VOLUME n/master/volume s/master/volume/str
MASTER_PAN n/master/pan
MASTER_VU_L n/master/vu/L
MASTER_VU_R n/master/vu/R
PLAY t/play
STOP t/stop
PAUSE t/pause
RECORD t/record
REPEAT t/repeat
ANY_SOLO b/anysolo
TIME f/time s/time/str
BEAT s/beat/str
SAMPLES f/samples
FRAMES s/frames/str
PLAY_RATE f/playrate/raw
TEMPO f/tempo/raw n/tempo
LOOP_START_TIME f/loop/start/time
LOOP_END_TIME f/loop/end/time
MARKER_NAME s/marker/@/name
MARKER_NUMBER s/marker/@/number/str
MARKER_TIME f/marker/@/time
REGION_NAME s/region/@/name
REGION_TIME f/region/@/time
REGION_LENGTH f/region/@/length
LAST_MARKER_NAME s/lastmarker/name
GOTO_MARKER i/marker t/marker/@
GOTO_REGION i/region t/region/@
ACTION i/action s/action/str t/action/@ f/action/@/cc
)";

/// A simulated REAPER, clients that send it messages, and what it says to the device.
class ReaperBench {
  public:
    using Adjust = std::function<void(ReaperSettings&)>;
    explicit ReaperBench(
        std::string_view patterns = reaper_patterns, Song song = recorded_song(),
        const Adjust& adjust = [](ReaperSettings&) {})
        : daw(std::move(song), settings_of(patterns, adjust)) {}

    static constexpr Peer device{0x7F000001, 9000};
    static constexpr Peer somebody{0x0A000001, 1234};

    void send(std::string_view address, std::initializer_list<osc::Argument> arguments, Peer from = device) {
        send_bytes(osc::encode(address, arguments), from);
    }
    void send_bytes(const std::vector<std::byte>& bytes, Peer from = device) {
        std::vector<Datagram> out;
        daw.receive(now, from, bytes, out);
        heard_at_once += out.size();
    }
    /// What the device hears while time passes, message by message, bundles unpacked.
    Lines pass(Duration span) {
        Lines lines;
        for (const auto& [at, bytes] : pass_raw(span))
            for (const osc::Message& message : osc::decode(bytes).messages) lines.push_back(line_of(message));
        return lines;
    }
    /// Datagrams with the instants they leave at.
    std::vector<std::pair<Instant, std::vector<std::byte>>> pass_raw(Duration span) {
        std::vector<std::pair<Instant, std::vector<std::byte>>> heard;
        const Instant until = now + span;
        while (daw.next_wake() <= until) {
            std::vector<Datagram> out;
            now = std::max(now, daw.next_wake());
            daw.advance(now, out);
            for (Datagram& each : out) {
                strays += each.to == device ? 0 : 1;
                heard.emplace_back(now, std::move(each.bytes));
            }
        }
        now = until;
        return heard;
    }
    /// Sends, and hears what came of it: two turns and the packets' waits.
    Lines ask(std::string_view address, std::initializer_list<osc::Argument> arguments) {
        send(address, arguments);
        return pass(400ms);
    }
    /// The surface has said all it has to say of itself.
    ReaperBench& settle() {
        pass(1s);
        return *this;
    }
    SimStrip& strip(std::size_t place) { return daw.engine().strips().at(place); }

    SimulatedReaper daw;
    Instant now{};
    std::size_t heard_at_once = 0;  ///< datagrams that left before a turn
    int strays = 0;                 ///< datagrams to anybody else

  private:
    static ReaperSettings settings_of(std::string_view patterns, const Adjust& adjust) {
        ReaperSettings settings;
        settings.patterns = reaper::PatternFile::read(patterns);
        settings.feedback_to = device;
        adjust(settings);
        return settings;
    }
};

/// The patterns without the lines that begin so.
inline std::string patterns_without(std::string_view start) {
    std::string kept;
    std::string_view rest = reaper_patterns;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size() - 1) + 1;
        if (!rest.substr(0, end).starts_with(start)) kept += rest.substr(0, end);
        rest.remove_prefix(end);
    }
    return kept;
}

}  // namespace kedge::sim::test
