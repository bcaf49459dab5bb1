#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <sstream>
#include <string>
#include <utility>

#include <fmt/format.h>

#define TOML_EXCEPTIONS 1
#include "mix/role_vocabulary.hpp"

#include <toml++/toml.h>

namespace kedge::mix {

namespace {

constexpr std::string_view next_step =
    "Correct the file there; profiles/roles/README.md describes what may stand in it.";

/// One file, parsed.
struct File {
    std::string origin;
    toml::table table;
};

tl::unexpected<Error> wrong(std::string_view origin, const toml::source_region& where,
                            std::string_view what) {
    return fail(ErrorKind::usage,
                fmt::format("{}:{}:{}: {}", origin, where.begin.line, where.begin.column, what),
                std::string(next_step));
}

tl::unexpected<Error> wrong(const File& file, const toml::node& node, std::string_view what) {
    return wrong(file.origin, node.source(), what);
}

Result<File> parse(const RoleBook::Source& source) {
    try {
        return File{std::string(source.origin), toml::parse(source.toml, source.origin)};
    } catch (const toml::parse_error& error) {
        return wrong(source.origin, error.source(), error.description());
    }
}

Result<void> only_keys(const File& file, const toml::table& table,
                       std::initializer_list<std::string_view> known) {
    for (const auto& [key, node] : table) {
        const std::string_view word = key.str();
        if (std::find(known.begin(), known.end(), word) == known.end()) {
            return wrong(file, node, fmt::format("'{}' is not known here", word));
        }
    }
    return {};
}

Result<std::string> text_of(const File& file, const toml::node& node, std::string_view what) {
    if (const auto* text = node.as_string()) return text->get();
    return wrong(file, node, fmt::format("{} must be a text in quotes", what));
}

Result<std::optional<Role>> optional_role(const File& file, const toml::table& table, std::string_view key) {
    const toml::node* node = table.get(key);
    if (node == nullptr) return std::optional<Role>{};
    const auto word = text_of(file, *node, key);
    if (!word) return tl::unexpected(word.error());
    const auto role = role_from_string(*word);
    if (!role) return wrong(file, *node, fmt::format("'{}' is no role", *word));
    return role;
}

/// The texts of an array: none when the key is absent.
Result<std::vector<std::pair<std::string, const toml::node*>>> texts_of(const File& file,
                                                                        const toml::table& table,
                                                                        std::string_view key) {
    std::vector<std::pair<std::string, const toml::node*>> texts;
    const toml::node* node = table.get(key);
    if (node == nullptr) return texts;
    const toml::array* array = node->as_array();
    if (array == nullptr) return wrong(file, *node, fmt::format("'{}' must be a list of texts", key));
    for (const toml::node& element : *array) {
        auto text = text_of(file, element, "each element");
        if (!text) return tl::unexpected(text.error());
        texts.emplace_back(std::move(*text), &element);
    }
    return texts;
}

const toml::table* table_at(const toml::table& parent, std::string_view key) {
    const toml::node* node = parent.get(key);
    return node == nullptr ? nullptr : node->as_table();
}

/// Builds the vocabulary: names of concepts and kinds first, since files may refer to each other in any
/// order.
class Builder {
  public:
    Result<RoleVocabulary> build(const std::vector<File>& files) {
        for (const File& file : files) {
            if (const auto done = check_shape(file); !done) return tl::unexpected(done.error());
            if (const auto done = declare(file); !done) return tl::unexpected(done.error());
        }
        for (const File& file : files) {
            if (const auto done = define(file); !done) return tl::unexpected(done.error());
            if (const auto done = read_rules(file); !done) return tl::unexpected(done.error());
            if (const auto done = read_words(file); !done) return tl::unexpected(done.error());
        }
        return std::move(vocabulary_);
    }

  private:
    static Result<void> check_shape(const File& file) {
        if (auto done = only_keys(file, file.table, {"language", "everywhere", "concept", "rule", "words"});
            !done)
            return done;
        for (const std::string_view key : {"concept", "words"}) {
            const toml::node* node = file.table.get(key);
            if (node != nullptr && !node->is_table())
                return wrong(file, *node, fmt::format("'{}' must be a table", key));
        }
        const toml::node* rules = file.table.get("rule");
        if (rules != nullptr && !rules->is_array_of_tables())
            return wrong(file, *rules, "write each rule under [[rule]]");
        return {};
    }

    Result<void> declare(const File& file) {
        const toml::table* concepts = table_at(file.table, "concept");
        if (concepts == nullptr) return {};
        for (const auto& [key, node] : *concepts) {
            const toml::table* table = node.as_table();
            if (table == nullptr) return wrong(file, node, "a concept must be a table");
            if (vocabulary_.find_concept(key.str())) {
                return wrong(file, node, fmt::format("the concept '{}' is already there", key.str()));
            }
            if (auto done = only_keys(file, *table, {"role", "is", "yields_to", "weight", "together"});
                !done) {
                return done;
            }
            const auto kinds = texts_of(file, *table, "is");
            if (!kinds) return tl::unexpected(kinds.error());
            if (bits_.size() + kinds->size() + 1 > most_concepts)
                return wrong(file, node, "there are too many concepts");
            RoleConcept one;
            one.name = std::string(key.str());
            one.is.set(bit_of(one.name));
            for (const auto& kind : *kinds) one.is.set(bit_of(kind.first));
            vocabulary_.add_concept(std::move(one));
        }
        return {};
    }

    Result<void> define(const File& file) {
        const toml::table* concepts = table_at(file.table, "concept");
        if (concepts == nullptr) return {};
        for (const auto& [key, node] : *concepts) {
            const toml::table& table = *node.as_table();
            RoleConcept& one = vocabulary_.concept_at(*vocabulary_.find_concept(key.str()));
            const auto role = optional_role(file, table, "role");
            if (!role) return tl::unexpected(role.error());
            const auto together = optional_role(file, table, "together");
            if (!together) return tl::unexpected(together.error());
            const auto yields = set_of(file, table, "yields_to");
            if (!yields) return tl::unexpected(yields.error());
            one.role = *role;
            one.together = *together;
            one.yields_to = *yields & ~one.is;
            if (const toml::node* weight = table.get("weight")) {
                const auto number = weight->value_exact<std::int64_t>();
                if (!number || *number < 1 || *number > heaviest) {
                    return wrong(file, *weight,
                                 fmt::format("'weight' must be a whole number from 1 to {}", heaviest));
                }
                one.weight = static_cast<int>(*number);
            }
        }
        return {};
    }

    Result<void> read_rules(const File& file) {
        const toml::node* node = file.table.get("rule");
        if (node == nullptr) return {};
        for (const toml::node& element : *node->as_array()) {
            const toml::table& table = *element.as_table();
            if (auto done = only_keys(file, table, {"with", "without", "in_order", "role"}); !done)
                return done;
            const auto role = optional_role(file, table, "role");
            if (!role) return tl::unexpected(role.error());
            const auto with = set_of(file, table, "with");
            if (!with) return tl::unexpected(with.error());
            const auto without = set_of(file, table, "without");
            if (!without) return tl::unexpected(without.error());
            if (!role->has_value() || with->none())
                return wrong(file, element, "a rule needs 'with' and 'role'");
            RoleRule rule{*with, *without, {}, **role};
            if (const toml::node* in_order = table.get("in_order")) {
                if (!in_order->is_boolean())
                    return wrong(file, *in_order, "'in_order' must be true or false");
                if (in_order->as_boolean()->get()) rule.in_order = one_by_one(*texts_of(file, table, "with"));
            }
            vocabulary_.add_rule(std::move(rule));
        }
        return {};
    }

    Result<void> read_words(const File& file) {
        const toml::table* words = table_at(file.table, "words");
        if (words == nullptr) return {};
        const toml::node* language = file.table.get("language");
        if (language == nullptr)
            return wrong(file, *words, "a file with words needs a language = \"..\" above them");
        auto tag = text_of(file, *language, "language");
        if (!tag) return tl::unexpected(tag.error());
        const toml::node* everywhere = file.table.get("everywhere");
        if (everywhere != nullptr && !everywhere->is_boolean())
            return wrong(file, *everywhere, "'everywhere' must be true or false");
        vocabulary_.add_language(std::move(*tag), everywhere != nullptr && everywhere->as_boolean()->get());
        for (const auto& [key, node] : *words) {
            const auto meaning = vocabulary_.find_concept(key.str());
            if (!meaning)
                return wrong(file, node, fmt::format("no file has a concept called '{}'", key.str()));
            const auto texts = texts_of(file, *words, key.str());
            if (!texts) return tl::unexpected(texts.error());
            for (const auto& [text, where] : *texts) {
                std::string spelling = fold_letters(text);
                if (spelling.empty()) return wrong(file, *where, "a word needs letters or digits");
                vocabulary_.add_word(std::move(spelling), *meaning);
            }
        }
        return {};
    }

    Result<ConceptSet> set_of(const File& file, const toml::table& table, std::string_view key) {
        const auto names = texts_of(file, table, key);
        if (!names) return tl::unexpected(names.error());
        ConceptSet set;
        for (const auto& [name, where] : *names) {
            const auto bit = bits_.find(name);
            if (bit == bits_.end())
                return wrong(file, *where, fmt::format("'{}' is no concept and no kind", name));
            set.set(bit->second);
        }
        return set;
    }

    std::vector<ConceptSet> one_by_one(
        const std::vector<std::pair<std::string, const toml::node*>>& names) const {
        std::vector<ConceptSet> sets;
        for (const auto& [name, where] : names) sets.push_back(ConceptSet{}.set(bits_.at(name)));
        return sets;
    }

    std::size_t bit_of(const std::string& name) { return bits_.emplace(name, bits_.size()).first->second; }

    RoleVocabulary vocabulary_;
    std::map<std::string, std::size_t> bits_;
};

}  // namespace

Result<RoleVocabulary> RoleVocabulary::read(std::span<const RoleBook::Source> sources) {
    std::vector<File> files;
    for (const RoleBook::Source& source : sources) {
        auto file = parse(source);
        if (!file) return tl::unexpected(file.error());
        files.push_back(std::move(*file));
    }
    return Builder().build(files);
}

}  // namespace kedge::mix
