#include "journal/rows.hpp"

namespace kedge::journal {

namespace {

using sqlite::Statement;

constexpr std::string_view silence_word = "-inf";

}  // namespace

void bind_value(Statement& statement, const ControlValue& value) {
    if (const auto* level = std::get_if<Decibels>(&value)) {
        level->is_silence() ? statement.bind(silence_word) : statement.bind(level->db());
    } else if (const auto* pan = std::get_if<Pan>(&value)) {
        statement.bind(pan->position());
    } else {
        statement.bind(std::int64_t{std::get<Mute>(value) == Mute::muted ? 1 : 0});
    }
}

std::optional<ControlValue> read_value(const Statement& row, int column, Control control) {
    using Type = Statement::ColumnType;
    const auto type = row.type(column);
    if (control == Control::mute) {
        if (type != Type::integer) return std::nullopt;
        return ControlValue(row.integer(column) != 0 ? Mute::muted : Mute::open);
    }
    const bool is_level = control == Control::trim || control == Control::fader;
    if (is_level && type == Type::text && row.text(column) == silence_word)
        return ControlValue(Decibels::silence());
    if (type != Type::real || !Decibels::is_level(row.real(column))) return std::nullopt;
    return is_level ? ControlValue(Decibels(row.real(column))) : ControlValue(Pan(row.real(column)));
}

void bind_strip(Statement& statement, const StripName& strip) {
    statement.bind(to_string(strip.kind)).bind(strip.name).bind(std::int64_t{strip.twin});
}

std::optional<StripName> read_strip(const Statement& row, int first_column) {
    const auto kind = strip_kind_from_string(row.text(first_column));
    if (!kind) return std::nullopt;
    return StripName{*kind, row.text(first_column + 1), static_cast<int>(row.integer(first_column + 2))};
}

}  // namespace kedge::journal
