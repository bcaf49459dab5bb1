#include "mix/role_book.hpp"

#include "mix/label_reader.hpp"
#include "mix/role_reading.hpp"
#include "mix/role_vocabulary.hpp"

#include <utility>

#include <fmt/format.h>

namespace kedge::mix {

struct RoleBook::Vocabulary {
    RoleVocabulary words;
};

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
    RoleVerdict by_name = read_name(vocabulary_->words, strip_name);
    if (by_name.says != NameSays::nothing) return std::move(by_name.guess);
    RoleGuess by_group = read_name(vocabulary_->words, group).guess;
    if (by_group.role == Role::other) return std::move(by_name.guess);
    by_group.rule += fmt::format(" of its group '{}'", group);
    return by_group;
}

RoleGuess RoleBook::classify_label(std::string_view label, const StripLabels& labels) const {
    return read_label(vocabulary_->words, label, labels);
}

}  // namespace kedge::mix
