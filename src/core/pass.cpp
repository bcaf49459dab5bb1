#include "core/pass.hpp"

#include "core/enum_words.hpp"

#include <array>

namespace kedge {

namespace {

constexpr std::array<std::string_view, 6> state_words = {"prepared", "applied",  "rolled-back",
                                                         "broken",   "reverted", "partly-reverted"};
constexpr std::array<std::string_view, 6> verdict_words = {"pending", "confirmed",   "failed",
                                                           "unheard", "rolled-back", "conflict"};
constexpr std::array<std::string_view, 10> pass_kind_words = {
    "mix",    "refine",     "revert", "reapply", "correction",
    "recall", "comparison", "ride",   "rebuild", "fader-law"};

}  // namespace

std::string_view to_string(PassState state) {
    return state_words[static_cast<std::size_t>(state)];
}
std::optional<PassState> pass_state_from_string(std::string_view word) {
    return enum_from_word<PassState>(state_words, word);
}
std::string_view to_string(Verdict verdict) {
    return verdict_words[static_cast<std::size_t>(verdict)];
}
std::optional<Verdict> verdict_from_string(std::string_view word) {
    return enum_from_word<Verdict>(verdict_words, word);
}
std::string_view to_string(PassKind kind) {
    return pass_kind_words[static_cast<std::size_t>(kind)];
}
std::optional<PassKind> pass_kind_from_string(std::string_view word) {
    return enum_from_word<PassKind>(pass_kind_words, word);
}

}  // namespace kedge
