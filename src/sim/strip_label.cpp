#include "sim/strip_label.hpp"

#include <array>
#include <cstddef>

namespace kedge::sim {

namespace {

/// What Ardour leaves out, kind after kind. Digits stay, and so does the letter S of either size.
constexpr std::array<std::string_view, 5> left_out = {
    "\"\n\t ,<.>/?:;'[{}]~`!@#$%^&*()_-+=", "aeiou", "AEIOU", "bcdfghjklmnpqrtvwxyz", "BCDFGHJKLMNPQRTVWXYZ"};

}  // namespace

std::string strip_label(std::string_view name, int width, LabelStyle style) {
    const auto longest = static_cast<std::size_t>(width);
    std::string label(name);
    if (style == LabelStyle::abbreviated) {
        for (const std::string_view kind : left_out) {
            auto last = label.find_last_of(kind);
            while (label.size() > longest && last != std::string::npos) {
                label.erase(last, 1);
                last = label.find_last_of(kind);
            }
        }
    }
    return label.substr(0, longest);
}

}  // namespace kedge::sim
