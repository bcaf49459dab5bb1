#include "hui/hui_panel.hpp"

#include "hui/encoder.hpp"
#include "midi/encoder.hpp"

#include <algorithm>
#include <cassert>
#include <string>
#include <utility>

namespace kedge::hui {

using banked::PanelKey;
using banked::PanelOut;
using banked::SlotNumber;
using surface::Effects;

namespace {

constexpr Unit first_unit;
constexpr Duration longest_silence = std::chrono::milliseconds(3'500);

std::optional<Key> key_of(PanelKey key) {
    switch (key) {
        case PanelKey::bank_left:
            return Key::bank_left;
        case PanelKey::bank_right:
            return Key::bank_right;
        case PanelKey::channel_left:
            return Key::channel_left;
        case PanelKey::channel_right:
            return Key::channel_right;
        case PanelKey::play:
            return Key::play;
        case PanelKey::stop:
            return Key::stop;
        case PanelKey::save:
            return Key::save;
        case PanelKey::flip:
        case PanelKey::time_format:
            break;
    }
    return std::nullopt;
}

std::string cut_blanks(const std::string& text) {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string::npos) return "";
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

}  // namespace

HuiPanel::HuiPanel(std::size_t units) {
    [[maybe_unused]] constexpr std::size_t most_units = 4;
    assert(units >= 1 && units <= most_units);
    units_.resize(units);
    shown_.resize(units * Slot::count);
    meters_.resize(shown_.size());
}

SlotNumber HuiPanel::number_of(std::size_t port, int slot) const {
    return port * Slot::count + static_cast<std::size_t>(slot);
}

void HuiPanel::say(std::size_t port, const FromHui& message, Effects& out) const {
    for (const auto& each : to_midi(message)) out.emplace_back(surface::SendBytes{midi::encode(each), port});
}

void HuiPanel::plugged(std::size_t port, PanelOut& out) {
    unplugged(port);
    say(port, PowerTurned{}, out.effects);
}

void HuiPanel::unplugged(std::size_t port) {
    units_.at(port) = Port();
    for (int slot = 0; slot < Slot::count; ++slot) {
        shown_.at(number_of(port, slot)) = {};
        meters_.at(number_of(port, slot)) = {};
    }
    if (port == 0) {
        lower_line_.assign(line_width, ' ');
        held_.reset();
        time_ = {};
        counts_hours_.reset();
    }
}

void HuiPanel::announce(PanelOut& out) {
    absent_ = false;
    for (std::size_t port = 0; port < units_.size(); ++port) say(port, PowerTurned{}, out.effects);
}

/// Pings come once a second, and are missed for two; so long also passes until the DAW finds it back.
Duration HuiPanel::absence() const {
    return longest_silence;
}

void HuiPanel::receive(Instant now, std::size_t port, std::span<const std::byte> bytes, PanelOut& out) {
    std::vector<midi::Message> messages;
    units_.at(port).parser.receive(bytes, messages);
    for (const auto& message : messages) {
        const auto said = units_.at(port).decoder.receive(message);
        if (!said) continue;
        ++messages_in_;
        out.news.emplace_back(banked::HostHeard{});
        on_message(now, port, *said, out);
    }
}

void HuiPanel::on_message(Instant now, std::size_t port, const ToHui& message, PanelOut& out) {
    if (std::holds_alternative<Ping>(message)) {
        units_.at(port).pinged = now;
        if (absent_) return;
        return say(port, PingReply{}, out.effects);
    }
    if (const auto* lamp = std::get_if<SetLamp>(&message)) return on_lamp(port, *lamp, out);
    if (const auto* meter = std::get_if<ShowMeter>(&message)) return on_meter(port, *meter, out);
    if (const auto* moved = std::get_if<MoveFader>(&message)) {
        if (moved->fader.number() >= Slot::count) return;
        shown_.at(number_of(port, moved->fader.number())).fader = moved->position;
        out.news.emplace_back(banked::FaderSent{number_of(port, moved->fader.number())});
    } else if (const auto* ring = std::get_if<ShowRing>(&message)) {
        if (ring->ring.number() < Slot::count)
            out.news.emplace_back(banked::SlotWritten{number_of(port, ring->ring.number())});
    } else if (const auto* label = std::get_if<ShowLabel>(&message)) {
        if (label->display.number() >= Slot::count) return;
        const SlotNumber slot = number_of(port, label->display.number());
        shown_.at(slot).label = cut_blanks(in_ascii(label->label));
        out.news.emplace_back(banked::LabelWritten{slot});
    } else if (const auto* text = std::get_if<ShowText>(&message)) {
        on_text(*text, out);
    } else if (const auto* digits = std::get_if<ShowTime>(&message)) {
        time_.show(*digits);
        out.news.emplace_back(banked::ClockShown{});
    }
}

/// The small displays have no room for values. The main one's lower line is taken for that of the fader that
/// is held: nothing else is moved meanwhile by us.
void HuiPanel::on_text(const ShowText& text, PanelOut& out) {
    constexpr int first_of_lower_line = TextZone::count / 2;
    bool lower = false;
    for (const auto& [zone, codes] : text.cells) {
        if (zone.number() < first_of_lower_line) continue;
        lower = true;
        lower_line_.replace(static_cast<std::size_t>(zone.number() - first_of_lower_line) * codes.size(),
                            codes.size(), in_ascii(codes));
    }
    if (!lower || !held_) return;
    shown_.at(*held_).value = cut_blanks(lower_line_);
    out.news.emplace_back(banked::ValueWritten{*held_});
}

void HuiPanel::on_lamp(std::size_t port, const SetLamp& lamp, PanelOut& out) {
    if (const auto slot = lamp.lamp.slot()) {
        auto& shown = shown_.at(number_of(port, slot->number()));
        const SlotKey key = *lamp.lamp.slot_key();
        if (key == SlotKey::mute) shown.muted = lamp.on;
        if (key == SlotKey::solo) shown.soloed = lamp.on;
        if (key == SlotKey::select) shown.selected = lamp.on;
        out.news.emplace_back(banked::SlotWritten{number_of(port, slot->number())});
        return;
    }
    if (lamp.lamp.key() == Key::play) out.news.emplace_back(banked::RollingShown{lamp.on});
    const bool beats = lamp.lamp.key() == Key::beats_led || lamp.lamp.key() == Key::feet_led;
    if (lamp.lamp.key() == Key::timecode_led || (beats && lamp.on)) {
        counts_hours_ = !beats && lamp.on;
        out.news.emplace_back(banked::ClockShown{});
    }
}

/// The louder side.
void HuiPanel::on_meter(std::size_t port, const ShowMeter& meter, PanelOut& out) {
    const SlotNumber slot = number_of(port, meter.slot.number());
    auto& sides = meters_.at(slot);
    sides.at(static_cast<std::size_t>(meter.side)) = meter.step.number();
    out.news.emplace_back(banked::MeterShown{slot, static_cast<std::uint8_t>(std::max(sides[0], sides[1]))});
}

bool HuiPanel::has(PanelKey key) const {
    return key_of(key).has_value();
}

void HuiPanel::press(PanelKey key, bool down, Effects& out) {
    assert(has(key));
    say(0, SwitchMoved{first_unit, *key_of(key), down}, out);
}

void HuiPanel::press(banked::SurfaceButton button, bool down, Effects& out) {
    const auto known = Switch::at(midi::Data7(button.zone & 0x7F), button.number);
    if (known && known->can_be_pressed()) say(0, SwitchMoved{first_unit, *known, down}, out);
}

void HuiPanel::tap_switch(SlotNumber slot, SlotKey key, bool pressed, Effects& out) const {
    const Slot place(static_cast<int>(slot % Slot::count));
    say(slot / Slot::count, SwitchMoved{first_unit, Switch(key, place), pressed}, out);
}

void HuiPanel::press_mute(SlotNumber slot, Effects& out) {
    tap_switch(slot, SlotKey::mute, true, out);
    tap_switch(slot, SlotKey::mute, false, out);
}

void HuiPanel::touch(SlotNumber slot, bool touched, Effects& out) {
    if (touched) {
        held_ = slot;
    } else if (held_ == slot) {
        held_.reset();
    }
    tap_switch(slot, SlotKey::fader_touch, touched, out);
}

void HuiPanel::move(SlotNumber slot, FaderPosition to, Effects& out) {
    say(slot / Slot::count, FaderMoved{first_unit, Fader(static_cast<int>(slot % Slot::count)), to}, out);
}

/// Two digits each. Where no lamp says what is counted, two points may be lit for bars, three for hours.
std::optional<banked::TimeCode> HuiPanel::time() const {
    const std::string shown = time_.text();
    const auto points = std::count(shown.begin(), shown.end(), '.');
    constexpr auto between_hours_and_frames = 3;
    if (!counts_hours_.value_or(points == between_hours_and_frames)) return std::nullopt;
    std::string digits = shown;
    std::erase(digits, '.');
    if (digits.size() != TimeDisplay::length ||
        !std::all_of(digits.begin(), digits.end(), [](char digit) { return digit >= '0' && digit <= '9'; }))
        return std::nullopt;
    const auto pair = [&](std::size_t at) { return (digits[at] - '0') * 10 + (digits[at + 1] - '0'); };
    return banked::TimeCode{pair(0), pair(2), pair(4), pair(6)};
}

std::optional<Instant> HuiPanel::lost_at() const {
    std::optional<Instant> lost;
    for (const Port& unit : units_)
        if (unit.pinged && (!lost || *unit.pinged + longest_silence < *lost))
            lost = *unit.pinged + longest_silence;
    return lost;
}

void HuiPanel::count(surface::Counters& counters) const {
    counters.messages_in = messages_in_;
    counters.malformed = 0;
    counters.unknown_path = 0;
    for (const Port& unit : units_) {
        counters.malformed += unit.parser.dropped().total();
        counters.unknown_path += unit.decoder.dropped().total();
    }
}

}  // namespace kedge::hui
