#include "core/strip_label.hpp"

#include <array>
#include <cstddef>
#include <span>

namespace kedge {

namespace {

using Kinds = std::span<const std::string_view>;

/// What Ardour leaves out, kind after kind. Digits stay, and so does the letter S of either size.
constexpr std::array<std::string_view, 5> letters_left_out = {
    "\"\n\t ,<.>/?:;'[{}]~`!@#$%^&*()_-+=", "aeiou", "AEIOU", "bcdfghjklmnpqrtvwxyz", "BCDFGHJKLMNPQRTVWXYZ"};

/// What Live leaves out, likewise, behind the first character.
constexpr std::array<std::string_view, 6> vowels_left_out = {" ", "i", "o", "u", "e", "a"};

void leave_out(std::string& label, std::size_t longest, Kinds kinds, std::size_t kept) {
    for (const std::string_view kind : kinds) {
        auto last = label.find_last_of(kind);
        while (label.size() > longest && last != std::string::npos && last >= kept) {
            label.erase(last, 1);
            last = label.find_last_of(kind);
        }
    }
}

}  // namespace

std::string strip_label(std::string_view name, const StripLabels& labels) {
    const auto longest = static_cast<std::size_t>(labels.width);
    std::string label(name);
    if (labels.shortening == Shortening::letters) leave_out(label, longest, letters_left_out, 0);
    if (labels.shortening == Shortening::vowels) leave_out(label, longest, vowels_left_out, 1);
    return label.substr(0, longest);
}

}  // namespace kedge
