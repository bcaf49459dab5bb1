#include "mix/role_book.hpp"

#include "mix/role_vocabulary.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace kedge::mix {

struct RoleBook::Vocabulary {
    RoleVocabulary words;
};

namespace {

constexpr std::string_view nothing_known = "no role known from its name";

/// A guess, and whether the name said anything about a role at all.
struct Verdict {
    RoleGuess guess;
    bool silent = false;
};

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

    [[nodiscard]] Verdict verdict() const {
        for (const RoleRule& rule : vocabulary_.rules()) {
            if ((present_ & rule.with) == rule.with && (present_ & rule.without).none() && in_order(rule)) {
                return found(rule.role, that_are(rule.with));
            }
        }
        for (int weight = heaviest; weight >= 1; --weight) {
            const Hits speaking = with_role(weight);
            if (!speaking.empty()) return agreed(speaking);
        }
        return {{Role::other, std::string(nothing_known)}, true};
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
    [[nodiscard]] Verdict agreed(const Hits& speaking) const {
        const RoleConcept& first = meaning(*speaking.front());
        const auto all = [&](auto same) {
            return std::all_of(speaking.begin(), speaking.end(),
                               [&](const RoleHit* hit) { return same(meaning(*hit)); });
        };
        if (all([&](const RoleConcept& one) { return one.role == first.role; }))
            return found(*first.role, speaking);
        if (first.together && all([&](const RoleConcept& one) { return one.together == first.together; })) {
            return found(*first.together, speaking);
        }
        return {{Role::other, fmt::format("no role: its name speaks of {}", quoted(speaking))}, false};
    }

    [[nodiscard]] Verdict found(Role role, const Hits& because) const {
        return {{role, fmt::format("{}: {}", to_string(role), quoted(because))}, false};
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

Verdict read_name(const RoleVocabulary& vocabulary, std::string_view name) {
    const std::vector<RoleToken> tokens = split_name(name);
    const std::vector<RoleHit> hits = vocabulary.find(tokens);
    return Reading(vocabulary, hits).verdict();
}

}  // namespace

RoleBook::RoleBook(std::unique_ptr<Vocabulary> vocabulary) : vocabulary_(std::move(vocabulary)) {}
RoleBook::~RoleBook() = default;
RoleBook::RoleBook(RoleBook&&) noexcept = default;
RoleBook& RoleBook::operator=(RoleBook&&) noexcept = default;

Result<RoleBook> RoleBook::load(std::span<const Source> sources) {
    auto words = RoleVocabulary::read(sources);
    if (!words) return tl::unexpected(words.error());
    return RoleBook(std::make_unique<Vocabulary>(Vocabulary{std::move(*words)}));
}

RoleGuess RoleBook::classify(std::string_view strip_name) const {
    return read_name(vocabulary_->words, strip_name).guess;
}

RoleGuess RoleBook::classify(std::string_view strip_name, std::string_view group) const {
    Verdict by_name = read_name(vocabulary_->words, strip_name);
    if (!by_name.silent) return std::move(by_name.guess);
    RoleGuess by_group = read_name(vocabulary_->words, group).guess;
    if (by_group.role == Role::other) return std::move(by_name.guess);
    by_group.rule += fmt::format(" of its group '{}'", group);
    return by_group;
}

}  // namespace kedge::mix
