#include "control/target_words.hpp"

#include "core/enum_words.hpp"
#include "core/text_fields.hpp"

#include <array>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kedge::control {

namespace {

constexpr std::array<std::string_view, 9> part_words = {"fader",  "pan",        "trim",       "mute",  "solo",
                                                        "select", "ride depth", "suggestion", "pickup"};
constexpr std::array<std::string_view, 5> transport_words = {"play", "stop", "play or stop", "to start",
                                                             "loop"};
constexpr std::array<std::string_view, 7> kedge_words = {"listen", "mix",    "a-b", "revert",
                                                         "accept", "reject", "ride"};
constexpr std::size_t most_places = 64;

template <typename Enum, std::size_t N>
std::string word_of(const std::array<std::string_view, N>& words, Enum value) {
    return std::string(words.at(static_cast<std::size_t>(value)));
}

std::string words_of(const WhichStrip& which) {
    if (const auto* place = std::get_if<AtPlace>(&which)) return fmt::format("strip {}", place->place + 1);
    if (const auto* named = std::get_if<ByName>(&which)) return fmt::format("strip '{}'", named->name);
    return std::holds_alternative<TheMaster>(which) ? "master" : "selected";
}

tl::unexpected<Error> no_target(std::string_view words, std::string_view expected) {
    return fail(ErrorKind::usage, fmt::format("'{}' is nothing that a control can be the hand for.", words),
                fmt::format("Expected is {}.", expected));
}

Result<Target> part_of_strip(std::string_view whole, WhichStrip strip, std::string_view part_word) {
    const auto part = enum_from_word<StripPart>(part_words, part_word);
    if (!part) return no_target(whole, fmt::format("one of '{}' at its end", fmt::join(part_words, "', '")));
    return PartOfStrip{std::move(strip), *part};
}

Result<Target> of_strip(std::string_view whole, std::string_view rest) {
    if (take_start("'", rest)) {
        const auto end = rest.rfind("' ");
        if (end == std::string_view::npos || end == 0)
            return no_target(
                whole,
                "a strip's name between ' and ', and then what of it, as in \"strip 'Lead Vox' fader\"");
        return part_of_strip(whole, ByName{std::string(rest.substr(0, end))}, rest.substr(end + 2));
    }
    const auto number = number_in_whole<std::size_t>(take_up_to(' ', rest));
    if (!number || *number < 1 || *number > most_places)
        return no_target(
            whole, fmt::format("a place from 1 to {} after 'strip', or a name between ' and '", most_places));
    return part_of_strip(whole, AtPlace{*number - 1}, rest);
}

Result<Target> of_role(std::string_view whole, std::string_view rest) {
    const auto role = role_from_string(take_up_to(' ', rest));
    if (!role)
        return no_target(whole,
                         "a role after 'role', as in \"role lead-vocal fader\" (`kedge roles` has them all)");
    const auto part = enum_from_word<StripPart>(part_words, rest);
    if (!part || *part == StripPart::select || *part == StripPart::suggestion)
        return no_target(whole, "fader, pan, trim, mute, solo or ride depth after the role");
    return PartOfRole{*role, *part};
}

}  // namespace

std::string to_string(const Target& target) {
    if (const auto* part = std::get_if<PartOfStrip>(&target))
        return words_of(part->strip) + " " + word_of(part_words, part->part);
    if (const auto* part = std::get_if<PartOfRole>(&target))
        return fmt::format("role {} {}", to_string(part->role), word_of(part_words, part->part));
    if (const auto* move = std::get_if<MoveView>(&target))
        return fmt::format("{} {}", move->banks ? "bank" : "channel", move->by > 0 ? "right" : "left");
    if (const auto* page = std::get_if<ToPage>(&target)) return "page " + page->page;
    if (const auto* key = std::get_if<TransportKey>(&target)) return word_of(transport_words, *key);
    if (const auto* marker = std::get_if<ToMarker>(&target))
        return marker->by > 0 ? "next marker" : "previous marker";
    if (const auto* key = std::get_if<KedgeKey>(&target)) return "kedge " + word_of(kedge_words, *key);
    return "fine";
}

Result<Target> target_from_words(std::string_view words) {
    std::string_view rest = words;
    if (take_start("strip ", rest)) return of_strip(words, rest);
    if (take_start("selected ", rest)) return part_of_strip(words, TheSelected{}, rest);
    if (take_start("master ", rest)) return part_of_strip(words, TheMaster{}, rest);
    if (take_start("role ", rest)) return of_role(words, rest);
    if (words == "bank right" || words == "bank left") return MoveView{words == "bank right" ? 1 : -1, true};
    if (words == "channel right" || words == "channel left")
        return MoveView{words == "channel right" ? 1 : -1, false};
    if (take_start("page ", rest) && !rest.empty()) return ToPage{std::string(rest)};
    if (const auto key = enum_from_word<TransportKey>(transport_words, words)) return *key;
    if (words == "next marker" || words == "previous marker")
        return ToMarker{words == "next marker" ? 1 : -1};
    if (words == "fine") return FineWhileHeld{};
    if (take_start("kedge ", rest)) {
        if (const auto key = enum_from_word<KedgeKey>(kedge_words, rest)) return *key;
        return no_target(words, fmt::format("one of '{}' after 'kedge'", fmt::join(kedge_words, "', '")));
    }
    return no_target(
        words,
        "strip N, strip 'NAME', selected, master or role ROLE with fader, pan, trim, mute, solo, select, "
        "ride depth or suggestion; or bank or channel with right or left; page NAME; play, stop, play or "
        "stop, to start, "
        "loop; next marker, previous marker; fine; or kedge with one of its commands");
}

}  // namespace kedge::control
