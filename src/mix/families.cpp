#include "mix/families.hpp"

#include "mix/role_tokens.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <utility>

namespace kedge::mix {

namespace {

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 6> left_words = {"l", "left", "lt", "lft", "links", "gauche"};
constexpr std::array<std::string_view, 6> right_words = {"r", "right", "rt", "rgt", "rechts", "droite"};
// Microphones, takes and makes of the same source.
constexpr std::array<std::string_view, 32> alike_words = {
    "di",     "amp", "mic",     "mik",    "mike", "cab",  "close",   "near", "far",  "dbl",  "dub",
    "double", "dt",  "mono",    "stereo", "st",   "a",    "b",       "sm",   "u",    "tube", "ribbon",
    "md",     "akg", "neumann", "sample", "smp",  "trig", "trigger", "line", "main", "take"};
constexpr std::array<std::string_view, 5> first_words = {"in", "inside", "top", "up", "upper"};
constexpr std::array<std::string_view, 9> second_words = {"out",    "outside", "sub",  "btm", "bot",
                                                          "bottom", "under",   "down", "dn"};

bool is_drum(Role role) {
    return role == Role::kick || role == Role::snare || role == Role::tom;
}

Side side_of(std::string_view word) {
    if (one_of(word, left_words)) return Side::left;
    if (one_of(word, right_words)) return Side::right;
    return Side::none;
}

/// Halvings of power: 1 -> 0, 2 and 3 -> 1, 4 to 7 -> 2.
int doublings(std::size_t members) {
    return static_cast<int>(std::bit_width(members)) - 1;
}

}  // namespace

SourceName source_name(std::string_view strip_name, Role role) {
    SourceName name;
    std::string all;
    for (const RoleToken& token : split_name(strip_name)) {
        all += (all.empty() ? "" : " ") + token.text;
        if (token.digits) continue;
        const Side side = side_of(token.text);
        if (side != Side::none) {
            name.side = side;
            continue;
        }
        if (one_of(token.text, alike_words)) continue;
        if (is_drum(role) && one_of(token.text, first_words)) continue;
        if (is_drum(role) && one_of(token.text, second_words)) {
            name.second_microphone = true;
            continue;
        }
        name.base += (name.base.empty() ? "" : " ") + token.text;
    }
    if (name.base.empty()) name.base = all;
    return name;
}

std::vector<FamilyPlace> find_families(std::span<const NamedRole> strips, Decibels step,
                                       Decibels second_microphone) {
    std::map<std::pair<Role, std::string>, std::vector<std::size_t>> by_source;
    std::vector<FamilyPlace> places(strips.size());
    for (std::size_t i = 0; i < strips.size(); ++i) {
        SourceName name = source_name(strips[i].name, strips[i].role);
        places[i].side = name.side;
        places[i].second = name.second_microphone;
        by_source[{strips[i].role, std::move(name.base)}].push_back(i);
    }
    std::size_t number = 0;
    for (const auto& [source, members] : by_source) {
        const auto seconds = static_cast<std::size_t>(
            std::count_if(members.begin(), members.end(), [&](std::size_t i) { return places[i].second; }));
        const bool has_first = seconds < members.size();
        const std::size_t firsts = has_first ? members.size() - seconds : members.size();
        const Decibels first_shift(-step.db() * doublings(firsts));
        std::size_t first_index = 0;
        std::size_t second_index = 0;
        for (const std::size_t i : members) {
            FamilyPlace& place = places[i];
            place.family = number;
            place.members = members.size();
            place.second = place.second && has_first;
            place.index = place.second ? second_index++ : first_index++;
            place.equals = place.second ? seconds : firsts;
            place.shift = place.second ? first_shift - second_microphone : first_shift;
        }
        ++number;
    }
    return places;
}

}  // namespace kedge::mix
