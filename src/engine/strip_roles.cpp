#include "engine/strip_roles.hpp"

#include <utility>

namespace kedge::engine {

mix::RoleGuess guess_role(const Strip& strip, const std::optional<StripLabels>& labels,
                          const mix::RoleBook& book) {
    if (labels) return book.classify_label(strip.name.name, *labels);
    return book.classify(strip.name.name, strip.group);
}

std::vector<mix::RoledStrip> roles_of(const MixerState& mixer, const std::optional<StripLabels>& labels,
                                      const mix::RoleBook& book, const std::map<StripName, Role>& by_hand) {
    std::vector<mix::RoledStrip> roles;
    for (const Strip& strip : mixer.strips) {
        const bool source = strip.name.kind == StripKind::audio_track ||
                            strip.name.kind == StripKind::midi_track ||
                            strip.name.kind == StripKind::audio_bus || strip.name.kind == StripKind::midi_bus;
        if (!source) {
            roles.push_back({strip.id, Role::return_bus, std::string(to_string(strip.name.kind))});
            continue;
        }
        const auto hand = by_hand.find(strip.name);
        if (hand != by_hand.end()) {
            roles.push_back({strip.id, hand->second, "set by hand"});
            continue;
        }
        auto guess = guess_role(strip, labels, book);
        roles.push_back({strip.id, guess.role, std::move(guess.rule)});
    }
    return roles;
}

}  // namespace kedge::engine
