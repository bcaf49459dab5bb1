#pragma once

#include "core/pass.hpp"
#include "journal/sqlite.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Fader lines of passes in the journal's file; what each call promises is said in journal.hpp.
namespace kedge::journal {

/// "NANOSECONDS GAIN;NANOSECONDS GAIN": gains to their last bit.
[[nodiscard]] std::string text_of_points(const std::vector<LinePoint>& points);
/// nullopt for what no kedge has written.
[[nodiscard]] std::optional<std::vector<LinePoint>> points_from_text(std::string_view text);

[[nodiscard]] Result<void> insert_lines(const sqlite::Connection& connection, PassId pass,
                                        const std::vector<PassLine>& lines);
/// Verdicts, and what the lines became.
[[nodiscard]] Result<void> update_lines(const sqlite::Connection& connection, PassId pass,
                                        const std::vector<PassLine>& lines);
/// By pass. Of one pass, or of all of a session.
[[nodiscard]] Result<std::map<PassId, std::vector<PassLine>>> read_lines_of(
    const sqlite::Connection& connection, PassId pass);
[[nodiscard]] Result<std::map<PassId, std::vector<PassLine>>> read_lines_of(
    const sqlite::Connection& connection, const std::string& session);

}  // namespace kedge::journal
