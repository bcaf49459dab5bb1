#include "mix/role_reading.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace kedge::mix {

namespace {

constexpr std::string_view nothing_known = "no role known from its name";

using Hits = std::vector<const RoleHit*>;

/// Reads the evidence of one name.
class Reading {
  public:
    Reading(const RoleVocabulary& vocabulary, std::span<const RoleHit> hits) : vocabulary_(vocabulary) {
        ConceptSet all;
        for (const RoleHit& hit : hits) all |= meaning(hit).is;
        for (const RoleHit& hit : hits) {
            if ((meaning(hit).yields_to & all).none()) kept_.push_back(&hit);
        }
        for (const RoleHit* hit : kept_) present_ |= meaning(*hit).is;
    }

    [[nodiscard]] RoleVerdict verdict() const {
        for (const RoleRule& rule : vocabulary_.rules()) {
            if ((present_ & rule.with) == rule.with && (present_ & rule.without).none() && in_order(rule)) {
                return found(rule.role, that_are(rule.with), heaviest);
            }
        }
        for (int weight = heaviest; weight >= 1; --weight) {
            const Hits speaking = with_role(weight);
            if (!speaking.empty()) return agreed(speaking);
        }
        return {{Role::other, std::string(nothing_known)}, NameSays::nothing};
    }

  private:
    [[nodiscard]] const RoleConcept& meaning(const RoleHit& hit) const {
        return vocabulary_.concepts()[hit.word->concept_index];
    }

    [[nodiscard]] Hits with_role(int weight) const {
        Hits speaking;
        for (const RoleHit* hit : kept_) {
            if (meaning(*hit).role && meaning(*hit).weight == weight) speaking.push_back(hit);
        }
        return speaking;
    }

    [[nodiscard]] Hits that_are(const ConceptSet& kinds) const {
        Hits named;
        for (const RoleHit* hit : kept_) {
            if ((meaning(*hit).is & kinds).any()) named.push_back(hit);
        }
        return named;
    }

    [[nodiscard]] bool in_order(const RoleRule& rule) const {
        auto hit = kept_.begin();
        for (const ConceptSet& wanted : rule.in_order) {
            hit = std::find_if(hit, kept_.end(),
                               [&](const RoleHit* one) { return (meaning(*one).is & wanted).any(); });
            if (hit == kept_.end()) return false;
            ++hit;
        }
        return true;
    }

    /// One role if all say the same or belong together; else none, since a wrong role is worse than none.
    [[nodiscard]] RoleVerdict agreed(const Hits& speaking) const {
        const RoleConcept& first = meaning(*speaking.front());
        const auto all = [&](auto same) {
            return std::all_of(speaking.begin(), speaking.end(),
                               [&](const RoleHit* hit) { return same(meaning(*hit)); });
        };
        if (all([&](const RoleConcept& one) { return one.role == first.role; }))
            return found(*first.role, speaking, first.weight);
        if (first.together && all([&](const RoleConcept& one) { return one.together == first.together; })) {
            return found(*first.together, speaking, first.weight);
        }
        return {{Role::other, fmt::format("no role: its name speaks of {}", quoted(speaking))},
                NameSays::contradictions};
    }

    [[nodiscard]] RoleVerdict found(Role role, const Hits& because, int weight) const {
        return {{role, fmt::format("{}: {}", to_string(role), quoted(because))}, NameSays::role, weight};
    }

    [[nodiscard]] std::string quoted(const Hits& hits) const {
        std::string text;
        for (const RoleHit* hit : hits) {
            if (!text.empty()) text += " and ";
            text += fmt::format("{} '{}' ({})", hit->typed.find(' ') == std::string::npos ? "token" : "words",
                                hit->typed, vocabulary_.language(*hit->word));
        }
        return text;
    }

    const RoleVocabulary& vocabulary_;
    Hits kept_;
    ConceptSet present_;
};

}  // namespace

RoleVerdict read_name(const RoleVocabulary& vocabulary, std::string_view name) {
    const std::vector<RoleToken> tokens = split_name(name);
    const std::vector<RoleHit> hits = vocabulary.find(tokens);
    return Reading(vocabulary, hits).verdict();
}

}  // namespace kedge::mix
