#include "hui/encoder.hpp"

#include "hui/display_sysex.hpp"
#include "hui/wire_numbers.hpp"

#include <algorithm>
#include <cassert>

namespace kedge::hui {

namespace {

/// What both directions have.
class ControllerWriter {
  public:
    explicit ControllerWriter(std::vector<midi::Message>& out) : out_(out) {}

  protected:
    void put(midi::Message message) { out_.push_back(std::move(message)); }
    void control(Unit unit, int controller, midi::Data7 value) {
        put(midi::ControlChange{unit, midi::Data7(controller), value});
    }
    void note(int velocity) { put(midi::NoteOn{Unit(), midi::Data7(), midi::Data7(velocity)}); }
    void port(Unit unit, int controller, Switch which, bool on) {
        control(unit, controller, midi::Data7(which.port() + (on ? wire::port_on : 0)));
    }
    void position(Unit unit, Fader fader, FaderPosition position) {
        const midi::Data14 halves(position.value());
        control(unit, wire::fader_high + fader.number(), halves.high());
        control(unit, wire::fader_low + fader.number(), halves.low());
    }

  private:
    std::vector<midi::Message>& out_;
};

/// Leaves out the zone of a lamp right behind one of the same.
class ToHuiWriter : ControllerWriter {
  public:
    using ControllerWriter::ControllerWriter;

    void write(const ToHui& message) {
        std::visit(*this, message);
        const auto* lamp = std::get_if<SetLamp>(&message);
        lamp_before_ = lamp ? std::optional(*lamp) : std::nullopt;
    }

    void operator()(const Ping& /*ping*/) { note(wire::ping_velocity); }
    void operator()(const SetLamp& set) {
        const bool is_selected =
            lamp_before_ && lamp_before_->unit == set.unit && lamp_before_->lamp.zone() == set.lamp.zone();
        if (!is_selected) control(set.unit, wire::lamp_zone, set.lamp.zone());
        port(set.unit, wire::lamp_port, set.lamp, set.on);
    }
    void operator()(const MoveFader& move) { position(move.unit, move.fader, move.position); }
    void operator()(const ShowRing& show) {
        control(show.unit, wire::ring + show.ring.number(), show.look.coded());
    }
    void operator()(const ShowMeter& show) {
        const midi::Data7 level(static_cast<int>(show.side) * 16 + show.step.number());
        put(midi::PolyPressure{Unit(), midi::Data7(show.slot.number()), level});
    }
    void operator()(const ShowLabel& show) { put(to_sysex(show)); }
    void operator()(const ShowText& show) {
        for (std::span<const ShowText::Cell> cells(show.cells); !cells.empty();) {
            const auto now = std::min(cells.size(), ShowText::most_at_once);
            put(to_sysex(cells.first(now)));
            cells = cells.subspan(now);
        }
    }
    void operator()(const ShowTime& show) { put(to_sysex(show)); }

  private:
    std::optional<SetLamp> lamp_before_;
};

class FromHuiWriter : ControllerWriter {
  public:
    using ControllerWriter::ControllerWriter;

    void operator()(const PingReply& /*reply*/) { note(wire::reply_velocity); }
    void operator()(const SwitchMoved& moved) {
        assert(moved.which.can_be_pressed());
        control(moved.unit, wire::switch_zone, moved.which.zone());
        port(moved.unit, wire::switch_port, moved.which, moved.pressed);
    }
    void operator()(const FaderMoved& moved) { position(moved.unit, moved.fader, moved.position); }
    void operator()(const VPotTurned& turned) {
        control(turned.unit, wire::vpot + turned.vpot.number(), turned.turn.coded());
    }
    void operator()(const JogTurned& turned) { control(turned.unit, wire::jog, turned.turn.coded()); }
    void operator()(const PowerTurned& /*turned*/) { put(midi::RealTime::reset); }
};

}  // namespace

std::vector<midi::Message> to_midi(const ToHui& message) {
    return to_midi(std::span(&message, 1));
}

std::vector<midi::Message> to_midi(const FromHui& message) {
    std::vector<midi::Message> out;
    std::visit(FromHuiWriter(out), message);
    return out;
}

std::vector<midi::Message> to_midi(std::span<const ToHui> messages) {
    std::vector<midi::Message> out;
    ToHuiWriter writer(out);
    for (const auto& message : messages) writer.write(message);
    return out;
}

}  // namespace kedge::hui
