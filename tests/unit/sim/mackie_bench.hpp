#pragma once

#include "mackie/device_codec.hpp"
#include "mackie/host_codec.hpp"
#include "midi/encoder.hpp"
#include "sim/simulated_mackie.hpp"
#include "support/midi_bytes.hpp"
#include "unit/sim/daw_bench.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace kedge::sim::test {

/// So many tracks of one level, "Track 1" and on.
inline Song numbered_song(int tracks, float level = 0.25F) {
    Song song;
    song.name = "numbered";
    const Stem stem = steady("", level, 1);
    for (int i = 1; i <= tracks; ++i) {
        song.stems.push_back(stem);
        song.stems.back().name = "Track " + std::to_string(i);
    }
    return song;
}

/// What a unit shows after all that it was told.
struct MackieUnitSeen {
    mackie::Lcd lcd;
    std::map<mackie::Fader, int> faders;
    std::map<mackie::Button, mackie::Led> leds;
    std::map<mackie::Indicator, mackie::Led> indicators;
    std::map<mackie::Slot, mackie::Ring> rings;
    std::map<mackie::Slot, int> levels;
    mackie::SegmentDisplay digits;

    void see(const mackie::HostMessage& message) {
        if (const auto* write = std::get_if<mackie::WriteLcd>(&message))
            lcd.write(write->offset, write->text);
        if (const auto* move = std::get_if<mackie::MoveFader>(&message))
            faders[move->fader] = move->position.value();
        if (const auto* led = std::get_if<mackie::SetLed>(&message)) leds[led->button] = led->led;
        if (const auto* led = std::get_if<mackie::SetIndicator>(&message))
            indicators[led->indicator] = led->led;
        if (const auto* ring = std::get_if<mackie::SetRing>(&message)) rings[ring->slot] = ring->ring;
        if (const auto* level = std::get_if<mackie::ShowLevel>(&message))
            levels[level->slot] = level->level.segments();
        if (const auto* digit = std::get_if<mackie::SetDigit>(&message))
            digits.show(digit->place, digit->digit);
    }
};

/// A simulated host of a Mackie Control, the units, and what they are told.
class MackieBench {
  public:
    struct Heard {
        Instant at;
        std::size_t port;
        mackie::HostMessage message;
        std::string hex;
    };
    explicit MackieBench(const MackieHostSettings& settings = as_reaper(), Song song = numbered_song(20))
        : daw(std::move(song), settings), seen(static_cast<std::size_t>(settings.shared.units)) {}

    /// What is told at once.
    std::vector<Heard> send(const mackie::DeviceMessage& message, std::size_t port = 0,
                            mackie::Model from = mackie::Model::main_unit) {
        return send_bytes(midi::encode(mackie::write_to_host(message, from)), port);
    }
    std::vector<Heard> send_bytes(const std::vector<std::byte>& bytes, std::size_t port = 0) {
        std::vector<Datagram> out;
        Peer from;
        from.port = static_cast<std::uint16_t>(port);
        daw.receive(now, from, bytes, out);
        return keep(out);
    }
    std::vector<Heard> pass(Duration span) {
        std::vector<Heard> heard;
        const Instant until = now + span;
        while (daw.next_wake() <= until) {
            std::vector<Datagram> out;
            now = std::max(now, daw.next_wake());
            daw.advance(now, out);
            for (Heard& each : keep(out)) heard.push_back(std::move(each));
        }
        now = until;
        return heard;
    }
    /// Pressed and let go; what was told of it until it was all said.
    std::vector<Heard> press(mackie::Button button, std::size_t port = 0, Duration span = 400ms) {
        auto heard = send(mackie::ButtonMoved{button, true}, port);
        for (Heard& each : send(mackie::ButtonMoved{button, false}, port)) heard.push_back(std::move(each));
        for (Heard& each : pass(span)) heard.push_back(std::move(each));
        return heard;
    }
    /// Every unit says that it was turned on, and is told everything.
    MackieBench& greet() {
        pass(100ms);
        for (std::size_t port = 0; port < seen.size(); ++port)
            send(mackie::ConnectionQuery{mackie::greeting_serial, mackie::plain_challenge}, port,
                 port == 0 ? mackie::Model::main_unit : mackie::Model::extender);
        pass(3s);
        return *this;
    }
    [[nodiscard]] std::string cell(mackie::LcdLine line, int slot, std::size_t port = 0) const {
        std::string text = seen.at(port).lcd.cell(line, mackie::Slot(slot));
        while (!text.empty() && text.back() == ' ') text.pop_back();
        return text;
    }
    [[nodiscard]] std::string name(int slot, std::size_t port = 0) const {
        return cell(mackie::LcdLine::upper, slot, port);
    }
    [[nodiscard]] std::string value(int slot, std::size_t port = 0) const {
        return seen.at(port).lcd.cell(mackie::LcdLine::lower, mackie::Slot(slot));
    }
    [[nodiscard]] std::vector<std::string> names(std::size_t port = 0) const {
        std::vector<std::string> all;
        for (int slot = 0; slot < mackie::Slot::count; ++slot) all.push_back(name(slot, port));
        return all;
    }
    [[nodiscard]] int fader(int slot, std::size_t port = 0) const {
        return seen.at(port).faders.at(mackie::Slot(slot));
    }
    [[nodiscard]] mackie::Led led(mackie::Button button, std::size_t port = 0) const {
        const auto found = seen.at(port).leds.find(button);
        return found == seen.at(port).leds.end() ? mackie::Led::off : found->second;
    }
    SimStrip& strip(std::size_t index) { return daw.engine().strips().at(index); }

    SimulatedMackie daw;
    Instant now{};
    std::vector<MackieUnitSeen> seen;  ///< by port
    int unreadable = 0;

  private:
    std::vector<Heard> keep(const std::vector<Datagram>& out) {
        std::vector<Heard> heard;
        for (const Datagram& datagram : out)
            for (const midi::Message& message : kedge::test::midi_messages(datagram.bytes)) {
                const auto read = mackie::read_from_host(message);
                if (!read) {
                    ++unreadable;
                    continue;
                }
                seen.at(datagram.to.port).see(read->message);
                heard.push_back({now, datagram.to.port, read->message, kedge::test::to_hex(datagram.bytes)});
            }
        return heard;
    }
};

/// The messages of one kind, in their order.
template <typename Kind>
std::vector<Kind> only(const std::vector<MackieBench::Heard>& heard) {
    std::vector<Kind> kept;
    for (const auto& each : heard)
        if (const auto* kind = std::get_if<Kind>(&each.message)) kept.push_back(*kind);
    return kept;
}

/// As hexadecimal, of one port.
inline Lines hex_of(const std::vector<MackieBench::Heard>& heard, std::size_t port = 0) {
    Lines lines;
    for (const auto& each : heard)
        if (each.port == port) lines.push_back(each.hex);
    return lines;
}

/// Names of tracks whose first letters tell them apart: "T1", "T2" …
inline Song short_named_song(int tracks) {
    Song song = numbered_song(tracks);
    for (std::size_t i = 0; i < song.stems.size(); ++i) song.stems[i].name = "T" + std::to_string(i + 1);
    return song;
}

/// "T9" to "T16", and blanks for what is missing.
inline std::vector<std::string> short_names(int from, int to) {
    std::vector<std::string> names;
    for (int number = from; number < from + mackie::Slot::count; ++number)
        names.push_back(number <= to ? "T" + std::to_string(number) : "");
    return names;
}

}  // namespace kedge::sim::test
