#include "mix/label_reader.hpp"

#include "mix/label_names.hpp"
#include "mix/label_phrases.hpp"
#include "mix/label_text.hpp"
#include "mix/role_reading.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace kedge::mix {

namespace {

constexpr int clearly_worse = 3;  // a name so much more far-fetched than the best is not asked

/// A name behind the label, and the role it has.
struct Vote {
    Role role = Role::other;
    std::string name;
    int weight = 0;     ///< see RoleVerdict
    bool shown = true;  ///< the label shows something of each word
};

std::optional<Vote> vote_of(const RoleVocabulary& vocabulary, const std::string& name) {
    const RoleVerdict verdict = read_name(vocabulary, name);
    if (verdict.says != NameSays::role) return std::nullopt;
    return Vote{verdict.guess.role, name, verdict.weight, true};
}

/// The same letters and numbers, whatever stands between them.
bool spell_the_same(std::string_view a, std::string_view b) {
    const auto joined = [](std::string_view text) {
        std::string folded = fold_letters(text);
        std::erase(folded, ' ');
        return folded;
    };
    return joined(a) == joined(b);
}

class LabelReader {
  public:
    LabelReader(const RoleVocabulary& vocabulary, std::string_view label, const StripLabels& labels)
        : vocabulary_(vocabulary), label_(label), labels_(labels) {}

    [[nodiscard]] std::vector<Vote> votes() const {
        std::vector<Vote> votes = of_phrases();
        if (votes.empty()) return {};
        const std::size_t seen = votes.size();
        for (std::size_t i = 0; i < seen; ++i) {
            if (!votes[i].shown) continue;
            for (const std::string& longer : names_going_on(vocabulary_, votes[i].name, label_, labels_)) {
                auto vote = vote_of(vocabulary_, longer);
                if (!vote) continue;
                vote->shown = false;
                votes.push_back(std::move(*vote));
            }
        }
        without_hints(votes);
        return votes;
    }

  private:
    /// As in a name: the lighter only speak where no heavier does.
    static void without_hints(std::vector<Vote>& votes) {
        int most = 0;
        for (const Vote& vote : votes) {
            if (vote.shown) most = std::max(most, vote.weight);
        }
        std::erase_if(votes,
                      [&](const Vote& vote) { return vote.weight < most && vote.role != Role::other; });
    }

    [[nodiscard]] std::vector<Vote> of_phrases() const {
        std::vector<Vote> votes;
        bool likely = false;
        for (const LabelPhrase& phrase : phrases_behind(vocabulary_, label_, labels_)) {
            auto vote = vote_of(vocabulary_, phrase.name);
            if (!vote) continue;
            likely = likely || phrase.likely;
            vote->shown = phrase.shown;
            votes.push_back(std::move(*vote));
        }
        if (likely) return votes;
        std::vector<Vote> names = of_names();
        if (!names.empty()) std::move(votes.begin(), votes.end(), std::back_inserter(names));
        const bool enough = letters_in_label(label_) >= fewest_letters_of_label ||
                            std::any_of(names.begin(), names.end(),
                                        [&](const Vote& vote) { return spell_the_same(vote.name, label_); });
        return enough ? names : std::vector<Vote>();
    }

    [[nodiscard]] std::vector<Vote> of_names() const {
        std::vector<Vote> votes;
        std::optional<int> best;
        for (const LabelName& each : names_behind(vocabulary_, label_, labels_)) {
            if (best && each.strain > *best + clearly_worse) break;
            auto vote = vote_of(vocabulary_, each.name);
            if (!vote) continue;
            if (!best) best = each.strain;
            votes.push_back(std::move(*vote));
        }
        return votes;
    }

    const RoleVocabulary& vocabulary_;
    std::string_view label_;
    const StripLabels& labels_;
};

/// "Kick 1/2" is the first of two strips that are both labelled "Kick".
std::string_view without_place(std::string_view label) {
    std::size_t end = label.size();
    const auto number = [&] {
        const std::size_t from = end;
        while (end > 0 && is_digit(label[end - 1])) --end;
        return end != from;
    };
    const auto sign = [&](char c) { return end > 0 && label[end - 1] == c && end-- > 0; };
    if (!number() || !sign('/') || !number() || !sign(' ')) return label;
    return label.substr(0, end);
}

/// A label as wide as labels may be, or cut off where a blank was: "Snare" of "Snare Top".
bool may_be_shortened(std::string_view label, const StripLabels& labels) {
    const auto width = static_cast<std::size_t>(labels.width);
    const bool lost_blank =
        (labels.shortening == Shortening::cut || labels.shortening == Shortening::unknown) &&
        !label.empty() && !is_digit(label.back());
    return label.size() + (lost_blank ? 1 : 0) >= width;
}

/// "Bass D" is a bass if nothing is hidden, and a bass drum if it is cut.
bool ends_in_initial(std::string_view label) {
    return label.size() > 1 && is_letter(label.back()) && begins_word(label, label.size() - 1);
}

/// The name to show a person: of words that are known by themselves, not in phrases alone, and the longest
/// of those, as an abbreviation explains less.
const Vote& clearest(const RoleVocabulary& vocabulary, const std::vector<Vote>& votes) {
    const auto clearness = [&](const Vote& vote) {
        const auto tokens = split_name(vote.name);
        const auto odd = std::count_if(tokens.begin(), tokens.end(), [&](const RoleToken& token) {
            return !token.digits && token.text.size() > 1 && !vocabulary.has_word(token.text);
        });
        return std::pair(-odd, vote.name.size());
    };
    return *std::max_element(votes.begin(), votes.end(),
                             [&](const Vote& a, const Vote& b) { return clearness(a) < clearness(b); });
}

RoleGuess decided(const RoleVocabulary& vocabulary, std::string_view label, const std::vector<Vote>& votes) {
    if (votes.empty()) return {Role::other, fmt::format("no role known from its label '{}'", label)};
    const Vote& first = votes.front();
    const auto other =
        std::find_if(votes.begin(), votes.end(), [&](const Vote& vote) { return vote.role != first.role; });
    if (other != votes.end()) {
        return {Role::other,
                fmt::format("no role: label '{}' may be '{}' ({}) or '{}' ({})", label, first.name,
                            to_string(first.role), other->name, to_string(other->role))};
    }
    const bool whole = std::any_of(votes.begin(), votes.end(),
                                   [&](const Vote& vote) { return spell_the_same(vote.name, label); });
    if (RoleVerdict plain = read_name(vocabulary, label); whole && plain.guess.role == first.role)
        return std::move(plain.guess);
    return {first.role, fmt::format("{}: label '{}' reads as '{}'", to_string(first.role), label,
                                    clearest(vocabulary, votes).name)};
}

/// Which letters a DAW leaves out of others than ASCII's, and how a display shows them, is not known.
bool is_ascii(std::string_view label) {
    return std::all_of(label.begin(), label.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::vector<Vote> votes_on(const RoleVocabulary& vocabulary, std::string_view label,
                           const StripLabels& labels) {
    constexpr std::array<Shortening, 3> any = {Shortening::cut, Shortening::vowels, Shortening::letters};
    const bool unknown = labels.shortening == Shortening::unknown;
    if (!is_ascii(label) || (unknown && ends_in_initial(label))) return {};
    std::vector<Vote> votes;
    for (const Shortening way : any) {
        const StripLabels so{labels.width, way};
        if ((labels.shortening != way && !unknown) || !may_be_shortened(label, so)) continue;
        auto more = LabelReader(vocabulary, label, so).votes();
        std::move(more.begin(), more.end(), std::back_inserter(votes));
    }
    return votes;
}

}  // namespace

RoleGuess read_label(const RoleVocabulary& vocabulary, std::string_view label, const StripLabels& labels) {
    std::string_view shown = without_place(label);
    while (!shown.empty() && shown.back() == ' ') shown.remove_suffix(1);
    if (!may_be_shortened(shown, labels)) return read_name(vocabulary, shown).guess;
    return decided(vocabulary, shown, votes_on(vocabulary, shown, labels));
}

}  // namespace kedge::mix
