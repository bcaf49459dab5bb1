#include "mix/label_phrases.hpp"

#include "mix/label_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

namespace kedge::mix {

namespace {

constexpr std::size_t least_percent_cut = 51;  // of a phrase's letters, where the label is its beginning
constexpr std::size_t least_percent = 31;      // and where it holds letters from all of it

enum class Typing { capitals, lower, upper, first_capital };
constexpr std::array<Typing, 4> typings = {Typing::capitals, Typing::lower, Typing::upper,
                                           Typing::first_capital};

std::string typed(std::string_view spelling, Typing how, std::string_view between) {
    std::string text;
    for (std::size_t i = 0; i < spelling.size(); ++i) {
        const bool first = i == 0 || spelling[i - 1] == ' ';
        const bool big = how == Typing::upper || (how == Typing::capitals && first) ||
                         (how == Typing::first_capital && i == 0);
        if (spelling[i] == ' ') {
            text += between;
        } else {
            text += big ? to_upper(spelling[i]) : spelling[i];
        }
    }
    return text;
}

/// A label as number, letters, and number or side: "03 | SnareT | 2".
struct Parts {
    std::string_view before;
    std::string_view core;
    std::string_view behind;
};

std::vector<Parts> parts_of(std::string_view label) {
    std::size_t from = 0;
    while (from < label.size() && !is_letter(label[from])) ++from;
    std::size_t to = label.size();
    while (to > from && !is_letter(label[to - 1])) --to;
    std::vector<Parts> all;
    const auto add = [&](std::size_t end) {
        if (end > from)
            all.push_back({label.substr(0, from), label.substr(from, end - from), label.substr(end)});
    };
    add(label.size());
    if (to != label.size()) add(to);
    const bool side = to > from + 2 && (label[to - 1] == 'L' || label[to - 1] == 'R');
    if (side && !is_upper(label[to - 2])) add(to - 1);
    return all;
}

/// Where in the spelling the last letter of the core is, if all of them are there in order, the first one as
/// the first or behind one that was left out.
std::optional<std::size_t> last_letter(std::string_view core, std::string_view spelling) {
    std::size_t next = 0;
    for (std::size_t i = 0; i < core.size(); ++i) {
        if (!is_letter(core[i]) && !is_digit(core[i])) continue;
        const std::size_t at = spelling.find(to_lower(core[i]), next);
        if (at == std::string_view::npos || (i == 0 && at > 1)) return std::nullopt;
        next = at + 1;
    }
    return next - 1;
}

class Phrases {
  public:
    Phrases(std::string_view label, const StripLabels& labels) : label_(label), labels_(labels) {
        const auto sign = std::find_if(label.begin(), label.end(),
                                       [](char c) { return c != ' ' && !is_letter(c) && !is_digit(c); });
        if (sign != label.end()) between_.emplace_back(1, *sign);
    }

    [[nodiscard]] std::optional<LabelPhrase> from(const std::string& spelling, const Parts& parts) const {
        const auto last = last_letter(parts.core, spelling);
        if (!last) return std::nullopt;
        auto name = reproducing(spelling, parts);
        if (!name) return std::nullopt;
        const std::size_t last_word = spelling.rfind(' ');
        const bool shown = last_word == std::string::npos || *last > last_word;
        return LabelPhrase{std::move(*name), shown, shown && is_likely(spelling, parts)};
    }

  private:
    [[nodiscard]] std::optional<std::string> reproducing(const std::string& spelling,
                                                         const Parts& parts) const {
        for (const Typing how : typings) {
            for (const std::string& between : between_) {
                const std::string phrase = std::string(parts.before) + typed(spelling, how, between);
                for (const std::string& gap : between_) {
                    std::string name =
                        parts.behind.empty() ? phrase : phrase + gap + std::string(parts.behind);
                    if (shown_label(name, labels_) == label_) return name;
                    if (parts.behind.empty()) break;
                }
            }
        }
        return std::nullopt;
    }

    [[nodiscard]] bool is_likely(std::string_view spelling, const Parts& parts) const {
        const std::size_t letters = letters_in_label(parts.core);
        if (letters < fewest_letters_of_label && letters < spelling.size()) return false;
        const std::size_t least = labels_.shortening == Shortening::cut ? least_percent_cut : least_percent;
        return letters * 100 >= spelling.size() * least;
    }

    std::string_view label_;
    const StripLabels& labels_;
    std::vector<std::string> between_{" ", ""};
};

std::string without_number(std::string folded) {
    while (!folded.empty() && (folded.back() == ' ' || is_digit(folded.back()))) folded.pop_back();
    return folded;
}

}  // namespace

std::vector<LabelPhrase> phrases_behind(const RoleVocabulary& vocabulary, std::string_view label,
                                        const StripLabels& labels) {
    std::vector<LabelPhrase> found;
    const Phrases phrases(label, labels);
    const std::vector<Parts> all_parts = parts_of(label);
    for (const std::string& spelling : vocabulary.spellings()) {
        for (const Parts& parts : all_parts) {
            auto phrase = phrases.from(spelling, parts);
            if (!phrase) phrase = phrases.from(spelling + 's', parts);
            if (phrase) found.push_back(std::move(*phrase));
        }
    }
    return found;
}

std::vector<std::string> names_going_on(const RoleVocabulary& vocabulary, std::string_view name,
                                        std::string_view label, const StripLabels& labels) {
    std::vector<std::string> longer;
    const std::string shown = fold_letters(label);
    const std::string words = without_number(fold_letters(name));
    const auto& spellings = vocabulary.spellings();
    for (std::size_t at = 0; at < words.size(); at = std::min(words.find(' ', at), words.size() - 1) + 1) {
        const std::string beginning = words.substr(at) + ' ';
        if (beginning.size() <= 2) continue;
        for (auto each = spellings.lower_bound(beginning);
             each != spellings.end() && each->starts_with(beginning); ++each) {
            const std::string whole = words.substr(0, at) + *each;
            const auto shows = [&](Typing how) {
                return fold_letters(strip_label(typed(whole, how, " "), labels)) == shown;
            };
            if (labels.shortening == Shortening::cut || shows(Typing::capitals) || shows(Typing::lower))
                longer.push_back(typed(whole, Typing::capitals, " "));
        }
    }
    return longer;
}

}  // namespace kedge::mix
