#pragma once

#include "io/event_loop.hpp"
#include "io/midi_wire.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace kedge::test {

using MidiBytes = std::vector<std::byte>;

inline MidiBytes midi(std::initializer_list<int> numbers) {
    MidiBytes bytes;
    for (const int each : numbers) bytes.push_back(static_cast<std::byte>(each));
    return bytes;
}

/// SysEx of so many bytes in all, whose content depends on `seed`.
inline MidiBytes sysex(std::size_t length, int seed) {
    MidiBytes bytes = midi({0xF0});
    for (std::size_t i = 2; i < length; ++i)
        bytes.push_back(static_cast<std::byte>((i * 31 + static_cast<std::size_t>(seed)) % 128));
    bytes.push_back(std::byte{0xF7});
    return bytes;
}

/// A MidiWire and what it said.
struct WiredEnd {
    WiredEnd(std::vector<std::string> units, const std::string& client, io::EventLoop& the_loop)
        : loop(the_loop), plugged(units.size()), heard(units.size()) {
        auto opened = io::MidiWire::open({std::move(units), client}, loop);
        INFO((opened ? "" : opened.error().message));
        REQUIRE(opened);
        wire = std::move(*opened);
        wire->listen({[this](std::size_t unit, std::span<const std::byte> bytes) {
                          CHECK(plugged.at(unit));
                          heard.at(unit).emplace_back(bytes.begin(), bytes.end());
                      },
                      [this](std::size_t unit, bool plugged_in) {
                          CHECK(plugged.at(unit) != plugged_in);
                          plugged.at(unit) = plugged_in;
                          ++changes;
                      }});
    }

    /// Whether all units come to be plugged in, or none.
    bool comes_to_be(bool plugged_in) {
        return loop.run_until([&] { return plugged == std::vector<bool>(plugged.size(), plugged_in); },
                              std::chrono::seconds(15));
    }
    /// Whether it comes to be told that it was unplugged, and plugged in again, also both at once.
    bool comes_back() {
        return loop.run_until([this, before = changes] { return changes == before + 2; },
                              std::chrono::seconds(15));
    }
    bool hears(std::size_t messages, std::size_t unit = 0) {
        return loop.run_until([&] { return heard[unit].size() >= messages; }, std::chrono::seconds(15));
    }
    bool send(const MidiBytes& bytes, std::size_t unit = 0) const { return wire->send(unit, bytes); }

    io::EventLoop& loop;
    std::unique_ptr<io::MidiWire> wire;
    std::vector<bool> plugged;
    std::vector<std::vector<MidiBytes>> heard;
    int changes = 0;
};

/// Whether bytes pass both ways just now.
inline bool talk(WiredEnd& one, WiredEnd& other, int note) {
    const auto hello = midi({0x90, note, 0x7F});
    const auto answer = midi({0x80, note, 0x00});
    const auto one_heard = one.heard[0].size();
    const auto other_heard = other.heard[0].size();
    if (!one.send(hello) || !other.send(answer)) return false;
    return one.hears(one_heard + 1) && other.hears(other_heard + 1) && one.heard[0].back() == answer &&
           other.heard[0].back() == hello;
}

}  // namespace kedge::test
