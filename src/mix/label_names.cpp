#include "mix/label_names.hpp"

#include "mix/label_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace kedge::mix {

namespace {

constexpr int most_words = 3;
constexpr std::size_t most_names = 20'000;

// What makes a name far-fetched. A letter left out counts one.
constexpr int strain_of_word = 2;
constexpr int strain_of_language = 3;     // a word that is not used everywhere
constexpr int strain_inside = 3;          // a word that begins where the label shows no beginning
constexpr int strain_of_second_role = 4;  // few names hold two instruments
constexpr int most_strain = 17;

constexpr std::size_t fewest_letters_cut = 3;          // of a first word, where the rest is cut off
constexpr std::size_t fewest_letters_cut_foreign = 4;  // of one that is not used everywhere

constexpr std::string_view vowels = "aeiou";

using Words = RoleVocabulary::SingleWords;

class Search {
  public:
    Search(const RoleVocabulary& vocabulary, std::string_view label, const StripLabels& labels)
        : vocabulary_(vocabulary),
          label_(label),
          labels_(labels),
          mixed_case_(std::any_of(label.begin(), label.end(), is_lower)) {}

    std::vector<LabelName> names() && {
        extend(0, {{}, 0, 0, 0, LanguageSet().set()});
        if (found_.size() > most_names) return {};
        std::stable_sort(found_.begin(), found_.end(),
                         [](const LabelName& a, const LabelName& b) { return a.strain < b.strain; });
        return std::move(found_);
    }

  private:
    /// A name as far as it goes.
    struct Begun {
        std::string name;
        int words = 0;
        int roles = 0;
        int strain = 0;
        LanguageSet languages;
    };

    void extend(std::size_t at, const Begun& begun) {
        if (found_.size() > most_names) return;
        if (at == label_.size()) return finish(begun);
        if (!is_letter(label_[at])) return extend(at + 1, with(begun, std::string(1, label_[at])));
        const Begun spaced = begun.name.empty() || !is_letter(begun.name.back()) ? begun : with(begun, " ");
        if (begun.words > 0 && is_side_at_end(at)) extend(at + 1, with(spaced, std::string(1, label_[at])));
        if (begun.words == most_words || (begun.words > 0 && is_side_at_end(at))) return;
        const std::string initial(1, to_lower(label_[at]));
        with_words_from(initial, at, spaced);
        // Ardour leaves out capital vowels before any consonant: "Overhead" may be "vrhd".
        if (labels_.shortening != Shortening::letters || vowels.find(initial) != std::string_view::npos)
            return;
        for (const char vowel : vowels) with_words_from(vowel + initial, at, spaced);
    }

    static Begun with(const Begun& begun, const std::string& text) {
        Begun longer = begun;
        longer.name += text;
        return longer;
    }

    [[nodiscard]] bool is_side_at_end(std::size_t at) const {
        return at + 1 == label_.size() && (label_[at] == 'L' || label_[at] == 'R') && begins_word(label_, at);
    }

    void with_words_from(const std::string& beginning, std::size_t at, const Begun& begun) {
        const Words& all = vocabulary_.single_words();
        for (auto word = all.lower_bound(beginning); word != all.end() && word->first.starts_with(beginning);
             ++word) {
            with_word(*word, at, begun);
        }
    }

    /// Takes the word for each run of the label's letters from `at` on that it could have been shortened to.
    void with_word(const Words::value_type& word, std::size_t at, const Begun& begun) {
        const std::string& text = word.first;
        Begun next = begun;
        if (!word.second.everywhere) next.languages &= word.second.languages;
        if (next.languages.none() || has_word(begun.name, text)) return;
        std::size_t letter = 0;
        for (std::size_t end = at; end < label_.size();) {
            if (end > at && ends_word(label_, end)) return;
            letter = text.find(to_lower(label_[end]), letter);
            if (letter == std::string::npos) return;
            ++letter;
            ++end;
            take(word, label_.substr(at, end - at), at, next);
        }
    }

    static bool has_word(std::string_view name, const std::string& word) {
        return (' ' + fold_letters(name) + ' ').find(' ' + word + ' ') != std::string::npos;
    }

    void take(const Words::value_type& word, std::string_view piece, std::size_t at, const Begun& begun) {
        const std::string& text = word.first;
        const std::size_t end = at + piece.size();
        const bool role = vocabulary_.says_role(text);
        if (!may_stand_for(piece, word, at, role, begun.words)) return;
        const int strain = begun.strain + static_cast<int>(text.size() - piece.size()) + strain_of_word +
                           (word.second.everywhere ? 0 : strain_of_language) +
                           (begins_word(label_, at) ? 0 : strain_inside) +
                           (role && begun.roles > 0 ? strain_of_second_role : 0);
        if (strain > most_strain) return;
        const auto typed = typed_as(piece, text, at);
        if (typed.empty()) return;
        Begun next = with(begun, typed);
        ++next.words;
        next.roles += role ? 1 : 0;
        next.strain = strain;
        extend(end, next);
    }

    [[nodiscard]] bool may_stand_for(std::string_view piece, const Words::value_type& word, std::size_t at,
                                     bool role, int words_before) const {
        const std::size_t end = at + piece.size();
        if (piece.size() == 1) {
            const bool initial = at != 0 && begins_word(label_, at) && ends_word(label_, end);
            return initial && !role && word.second.everywhere && labels_.shortening == Shortening::letters;
        }
        if (labels_.shortening != Shortening::cut || piece.size() == word.first.size()) return true;
        const std::size_t fewest = word.second.everywhere ? fewest_letters_cut : fewest_letters_cut_foreign;
        return end == label_.size() && (words_before > 0 || piece.size() >= fewest);
    }

    /// The word in the case in which it is shortened to this piece; empty where it is in none.
    [[nodiscard]] std::string typed_as(std::string_view piece, const std::string& text,
                                       std::size_t at) const {
        for (const WordCase how : {WordCase::lower, WordCase::capital, WordCase::upper}) {
            const bool upper = how == WordCase::upper;
            if (upper ? is_lower(piece.back()) : piece.size() > 1 && is_upper(piece.back())) continue;
            // Capitals beside small letters are initials, unless they are the whole word.
            if (upper && mixed_case_ && piece.size() > 1 && piece.size() < text.size()) continue;
            std::string typed = in_case(text, how);
            if (shortened(typed, piece.size(), at) == piece) return typed;
        }
        return {};
    }

    [[nodiscard]] std::string shortened(const std::string& word, std::size_t size, std::size_t at) const {
        // The first character stays, but it is not this word's own.
        const std::string before = labels_.shortening == Shortening::vowels && at > 0 ? "-" : "";
        const auto width = static_cast<int>(size + before.size());
        return strip_label(before + word, {width, labels_.shortening}).substr(before.size());
    }

    void finish(const Begun& begun) {
        if (begun.words > 0 && shown_label(begun.name, labels_) == label_)
            found_.push_back({begun.name, begun.strain});
    }

    const RoleVocabulary& vocabulary_;
    std::string_view label_;
    const StripLabels& labels_;
    bool mixed_case_;
    std::vector<LabelName> found_;
};

}  // namespace

std::vector<LabelName> names_behind(const RoleVocabulary& vocabulary, std::string_view label,
                                    const StripLabels& labels) {
    return Search(vocabulary, label, labels).names();
}

}  // namespace kedge::mix
