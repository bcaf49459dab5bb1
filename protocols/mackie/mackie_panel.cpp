#include "mackie/mackie_panel.hpp"

#include "banked/pan_text.hpp"
#include "mackie/device_codec.hpp"
#include "mackie/host_codec.hpp"
#include "midi/encoder.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace kedge::mackie {

using banked::PanelKey;
using banked::PanelOut;
using banked::SlotNumber;
using surface::Effects;

namespace {

std::string cut_blanks(const std::string& text) {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string::npos) return "";
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

Key key_of(PanelKey key) {
    switch (key) {
        case PanelKey::bank_left:
            return Key::bank_left;
        case PanelKey::bank_right:
            return Key::bank_right;
        case PanelKey::channel_left:
            return Key::channel_left;
        case PanelKey::channel_right:
            return Key::channel_right;
        case PanelKey::flip:
            return Key::flip;
        case PanelKey::play:
            return Key::play;
        case PanelKey::stop:
            return Key::stop;
        case PanelKey::save:
            return Key::save;
        case PanelKey::time_format:
            return Key::smpte_beats;
    }
    assert(false);
    return Key::stop;
}

/// Blanks count for nothing; nullopt for anything else that is no digit.
std::optional<int> number_in(std::string_view digits) {
    int number = 0;
    for (const char digit : digits) {
        if (digit == ' ') continue;
        if (digit < '0' || digit > '9') return std::nullopt;
        number = number * 10 + (digit - '0');
    }
    return number;
}

}  // namespace

MackiePanel::MackiePanel(PanelMake make) : make_(make) {
    [[maybe_unused]] constexpr std::size_t most_units = 4;
    assert(make.units >= 1 && make.units <= most_units && make.main < make.units);
    units_.resize(make.units);
    shown_.resize(make.units * Slot::count);
}

Model MackiePanel::model_of(std::size_t port) const {
    return port == make_.main ? Model::main_unit : make_.extender;
}

SlotNumber MackiePanel::number_of(std::size_t port, Slot slot) const {
    return port * Slot::count + static_cast<std::size_t>(slot.index());
}

void MackiePanel::say(std::size_t port, const DeviceMessage& message, Effects& out) const {
    out.emplace_back(surface::SendBytes{midi::encode(write_to_host(message, model_of(port))), port});
}

void MackiePanel::plugged(std::size_t port, PanelOut& out) {
    unplugged(port);
    say(port, ConnectionQuery{greeting_serial, plain_challenge}, out.effects);
}

void MackiePanel::unplugged(std::size_t port) {
    units_.at(port) = Unit();
    for (int i = 0; i < Slot::count; ++i) shown_.at(number_of(port, Slot(i))) = {};
    if (port == make_.main) {
        master_.reset();
        digits_ = {};
        counts_hours_ = false;
        flipped_ = false;
    }
}

void MackiePanel::announce(PanelOut& out) {
    come_back(out.effects);
}

void MackiePanel::leave(Effects& out) {
    for (std::size_t port = 0; port < units_.size(); ++port)
        say(port, ConnectionRefused{greeting_serial}, out);
}

void MackiePanel::come_back(Effects& out) {
    for (std::size_t port = 0; port < units_.size(); ++port)
        say(port, ConnectionQuery{greeting_serial, plain_challenge}, out);
}

void MackiePanel::receive(Instant, std::size_t port, std::span<const std::byte> bytes, PanelOut& out) {
    std::vector<midi::Message> messages;
    units_.at(port).parser.receive(bytes, messages);
    for (const auto& message : messages) hear(port, message, out);
}

void MackiePanel::hear(std::size_t port, const midi::Message& message, PanelOut& out) {
    const auto read = read_from_host(message);
    if (!read) return unusable_.count(read.error());
    ++messages_in_;
    out.news.emplace_back(banked::HostHeard{});
    on_message(port, read->message, out);
}

void MackiePanel::on_message(std::size_t port, const HostMessage& message, PanelOut& out) {
    if (std::holds_alternative<DeviceQuery>(message))
        return say(port, ConnectionQuery{greeting_serial, plain_challenge}, out.effects);
    if (std::holds_alternative<ConnectionReply>(message))
        return say(port, ConnectionConfirmed{greeting_serial}, out.effects);
    if (std::holds_alternative<VersionRequest>(message))
        return say(port, FirmwareVersion("V3.01"), out.effects);
    if (const auto* written = std::get_if<WriteLcd>(&message)) return on_lcd(port, *written, out);
    if (const auto* moved = std::get_if<MoveFader>(&message)) return on_fader(port, *moved, out);
    if (const auto* led = std::get_if<SetLed>(&message)) return on_led(port, *led, out);
    if (const auto* digit = std::get_if<SetDigit>(&message)) return on_digit(*digit, out);
    if (const auto* lamp = std::get_if<SetIndicator>(&message)) return on_indicator(*lamp, out);
    if (const auto* ring = std::get_if<SetRing>(&message))
        out.news.emplace_back(banked::SlotWritten{number_of(port, ring->slot)});
    if (const auto* level = std::get_if<ShowLevel>(&message))
        out.news.emplace_back(banked::MeterShown{number_of(port, level->slot),
                                                 static_cast<std::uint8_t>(level->level.segments())});
}

void MackiePanel::read_cell(std::size_t port, Slot slot, LcdLine line, PanelOut& out) {
    std::string cell = units_.at(port).lcd.cell(line, slot);
    if (line == LcdLine::upper) cell.resize(make_.label_width);
    auto& shown = shown_.at(number_of(port, slot));
    const std::string text = cut_blanks(cell);
    if (line == LcdLine::upper) {
        // The pan was another strip's. A text that stands there already is not always written again.
        if (std::exchange(shown.label, text) != text) shown.pan = banked::pan_in(shown.value);
        out.news.emplace_back(banked::LabelWritten{number_of(port, slot)});
        return;
    }
    shown.value = text;
    out.news.emplace_back(banked::ValueWritten{number_of(port, slot)});
    if (banked::is_resting_pan(text)) return;
    shown.pan = banked::pan_in(text);
    if (shown.pan) out.news.emplace_back(banked::PanWritten{number_of(port, slot)});
}

/// A line may be written in one piece for all slots: those that it touches were written.
void MackiePanel::on_lcd(std::size_t port, const WriteLcd& written, PanelOut& out) {
    units_.at(port).lcd.write(written.offset, written.text);
    const int first = written.offset.index();
    const int last =
        std::min(first + static_cast<int>(written.text.characters().size()), LcdOffset::count) - 1;
    for (int cell = first / LcdOffset::slot_width; cell <= last / LcdOffset::slot_width; ++cell) {
        const Slot slot(cell % Slot::count);
        const bool upper = cell < Slot::count;
        read_cell(port, slot, upper ? LcdLine::upper : LcdLine::lower, out);
    }
}

void MackiePanel::on_fader(std::size_t port, const MoveFader& moved, PanelOut& out) {
    if (const auto slot = moved.fader.slot()) {
        shown_.at(number_of(port, *slot)).fader = moved.position;
        out.news.emplace_back(banked::FaderSent{number_of(port, *slot)});
    } else if (port == make_.main) {
        master_ = moved.position;
        out.news.emplace_back(banked::MasterFaderSent{moved.position});
    }
}

void MackiePanel::on_led(std::size_t port, const SetLed& led, PanelOut& out) {
    const bool on = led.led == Led::on;
    if (const auto slot = led.button.slot()) {
        auto& shown = shown_.at(number_of(port, *slot));
        const SlotKey key = *led.button.slot_key();
        if (key == SlotKey::mute) shown.muted = on;
        if (key == SlotKey::solo) shown.soloed = on;
        if (key == SlotKey::select) shown.selected = on;
        out.news.emplace_back(banked::SlotWritten{number_of(port, *slot)});
    } else if (led.button.key() == Key::play) {
        out.news.emplace_back(banked::RollingShown{on});
    } else if (led.button.key() == Key::flip) {
        flipped_ = led.led != Led::off;
        out.news.emplace_back(banked::FlipShown{flipped_});
    }
}

void MackiePanel::on_indicator(const SetIndicator& lamp, PanelOut& out) {
    if (lamp.indicator == Indicator::rude_solo) return;
    counts_hours_ = (lamp.indicator == Indicator::smpte) == (lamp.led != Led::off);
    out.news.emplace_back(banked::ClockShown{});
}

void MackiePanel::on_digit(const SetDigit& digit, PanelOut& out) {
    const std::string before = digits_.assignment();
    digits_.show(digit.place, digit.digit);
    if (digit.place.is_timecode()) {
        out.news.emplace_back(banked::ClockShown{});
    } else if (digits_.assignment() != before) {
        out.news.emplace_back(banked::BankShown{});
    }
}

void MackiePanel::press(PanelKey key, bool down, Effects& out) {
    say(make_.main, ButtonMoved{key_of(key), down}, out);
}

void MackiePanel::press(banked::SurfaceButton button, bool down, Effects& out) {
    if (const auto known = Button::at(midi::Data7(button.number & 0x7F)))
        say(make_.main, ButtonMoved{*known, down}, out);
}

void MackiePanel::press_mute(SlotNumber slot, Effects& out) {
    const Button button(SlotKey::mute, Slot(static_cast<int>(slot % Slot::count)));
    say(slot / Slot::count, ButtonMoved{button, true}, out);
    say(slot / Slot::count, ButtonMoved{button, false}, out);
}

void MackiePanel::touch(SlotNumber slot, bool touched, Effects& out) {
    say(slot / Slot::count, FaderTouched{Slot(static_cast<int>(slot % Slot::count)), touched}, out);
}

void MackiePanel::move(SlotNumber slot, FaderPosition to, Effects& out) {
    say(slot / Slot::count, FaderMoved{Slot(static_cast<int>(slot % Slot::count)), to}, out);
}

void MackiePanel::turn_knob(SlotNumber slot, int ticks, Effects& out) {
    const Slot knob(static_cast<int>(slot % Slot::count));
    while (ticks != 0) {
        const int now = std::clamp(ticks, -Ticks::most, Ticks::most);
        say(slot / Slot::count, VPotTurned{knob, Ticks(now)}, out);
        ticks -= now;
    }
}

/// Hours have three digits, minutes and seconds two, frames three.
std::optional<banked::TimeCode> MackiePanel::time() const {
    std::string digits = digits_.timecode();
    std::erase(digits, '.');
    if (digits.size() != DigitPlace::timecode_digits) return std::nullopt;
    const std::string_view all = digits;
    const auto hours = number_in(all.substr(0, 3));
    const auto minutes = number_in(all.substr(3, 2));
    const auto seconds = number_in(all.substr(5, 2));
    const auto frames = number_in(all.substr(7, 3));
    if (!counts_hours_ || !hours || !minutes || !seconds || !frames) return std::nullopt;
    return banked::TimeCode{*hours, *minutes, *seconds, *frames};
}

void MackiePanel::count(surface::Counters& counters) const {
    counters.messages_in = messages_in_;
    counters.malformed = 0;
    for (const Unit& unit : units_) counters.malformed += unit.parser.dropped().total();
    counters.unknown_path = unusable_.total();
}

}  // namespace kedge::mackie
