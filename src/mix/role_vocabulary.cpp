#include "mix/role_vocabulary.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace kedge::mix {

namespace {

constexpr std::size_t longest_phrase = 4;      // tokens
constexpr std::size_t longest_with_side = 5;   // letters: "keysl" has a side, "summer" has none
constexpr std::size_t shortest_compound = 5;   // letters: "sntop"
constexpr std::size_t shortest_ending = 5;     // letters of a compound's known end: "zerr|gitarre"
constexpr std::size_t shortest_beginning = 6;  // letters of a compound's known beginning: "klavier|gruppe"
constexpr std::size_t shortest_with_half = 7;  // and the whole
constexpr std::size_t shortest_with_slip = 7;  // letters a word must have to forgive a slip of the finger

std::string without_spaces(std::string_view spelling) {
    std::string joined(spelling);
    joined.erase(std::remove(joined.begin(), joined.end(), ' '), joined.end());
    return joined;
}

/// "oooooh" is "ooh": no word has a letter three times running.
std::string without_drawl(std::string_view text) {
    std::string kept;
    for (const char c : text) {
        const std::size_t n = kept.size();
        if (n < 2 || kept[n - 1] != c || kept[n - 2] != c) kept += c;
    }
    return kept;
}

/// A number starts a phrase ("2 trk") or touches the word before it ("B3"); the 3 of "B 3" only counts
/// strips.
bool joins(std::span<const RoleToken> tokens) {
    if (tokens.size() == 1) return !tokens.front().digits || tokens.front().text.size() >= 3;
    return std::all_of(tokens.begin() + 1, tokens.end(),
                       [](const RoleToken& token) { return !token.digits || token.glued; });
}

std::string join(std::span<const RoleToken> tokens, std::string_view between) {
    std::string joined;
    for (const RoleToken& token : tokens) {
        if (!joined.empty()) joined += between;
        joined += token.text;
    }
    return joined;
}

/// One letter wrong, missing, too many, or two swapped.
bool one_slip_apart(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    std::size_t i = 0;
    while (i < a.size() && a[i] == b[i]) ++i;
    const std::string_view rest_a = a.substr(i);
    const std::string_view rest_b = b.substr(i);
    if (a.size() < b.size()) return rest_a == rest_b.substr(1);
    if (rest_a.empty() || rest_a.substr(1) == rest_b.substr(1)) return true;
    return rest_a.size() >= 2 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] &&
           rest_a.substr(2) == rest_b.substr(2);
}

std::size_t letters_in(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool is_side(std::string_view text) {
    return text == "l" || text == "r";
}

}  // namespace

std::optional<std::size_t> RoleVocabulary::find_concept(std::string_view name) const {
    const auto found = std::find_if(concepts_.begin(), concepts_.end(),
                                    [&](const RoleConcept& one) { return one.name == name; });
    if (found == concepts_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - concepts_.begin());
}

void RoleVocabulary::add_word(std::string spelling, std::size_t concept_index) {
    assert(concept_index < concepts_.size() && !languages_.empty());
    const std::string joined = without_spaces(spelling);
    spellings_.insert(spelling);
    const std::size_t language = std::min(languages_.size(), most_languages) - 1;
    for (std::size_t from = 0; from < spelling.size();) {
        const std::size_t to = std::min(spelling.find(' ', from), spelling.size());
        SingleWord& word = single_words_[spelling.substr(from, to - from)];
        word.languages.set(language);
        word.everywhere = word.everywhere || last_is_everywhere_;
        from = to + 1;
    }
    if (const RoleWord* before = exact(joined); before != nullptr && before->concept_index != concept_index) {
        overridden_.push_back(before->spelling);
    }
    const auto [at, is_new] =
        words_.insert_or_assign(joined, RoleWord{concept_index, languages_.size() - 1, std::move(spelling)});
    longest_word_ = std::max(longest_word_, joined.size());
    if (is_new && joined.size() + 1 >= shortest_with_slip) {
        by_initial_and_length_[{joined.front(), joined.size()}].push_back(&at->second);
    }
}

const RoleWord* RoleVocabulary::exact(std::string_view joined) const {
    if (joined.size() > longest_word_) return nullptr;
    const auto found = words_.find(joined);
    return found == words_.end() ? nullptr : &found->second;
}

const RoleWord* RoleVocabulary::word_or_plural(std::string_view joined) const {
    if (const RoleWord* word = exact(joined)) return word;
    const bool plural = joined.size() >= 3 && (joined.back() == 's' || joined.back() == 'z');
    return plural ? exact(joined.substr(0, joined.size() - 1)) : nullptr;
}

bool RoleVocabulary::break_up(std::string_view rest, int short_pieces, int pieces,
                              std::vector<RoleHit>& hits) const {
    if (rest.empty()) return true;
    if (pieces == 0) return false;
    for (std::size_t length = std::min(rest.size(), longest_word_); length >= 2; --length) {
        if (length == 2 && short_pieces == 0) return false;
        const std::string_view piece = rest.substr(0, length);
        const RoleWord* word = length == rest.size() ? word_or_plural(piece) : exact(piece);
        if (word == nullptr) continue;
        hits.push_back({word, std::string(piece), 0});
        if (break_up(rest.substr(length), short_pieces - (length == 2 ? 1 : 0), pieces - 1, hits))
            return true;
        hits.pop_back();
    }
    return false;
}

const RoleWord* RoleVocabulary::by_ending_or_beginning(std::string_view token) const {
    if (letters_in(token) < shortest_with_half) return nullptr;
    for (std::size_t length = token.size() - 1; length >= shortest_ending; --length) {
        const std::string_view ending = token.substr(token.size() - length);
        const std::string_view beginning = token.substr(0, length);
        const RoleWord* word = letters_in(ending) >= shortest_ending ? word_or_plural(ending) : nullptr;
        if (word == nullptr && letters_in(beginning) >= shortest_beginning) word = exact(beginning);
        if (word != nullptr) return word;
    }
    return nullptr;
}

const RoleWord* RoleVocabulary::misspelt(std::string_view token) const {
    if (letters_in(token) < shortest_with_slip) return nullptr;
    for (const std::size_t length : {token.size(), token.size() + 1, token.size() - 1}) {
        const auto found = by_initial_and_length_.find({token.front(), length});
        if (found == by_initial_and_length_.end()) continue;
        for (const RoleWord* word : found->second) {
            if (one_slip_apart(token, without_spaces(word->spelling))) return word;
        }
    }
    return nullptr;
}

void RoleVocabulary::take_compound(std::string_view token, std::vector<RoleHit>& hits) const {
    const std::string plain = without_drawl(token);
    const auto take = [&](const RoleWord* word) {
        if (word != nullptr) hits.push_back({word, std::string(token), 0});
        return word != nullptr;
    };
    if (plain.size() != token.size() && take(word_or_plural(plain))) return;
    if (plain.size() >= 3 && plain.size() <= longest_with_side &&
        is_side(std::string_view(plain).substr(plain.size() - 1)) &&
        take(exact(std::string_view(plain).substr(0, plain.size() - 1)))) {
        return;
    }
    if (plain.size() >= shortest_compound && break_up(plain, 1, 3, hits)) return;
    if (!take(by_ending_or_beginning(plain))) take(misspelt(plain));
}

std::vector<RoleHit> RoleVocabulary::find(std::span<const RoleToken> tokens) const {
    std::vector<RoleHit> hits;
    std::vector<bool> used(tokens.size(), false);
    for (std::size_t length = std::min(longest_phrase, tokens.size()); length >= 1; --length) {
        for (std::size_t at = 0; at + length <= tokens.size(); ++at) {
            const auto window = tokens.subspan(at, length);
            const auto first_used = used.begin() + static_cast<std::ptrdiff_t>(at);
            const auto last_used = first_used + static_cast<std::ptrdiff_t>(length);
            if (!joins(window) || std::find(first_used, last_used, true) != last_used) continue;
            // "12 string" is a guitar, "12 Strings" more often track 12.
            const std::string joined = join(window, "");
            const RoleWord* word = window.front().digits ? exact(joined) : word_or_plural(joined);
            if (word == nullptr) continue;
            hits.push_back({word, join(window, " "), at});
            std::fill(first_used, last_used, true);
        }
    }
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        if (used[at] || tokens[at].digits) continue;
        const std::size_t before = hits.size();
        take_compound(tokens[at].text, hits);
        for (std::size_t i = before; i < hits.size(); ++i) hits[i].at = at;
    }
    std::stable_sort(hits.begin(), hits.end(),
                     [](const RoleHit& a, const RoleHit& b) { return a.at < b.at; });
    return hits;
}

}  // namespace kedge::mix
