#pragma once

#include "core/result.hpp"
#include "core/role.hpp"
#include "core/strip_label.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace kedge::mix {

/// What a name was taken for, and by which rule.
struct RoleGuess {
    Role role = Role::other;
    std::string rule;  ///< for people: "kick: token 'bd' (en)", "no role known from its name"
};

/// The role vocabulary: finds a strip's role from the name engineers type. Data comes from profiles/roles
/// (TOML text). Pure and immutable after loading; safe from any thread.
class RoleBook {
  public:
    /// One vocabulary file: where it came from (for messages) and its TOML text.
    struct Source {
        std::string_view origin;
        std::string_view toml;
    };
    /// A file that cannot be used is an error naming file, line and column.
    static Result<RoleBook> load(std::span<const Source> sources);

    [[nodiscard]] RoleGuess classify(std::string_view strip_name) const;
    /// By name, then by group (a route group or folder called "Drums", "BGVs" …).
    [[nodiscard]] RoleGuess classify(std::string_view strip_name, std::string_view group) const;

    /// By a label that stands for a name. A label that the name may have been longer than has a role only
    /// where all names of known words that are shortened to it have that one.
    [[nodiscard]] RoleGuess classify_label(std::string_view label, const StripLabels& labels) const;

    ~RoleBook();
    RoleBook(RoleBook&&) noexcept;
    RoleBook& operator=(RoleBook&&) noexcept;

  private:
    struct Vocabulary;
    explicit RoleBook(std::unique_ptr<Vocabulary> vocabulary);
    std::unique_ptr<Vocabulary> vocabulary_;
};

}  // namespace kedge::mix
