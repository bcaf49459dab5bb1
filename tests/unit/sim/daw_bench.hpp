#pragma once

#include "sim/simulated_ardour.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace kedge::sim::test {

using namespace std::chrono_literals;

/// A stem of one level throughout.
inline Stem steady(std::string name, float level, int seconds = 4, int channels = 1) {
    const auto samples = static_cast<std::size_t>(48000 * seconds * channels);
    return {std::move(name), channels, std::make_shared<const std::vector<float>>(samples, level)};
}

/// The song the real Ardour was recorded with, but for its MIDI track.
inline Song recorded_song() {
    Song song;
    song.name = "truth";
    song.stems = {steady("Kick", 0.5F), steady("OH", 0.25F, 4, 2), steady("Bass DI", 0.1F)};
    song.markers = {
        {"Intro", SongTime()}, {"Verse", SongTime::from_seconds(4)}, {"Chorus", SongTime::from_seconds(8)}};
    return song;
}

/// A message as a line: "/strip/gain/1 f-6.00", "/reply sAT sKick i1".
inline std::string line_of(const osc::Message& message) {
    std::string line(message.address());
    for (std::size_t i = 0; i < message.size(); ++i) {
        if (const auto whole = message.int32(i)) {
            line += fmt::format(" i{}", *whole);
        } else if (const auto number = message.float32(i)) {
            line += fmt::format(" f{:.2f}", std::abs(*number) < 0.005F ? 0.0F : *number);
        } else if (const auto text = message.string(i)) {
            line += fmt::format(" s{}", *text);
        } else if (const auto wide = message.int64(i)) {
            line += fmt::format(" h{}", *wide);
        } else {
            line += fmt::format(" {}{}", message.types()[i], message.number(i).value_or(0.0));
        }
    }
    return line;
}

/// A datagram of one message as a line.
inline std::string line_of(const std::vector<std::byte>& bytes) {
    const auto decoded = osc::decode(bytes);
    if (decoded.malformed || decoded.messages.size() != 1) return "malformed";
    return line_of(decoded.messages.front());
}

using Lines = std::vector<std::string>;

/// A simulated Ardour, clients that send it messages, and what it says to each.
class DawBench {
  public:
    explicit DawBench(Song song = recorded_song()) : daw(std::move(song)) {}

    static constexpr Peer one{0x7F000001, 9001};
    static constexpr Peer two{0x7F000001, 9002};
    /// Buttons, values, numbers in paths, heartbeat, globals, bars, meters, samples, /reply.
    static constexpr std::int32_t everything = 17599;

    /// What `from` hears at once.
    Lines send(std::string_view address, std::initializer_list<osc::Argument> arguments, Peer from = one) {
        std::vector<Datagram> out;
        daw.receive(now, from, osc::encode(address, arguments), out);
        return keep(out, from);
    }
    Lines greet(std::int32_t types = 575, std::int32_t feedback = everything, std::int32_t gainmode = 0,
                Peer from = one) {
        return send("/set_surface", {std::int32_t{0}, types, feedback, gainmode}, from);
    }
    /// What `to` hears while time passes.
    Lines pass(Duration span, Peer to = one) {
        std::vector<Datagram> out;
        now += span;
        daw.advance(now, out);
        return keep(out, to);
    }
    /// What `to` hears of what a person does: `act(out)`.
    template <typename Act>
    Lines person(Act act, Peer to = one) {
        std::vector<Datagram> out;
        act(out);
        return keep(out, to);
    }
    std::size_t index(std::string_view name) const {
        const auto& strips = daw.engine().strips();
        const auto found =
            std::find_if(strips.begin(), strips.end(), [&](const SimStrip& s) { return s.name == name; });
        return static_cast<std::size_t>(found - strips.begin());
    }
    SimStrip& strip(std::string_view name) { return daw.engine().strips().at(index(name)); }

    SimulatedArdour daw;
    Instant now{};

  private:
    static Lines keep(const std::vector<Datagram>& out, Peer to) {
        Lines lines;
        for (const Datagram& datagram : out)
            if (datagram.to == to) lines.push_back(line_of(datagram.bytes));
        return lines;
    }
};

/// The lines whose address begins so.
inline Lines only(const Lines& lines, std::string_view start) {
    Lines kept;
    std::copy_if(lines.begin(), lines.end(), std::back_inserter(kept),
                 [&](const std::string& line) { return line.starts_with(start); });
    return kept;
}

inline bool holds(const Lines& lines, std::string_view line) {
    return std::find(lines.begin(), lines.end(), line) != lines.end();
}

}  // namespace kedge::sim::test
