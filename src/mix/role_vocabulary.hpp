#pragma once

#include "core/result.hpp"
#include "core/role.hpp"
#include "mix/role_book.hpp"
#include "mix/role_tokens.hpp"

#include <array>
#include <bitset>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kedge::mix {

/// The most concepts and kinds together; a vocabulary with more does not load.
inline constexpr std::size_t most_concepts = 192;
/// A set of concepts and kinds.
using ConceptSet = std::bitset<most_concepts>;

/// The most vocabulary files with words that are kept apart by their language.
inline constexpr std::size_t most_languages = 64;
using LanguageSet = std::bitset<most_languages>;

/// The weight of a concept that says its role outright.
inline constexpr int heaviest = 3;

/// What a word can mean, whatever the language: "kick", "guitar", "lead". See profiles/roles/README.md.
struct RoleConcept {
    std::string name;
    ConceptSet is;             ///< itself and its kinds ("drum-piece")
    ConceptSet yields_to;      ///< beside any of these it means nothing
    std::optional<Role> role;  ///< what it is on its own; modifiers such as "lead" may have none
    int weight = heaviest;  ///< its role counts only where no concept of more weight has one; 1 to heaviest
    std::optional<Role>
        together;  ///< what several concepts with this same word are: kick and snare are "drums"
};

/// Concepts that are a role only side by side: guitar and lead.
struct RoleRule {
    ConceptSet with;
    ConceptSet without;
    std::vector<ConceptSet>
        in_order;  ///< one each, in the order they must come in the name; empty: any order
    Role role = Role::other;
};

/// A word or phrase as a concept, and who says so.
struct RoleWord {
    std::size_t concept_index = 0;
    std::size_t language = 0;
    std::string spelling;  ///< folded, with spaces: "bass drum"
};

/// A word found in a name.
struct RoleHit {
    const RoleWord* word = nullptr;
    std::string typed;   ///< as in the name, folded
    std::size_t at = 0;  ///< which token of the name it starts with
};

/// All vocabulary files together. Immutable once read.
class RoleVocabulary {
  public:
    RoleVocabulary() = default;
    RoleVocabulary(RoleVocabulary&&) noexcept = default;
    RoleVocabulary& operator=(RoleVocabulary&&) noexcept = default;
    ~RoleVocabulary() = default;

    /// Reads vocabulary files. Where two files spell the same word, the later one counts.
    static Result<RoleVocabulary> read(std::span<const RoleBook::Source> sources);

    /// Every word of the vocabulary in these tokens; longer phrases first, each token used once.
    [[nodiscard]] std::vector<RoleHit> find(std::span<const RoleToken> tokens) const;

    [[nodiscard]] const std::vector<RoleConcept>& concepts() const { return concepts_; }
    [[nodiscard]] const std::vector<RoleRule>& rules() const { return rules_; }
    /// A word by itself or in a phrase.
    struct SingleWord {
        LanguageSet languages;
        bool everywhere = false;  ///< used beside the words of any language
    };
    using SingleWords = std::map<std::string, SingleWord, std::less<>>;
    [[nodiscard]] const SingleWords& single_words() const { return single_words_; }
    /// Each word and phrase as it is spelt, in order.
    [[nodiscard]] const std::set<std::string, std::less<>>& spellings() const { return spellings_; }
    /// Words to which a later file gave another meaning.
    [[nodiscard]] const std::vector<std::string>& overridden() const { return overridden_; }
    [[nodiscard]] const std::string& language(const RoleWord& word) const {
        return languages_[word.language];
    }

    /// Whether this is a word by itself, by its letters.
    [[nodiscard]] bool has_word(std::string_view word) const { return exact(word) != nullptr; }
    /// Whether a word, by its letters, has a role outright.
    [[nodiscard]] bool says_role(std::string_view word) const {
        const RoleWord* known = exact(word);
        if (known == nullptr) return false;
        const RoleConcept& meant = concepts_[known->concept_index];
        return meant.role && meant.weight == heaviest;
    }
    /// Building blocks for the reader of the files.
    void add_language(std::string tag, bool everywhere) {
        languages_.push_back(std::move(tag));
        last_is_everywhere_ = everywhere;
    }
    [[nodiscard]] std::optional<std::size_t> find_concept(std::string_view name) const;
    void add_concept(RoleConcept one) { concepts_.push_back(std::move(one)); }
    [[nodiscard]] RoleConcept& concept_at(std::size_t index) { return concepts_[index]; }
    void add_rule(RoleRule rule) { rules_.push_back(std::move(rule)); }
    /// `spelling` is folded already; its concept must exist. A word of the last language added.
    void add_word(std::string spelling, std::size_t concept_index);

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    using Words = std::unordered_map<std::string, RoleWord, Hash, std::equal_to<>>;

    [[nodiscard]] const RoleWord* exact(std::string_view joined) const;
    [[nodiscard]] const RoleWord* word_or_plural(std::string_view joined) const;
    void take_compound(std::string_view token, std::vector<RoleHit>& hits) const;
    [[nodiscard]] bool break_up(std::string_view rest, int short_pieces, int pieces,
                                std::vector<RoleHit>& hits) const;
    [[nodiscard]] const RoleWord* by_ending_or_beginning(std::string_view token) const;
    [[nodiscard]] const RoleWord* misspelt(std::string_view token) const;

    std::vector<RoleConcept> concepts_;
    std::vector<RoleRule> rules_;
    std::vector<std::string> languages_;
    Words words_;  ///< by spelling without spaces
    bool last_is_everywhere_ = false;
    SingleWords single_words_;
    std::set<std::string, std::less<>> spellings_;
    std::vector<std::string> overridden_;
    std::size_t longest_word_ = 0;
    std::map<std::pair<char, std::size_t>, std::vector<const RoleWord*>> by_initial_and_length_;
};

}  // namespace kedge::mix
