#pragma once

#include "core/strip.hpp"
#include "journal/sqlite.hpp"

#include <utility>
#include <vector>

#include <fmt/format.h>

/// How strips and values lie in a row. A level or a pan is REAL, a level of silence the text '-inf', a mute
/// INTEGER 0 or 1; the control tells which.
namespace kedge::journal {

void bind_value(sqlite::Statement& statement, const ControlValue& value);
/// nullopt for what no kedge has written.
[[nodiscard]] std::optional<ControlValue> read_value(const sqlite::Statement& row, int column,
                                                     Control control);
/// Three columns: kind, name, twin.
void bind_strip(sqlite::Statement& statement, const StripName& strip);
[[nodiscard]] std::optional<StripName> read_strip(const sqlite::Statement& row, int first_column);

/// Runs a query and reads every row with `read`, which gives nullopt for a row no kedge has written.
template <typename Read>
auto read_rows(sqlite::Statement& query, const sqlite::Connection& connection, Read read)
    -> Result<std::vector<typename decltype(read(query))::value_type>> {
    std::vector<typename decltype(read(query))::value_type> rows;
    while (true) {
        const auto more = query.step();
        if (!more) return tl::unexpected(more.error());
        if (!*more) return rows;
        auto row = read(query);
        if (!row)
            return fail(
                ErrorKind::storage,
                fmt::format("The journal {} holds a record that kedge did not write.", connection.path()),
                "The file is damaged or was edited: keep a copy and move it out of the way.");
        rows.push_back(std::move(*row));
    }
}

}  // namespace kedge::journal
