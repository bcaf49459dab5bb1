#include "tablet/tablet_call.hpp"

#include "control/grip.hpp"
#include "control/target_words.hpp"
#include "core/text_fields.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace kedge::tablet {

namespace {

using control::StripPart;
using control::Target;

tl::unexpected<Error> wrong(std::string what, std::string next) {
    return fail(ErrorKind::usage, std::move(what), std::move(next));
}

/// Whether a tablet has addresses for such a part.
bool has(StripPart part) {
    return part != StripPart::ride_depth && part != StripPart::suggestion;
}

/// Takes the last part of a name off, with the slash before it.
bool take_end(std::string_view end, std::string_view& name) {
    if (!name.ends_with(end)) return false;
    name.remove_suffix(end.size());
    return true;
}

std::string with_blanks(std::string_view word) {
    std::string words(word);
    std::replace(words.begin(), words.end(), '-', ' ');
    return words;
}

Result<Target> no_part(std::string_view name) {
    return wrong(fmt::format("There is no {}{}.", root, name),
                 "Send /kedge/strip/N, /kedge/selected, /kedge/master, /kedge/role/ROLE or "
                 "/kedge/name/NAME with /fader, /pan, /trim, /mute, /solo or /select after it.");
}

/// "name/Lead Vox/fader", a slash or a percent sign within a name as %2F and %25.
Result<Target> of_name(std::string_view whole, std::string_view rest) {
    const auto slash = rest.rfind('/');
    if (slash == std::string_view::npos || slash == 0) return no_part(whole);
    auto part = control::target_from_words("selected " + std::string(rest.substr(slash + 1)));
    if (!part || !has(*control::part_of(*part))) return no_part(whole);
    auto& which = std::get<control::PartOfStrip>(*part);
    which.strip = control::ByName{from_a_field(rest.substr(0, slash))};
    return part;
}

/// What sets something going, in the words that profiles have for it.
std::optional<Target> key_of(std::string_view name) {
    std::string_view rest = name;
    std::string words;
    if (take_start("transport/", rest)) {
        words = with_blanks(rest);
    } else if (take_start("marker/", rest)) {
        words = std::string(rest) + " marker";
    } else if (take_start("bank/", rest)) {
        words = "bank " + std::string(rest);
    } else if (take_start("channel/", rest)) {
        words = "channel " + std::string(rest);
    } else if (take_start("command/", rest)) {
        words = "kedge " + std::string(rest);
    } else {
        return std::nullopt;
    }
    const auto target = control::target_from_words(words);
    // "play" stands for itself in a profile: "/kedge/transport/fine" is none of these.
    if (!target || control::part_of(*target) || std::holds_alternative<control::ToPage>(*target) ||
        std::holds_alternative<control::FineWhileHeld>(*target))
        return std::nullopt;
    return *target;
}

tl::unexpected<Error> no_number(const osc::Message& message, std::string_view expected) {
    return wrong(fmt::format("{} came with '{}'.", message.address(), message.types()),
                 fmt::format("Send {}.", expected));
}

/// Whether a button is down; one that says nothing is.
Result<bool> down(const osc::Message& message) {
    if (message.size() == 0) return true;
    const auto number = message.number(0);
    if (message.size() != 1 || !number || std::isnan(*number))
        return no_number(message, "nothing with it, or one number: 0 is up, any other is down");
    return *number > 0;
}

Result<std::size_t> count(const osc::Message& message, std::size_t least, std::size_t most) {
    const auto number = message.number(0);
    if (message.size() != 1 || !number || !(*number >= static_cast<double>(least)) ||
        !(*number <= static_cast<double>(most)) || std::floor(*number) != *number)
        return no_number(message, fmt::format("one whole number from {} to {}", least, most));
    return static_cast<std::size_t>(*number);
}

Result<TabletCall> level_call(const osc::Message& message, PartCall call) {
    const auto number = message.number(0);
    if (message.size() != 1 || !number || std::isnan(*number) || *number == HUGE_VAL)
        return no_number(message, fmt::format("one number of decibels; {} is silence", silence_in_words));
    call.to = *number <= silence_in_words ? Decibels::silence() : Decibels(*number);
    return call;
}

Result<TabletCall> part_call(const osc::Message& message, PartCall call, StripPart part) {
    const auto number = message.number(0);
    if (message.size() != 1 || !number || !(*number >= 0) || !(*number <= 1))
        return no_number(message, is_continuous(part) ? "one number from 0 to 1" : "0 or 1");
    if (is_continuous(part)) {
        call.to = FaderPosition(static_cast<int>(std::lround(*number * FaderPosition::top)));
    } else {
        call.to = *number > 0 ? Switch::on : Switch::off;
    }
    return call;
}

Result<TabletCall> read_part(const osc::Message& message, std::string_view name) {
    const bool touch = take_end("/touch", name);
    const bool db = !touch && take_end("/db", name);
    const auto target = target_of(name);
    if (!target) return tl::unexpected(target.error());
    const auto part = *control::part_of(*target);
    if ((touch && !is_continuous(part)) || (db && !is_level(part)))
        return wrong(fmt::format("There is no {}.", message.address()),
                     fmt::format("Send {}{} with 0 to 1.", root, name));
    if (touch) {
        const auto touched = down(message);
        if (!touched) return tl::unexpected(touched.error());
        return TouchCall{std::string(name), *target, *touched};
    }
    PartCall call{std::string(name), *target, {}};
    if (message.size() == 0) return call;
    return db ? level_call(message, std::move(call)) : part_call(message, std::move(call), part);
}

Result<TabletCall> read_hello(const osc::Message& message) {
    if (message.size() == 0) return HelloCall{};
    const auto port = count(message, 1, 65'535);
    if (!port)
        return no_number(message, "nothing with it, or the port that feedback is to go to, 1 to 65535");
    return HelloCall{static_cast<std::uint16_t>(*port)};
}

}  // namespace

bool is_continuous(StripPart part) {
    return part == StripPart::fader || part == StripPart::pan || part == StripPart::trim;
}

bool is_level(StripPart part) {
    return part == StripPart::fader || part == StripPart::trim;
}

Result<Target> target_of(std::string_view name) {
    std::string_view rest = name;
    if (take_start("name/", rest)) return of_name(name, rest);
    const bool by_role = name.starts_with("role/");
    if (!by_role && !name.starts_with("strip/") && !name.starts_with("selected/") &&
        !name.starts_with("master/"))
        return no_part(name);
    std::string words(name);
    // A role keeps its hyphens, and a name of the mapping words would be quoted.
    std::replace(words.begin(), words.end(), '/', ' ');
    if (name.find_first_of(" '") != std::string_view::npos) return no_part(name);
    auto target = control::target_from_words(words);
    if (!target) return wrong(fmt::format("There is no {}{}.", root, name), std::move(target.error().next));
    const auto part = control::part_of(*target);
    if (!part || !has(*part)) return no_part(name);
    return target;
}

Result<TabletCall> read_call(const osc::Message& message) {
    std::string_view name = message.address();
    if (!take_start(root, name))
        return wrong(fmt::format("There is no {}.", message.address()),
                     "Every address of kedge's begins with /kedge/, as /kedge/strip/1/fader does.");
    if (name == "hello") return read_hello(message);
    if (name == "bye") return ByeCall{};
    if (name == "ping") return PingCall{};
    if (name == "places") {
        const auto places = count(message, 1, most_places);
        if (!places) return tl::unexpected(places.error());
        return PlacesCall{*places};
    }
    std::string_view bank = name;
    if (const auto number = take_start("bank/", bank) ? number_in_whole<std::size_t>(bank) : std::nullopt;
        number && *number >= 1 && *number <= 10'000) {
        const auto pressed = down(message);
        if (!pressed) return tl::unexpected(pressed.error());
        if (!*pressed) return PressCall{control::MoveView{}, false};
        return BankCall{*number};
    }
    if (const auto key = key_of(name)) {
        const auto pressed = down(message);
        if (!pressed) return tl::unexpected(pressed.error());
        return PressCall{*key, *pressed};
    }
    if (name.find('/') == std::string_view::npos || name.starts_with("bank/") ||
        name.starts_with("transport/") || name.starts_with("channel/") || name.starts_with("marker/") ||
        name.starts_with("command/"))
        return wrong(fmt::format("There is no {}.", message.address()),
                     "There are /kedge/bank/left, right or N, /kedge/channel/left and right, "
                     "/kedge/transport/play, stop, play-or-stop, to-start and loop, /kedge/marker/next and "
                     "previous, /kedge/command/mix and such, /kedge/hello, ping, bye and places, and "
                     "/kedge/strip/1/fader and its like.");
    return read_part(message, name);
}

std::vector<Result<TabletCall>> read_calls(std::span<const std::byte> datagram) {
    const auto decoded = osc::decode(datagram);
    std::vector<Result<TabletCall>> calls;
    for (const auto& message : decoded.messages)
        if (message.address() != error_address && message.address() != pong_address)
            calls.push_back(read_call(message));
    if (decoded.malformed)
        calls.emplace_back(wrong("That was no OSC.", "Send OSC 1.0 over UDP, /kedge/hello for a beginning."));
    return calls;
}

}  // namespace kedge::tablet
