#include "core/role.hpp"

#include "core/enum_words.hpp"

namespace kedge {

namespace {
constexpr std::array<std::string_view, role_count> words = {
    "kick",          "snare",       "hihat",           "tom",       "cymbal",
    "room",          "percussion",  "drums",           "bass",      "sub",
    "rhythm-guitar", "lead-guitar", "acoustic-guitar", "keys",      "organ",
    "pad",           "synth-lead",  "brass",           "woodwind",  "lead-vocal",
    "backing-vocal", "fx",          "click",           "reference", "return",
    "other"};
}

std::string_view to_string(Role role) {
    return words[static_cast<std::size_t>(role)];
}

std::optional<Role> role_from_string(std::string_view word) {
    return enum_from_word<Role>(words, word);
}

const std::array<Role, role_count>& all_roles() {
    static const auto roles = [] {
        std::array<Role, role_count> all{};
        for (int i = 0; i < role_count; ++i) all[static_cast<std::size_t>(i)] = static_cast<Role>(i);
        return all;
    }();
    return roles;
}

}  // namespace kedge
