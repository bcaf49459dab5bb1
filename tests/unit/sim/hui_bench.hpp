#pragma once

#include "hui/encoder.hpp"
#include "hui/to_hui_decoder.hpp"
#include "midi/encoder.hpp"
#include "sim/simulated_hui.hpp"
#include "support/midi_bytes.hpp"
#include "unit/sim/mackie_bench.hpp"

#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace kedge::sim::test {

/// What a HUI shows after all that it was told. Of several on one port by their MIDI channels.
struct HuiSeen {
    std::map<std::pair<int, int>, int> faders;          ///< by unit and fader
    std::map<std::pair<int, hui::Switch>, bool> lamps;  ///< by unit
    std::map<std::pair<int, int>, int> rings;
    std::map<std::pair<int, hui::Side>, int> levels;  ///< by slot
    std::map<int, std::string> labels;
    std::map<int, std::string> zones;
    hui::TimeDisplay time;

    void see(const hui::ToHui& message) {
        if (const auto* move = std::get_if<hui::MoveFader>(&message))
            faders[{move->unit.number(), move->fader.number()}] = move->position.value();
        if (const auto* lamp = std::get_if<hui::SetLamp>(&message))
            lamps[{lamp->unit.number(), lamp->lamp}] = lamp->on;
        if (const auto* ring = std::get_if<hui::ShowRing>(&message))
            rings[{ring->unit.number(), ring->ring.number()}] = ring->look.step.number();
        if (const auto* level = std::get_if<hui::ShowMeter>(&message))
            levels[{level->slot.number(), level->side}] = level->step.number();
        if (const auto* label = std::get_if<hui::ShowLabel>(&message))
            labels[label->display.number()] = hui::in_ascii(label->label);
        if (const auto* text = std::get_if<hui::ShowText>(&message))
            for (const auto& cell : text->cells) zones[cell.zone.number()] = hui::in_ascii(cell.text);
        if (const auto* digits = std::get_if<hui::ShowTime>(&message)) time.show(*digits);
    }
};

/// A simulated host of HUIs, the HUIs, and what they are told. They answer pings unless told not to.
class HuiBench {
  public:
    struct Heard {
        Instant at;
        std::size_t port;
        hui::ToHui message;
    };
    explicit HuiBench(const HuiHostSettings& settings = hui_as_pro_tools(), Song song = short_named_song(20))
        : daw(std::move(song), settings),
          seen(static_cast<std::size_t>(settings.shared.units)),
          decoders_(seen.size()) {}

    std::vector<Heard> send(const hui::FromHui& message, std::size_t port = 0) {
        std::vector<Heard> heard;
        for (const midi::Message& each : hui::to_midi(message)) {
            std::vector<Datagram> out;
            Peer from;
            from.port = static_cast<std::uint16_t>(port);
            daw.receive(now, from, midi::encode(each), out);
            keep(out, heard);
        }
        return heard;
    }
    std::vector<Heard> pass(Duration span) {
        std::vector<Heard> heard;
        const Instant until = now + span;
        while (daw.next_wake() <= until) {
            std::vector<Datagram> out;
            now = std::max(now, daw.next_wake());
            daw.advance(now, out);
            const std::size_t before = heard.size();
            keep(out, heard);
            for (std::size_t i = before, count = heard.size(); answers && i < count; ++i)
                if (std::holds_alternative<hui::Ping>(heard[i].message))
                    for (Heard& each : send(hui::PingReply{}, heard[i].port))
                        heard.push_back(std::move(each));
        }
        now = until;
        return heard;
    }
    std::vector<Heard> press(hui::Switch which, std::size_t port = 0, hui::Unit unit = {},
                             Duration span = 400ms) {
        auto heard = send(hui::SwitchMoved{unit, which, true}, port);
        for (Heard& each : send(hui::SwitchMoved{unit, which, false}, port)) heard.push_back(std::move(each));
        for (Heard& each : pass(span)) heard.push_back(std::move(each));
        return heard;
    }
    [[nodiscard]] bool lit(hui::Switch which, int unit = 0) const {
        const auto found = seen[0].lamps.find({unit, which});
        return found != seen[0].lamps.end() && found->second;
    }
    [[nodiscard]] std::vector<std::string> labels(std::size_t port = 0) const {
        std::vector<std::string> all;
        for (const auto& [display, text] : seen.at(port).labels) {
            all.push_back(text);
            while (!all.back().empty() && all.back().back() == ' ') all.back().pop_back();
        }
        return all;
    }
    SimStrip& strip(std::size_t index) { return daw.engine().strips().at(index); }

    SimulatedHui daw;
    Instant now{};
    std::vector<HuiSeen> seen;  ///< by port
    bool answers = true;

  private:
    void keep(const std::vector<Datagram>& out, std::vector<Heard>& heard) {
        for (const Datagram& datagram : out)
            for (const midi::Message& message : kedge::test::midi_messages(datagram.bytes))
                if (const auto said = decoders_.at(datagram.to.port).receive(message)) {
                    seen.at(datagram.to.port).see(*said);
                    heard.push_back({now, datagram.to.port, *said});
                }
    }
    std::vector<hui::ToHuiDecoder> decoders_;
};

template <typename Kind>
std::vector<Kind> only(const std::vector<HuiBench::Heard>& heard) {
    std::vector<Kind> kept;
    for (const auto& each : heard)
        if (const auto* kind = std::get_if<Kind>(&each.message)) kept.push_back(*kind);
    return kept;
}

}  // namespace kedge::sim::test
