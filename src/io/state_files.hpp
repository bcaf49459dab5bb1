#pragma once

#include "core/pass.hpp"
#include "core/result.hpp"
#include "engine/tape_shelf.hpp"

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::io {

/// $XDG_STATE_HOME/kedge, or ~/.local/state/kedge; made if missing, for the user alone. An error says which
/// folder and why.
[[nodiscard]] Result<std::filesystem::path> state_folder();
/// $XDG_CONFIG_HOME/kedge, or ~/.config/kedge; not made.
[[nodiscard]] std::filesystem::path config_folder();

/// A whole file. Errors name it.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path);
/// Replaces a whole file: written beside it and renamed, so that a reader finds the old one or the new one.
/// Errors name it.
[[nodiscard]] Result<void> replace_file(const std::filesystem::path& path, std::string_view bytes);
/// The same, written piece by piece.
[[nodiscard]] Result<void> replace_file(const std::filesystem::path& path,
                                        const std::function<void(std::ostream&)>& write);
/// Every *.toml of a folder (sorted), or nothing when there is no such folder.
[[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> read_toml_folder(
    const std::filesystem::path& folder);

/// Now, for the journal.
[[nodiscard]] WallTime wall_time();

/// Tapes as files, one for each session, replaced as a whole (written beside and renamed).
class FileTapeShelf : public engine::TapeShelf {
  public:
    /// `folder` is made when first stored to.
    explicit FileTapeShelf(std::filesystem::path folder) : folder_(std::move(folder)) {}
    [[nodiscard]] std::optional<measure::StoredTape> load(const SessionInfo& session) override;
    Result<void> store(const measure::StoredTape& tape) override;

  private:
    [[nodiscard]] std::filesystem::path path_for(const SessionInfo& session) const;
    std::filesystem::path folder_;
};

}  // namespace kedge::io
