#include "control/source_words.hpp"

#include "core/text_fields.hpp"

#include <type_traits>

#include <fmt/format.h>

namespace kedge::control {

namespace {

constexpr int last_data7 = 127;
constexpr int last_data14 = 16'383;
constexpr int channels = 16;

tl::unexpected<Error> no_source(std::string_view words, std::string_view expected) {
    return fail(ErrorKind::usage, fmt::format("'{}' names no MIDI message.", words),
                fmt::format("Expected is {}.", expected));
}

std::optional<int> number_up_to(int last, std::string_view text) {
    const auto number = number_in_whole<int>(text);
    return number && *number >= 0 && *number <= last ? number : std::nullopt;
}

Result<ControlSource> of_controller(std::string_view whole, std::string_view rest, midi::Channel channel) {
    const auto coarse = number_up_to(last_data7, rest.substr(0, rest.find('/')));
    if (!coarse) return no_source(whole, "a number from 0 to 127 after 'cc'");
    if (rest.find('/') == std::string_view::npos) return FromController{channel, midi::Data7(*coarse)};
    const auto fine = number_up_to(last_data7, rest.substr(rest.find('/') + 1));
    if (!fine) return no_source(whole, "a number from 0 to 127 after the '/'");
    return FromTwoControllers{channel, midi::Data7(*coarse), midi::Data7(*fine)};
}

Result<ControlSource> of_nrpn(std::string_view whole, std::string_view rest, midi::Channel channel) {
    constexpr std::string_view without_fine = " coarse";
    const bool fine = !rest.ends_with(without_fine);
    if (!fine) rest.remove_suffix(without_fine.size());
    const auto number = number_up_to(last_data14, rest);
    if (!number) return no_source(whole, "a number from 0 to 16383 after 'nrpn'");
    return FromNrpn{channel, midi::Data14(*number), fine};
}

}  // namespace

std::string to_string(const ControlSource& source) {
    return std::visit(
        [](const auto& from) -> std::string {
            using From = std::decay_t<decltype(from)>;
            std::string words;
            if constexpr (std::is_same_v<From, FromController>) {
                words = fmt::format("cc {}", from.number.value());
            } else if constexpr (std::is_same_v<From, FromTwoControllers>) {
                words = fmt::format("cc {}/{}", from.coarse.value(), from.fine.value());
            } else if constexpr (std::is_same_v<From, FromNrpn>) {
                words = fmt::format("nrpn {}{}", from.number.value(), from.fine ? "" : " coarse");
            } else if constexpr (std::is_same_v<From, FromPitchBend>) {
                words = "bend";
            } else if constexpr (std::is_same_v<From, FromNote>) {
                words = fmt::format("note {}", from.number.value());
            } else if constexpr (std::is_same_v<From, FromPolyPressure>) {
                words = fmt::format("pressure {}", from.number.value());
            } else {
                return "no MIDI";
            }
            if constexpr (!std::is_same_v<From, InOwnWords>)
                return fmt::format("{} ch {}", words, from.channel.number() + 1);
        },
        source);
}

Result<ControlSource> source_from_words(std::string_view words, midi::Channel channel) {
    std::string_view rest = words;
    if (const auto at = rest.rfind(" ch "); at != std::string_view::npos) {
        const auto number = number_up_to(channels, rest.substr(at + 4));
        if (!number || *number == 0) return no_source(words, "a channel from 1 to 16 after 'ch'");
        channel = midi::Channel(*number - 1);
        rest = rest.substr(0, at);
    }
    if (rest == "bend") return FromPitchBend{channel};
    if (take_start("cc ", rest)) return of_controller(words, rest, channel);
    if (take_start("nrpn ", rest)) return of_nrpn(words, rest, channel);
    const bool note = take_start("note ", rest);
    if (note || take_start("pressure ", rest)) {
        const auto number = number_up_to(last_data7, rest);
        if (!number) return no_source(words, "a number from 0 to 127 at its end");
        if (note) return FromNote{channel, midi::Data7(*number)};
        return FromPolyPressure{channel, midi::Data7(*number)};
    }
    return no_source(words, "cc N, cc N/N, nrpn N, bend, note N or pressure N, and perhaps ch N after it");
}

std::optional<SaidBy> said_by(const midi::Message& message) {
    if (const auto note = midi::as_note(message))
        return SaidBy{FromNote{note->channel, note->note}, note->velocity.value(), last_data7};
    if (const auto* change = std::get_if<midi::ControlChange>(&message))
        return SaidBy{FromController{change->channel, change->controller}, change->value.value(), last_data7};
    if (const auto* bend = std::get_if<midi::PitchBend>(&message))
        return SaidBy{FromPitchBend{bend->channel}, bend->value.value(), last_data14};
    if (const auto* pressure = std::get_if<midi::PolyPressure>(&message))
        return SaidBy{FromPolyPressure{pressure->channel, pressure->note}, pressure->pressure.value(),
                      last_data7};
    return std::nullopt;
}

std::optional<ControlSource> counted_on(const ControlSource& source, int by) {
    const auto on7 = [by](midi::Data7 number) -> std::optional<midi::Data7> {
        const int value = number.value() + by;
        return value >= 0 && value <= last_data7 ? std::optional(midi::Data7(value)) : std::nullopt;
    };
    return std::visit(
        [&](auto from) -> std::optional<ControlSource> {
            using From = std::decay_t<decltype(from)>;
            if constexpr (std::is_same_v<From, FromPitchBend>) {
                const int channel = from.channel.number() + by;
                if (channel < 0 || channel >= channels) return std::nullopt;
                return FromPitchBend{midi::Channel(channel)};
            } else if constexpr (std::is_same_v<From, FromTwoControllers>) {
                const auto coarse = on7(from.coarse);
                const auto fine = on7(from.fine);
                if (!coarse || !fine) return std::nullopt;
                return FromTwoControllers{from.channel, *coarse, *fine};
            } else if constexpr (std::is_same_v<From, FromNrpn>) {
                const int number = from.number.value() + by;
                if (number < 0 || number > last_data14) return std::nullopt;
                return FromNrpn{from.channel, midi::Data14(number), from.fine};
            } else if constexpr (std::is_same_v<From, InOwnWords>) {
                return std::nullopt;
            } else {
                const auto number = on7(from.number);
                if (!number) return std::nullopt;
                from.number = *number;
                return from;
            }
        },
        source);
}

}  // namespace kedge::control
