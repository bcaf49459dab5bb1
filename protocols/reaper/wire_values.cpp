#include "reaper/wire_values.hpp"

#include "reaper/fader_law.hpp"
#include "reaper/session_limits.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace kedge::reaper {

namespace {

// A float's rounding of the floor.
constexpr double floor_margin_db = 0.01;
constexpr double range_margin = 0.001;

std::optional<Decibels> level_of(double db) {
    if (std::isinf(db) && db < 0.0) return Decibels::silence();
    if (!std::isfinite(db) || db > most_db) return std::nullopt;
    return db <= fader_floor_db + floor_margin_db ? Decibels::silence() : Decibels(db);
}

std::optional<double> within_one(const osc::Message& message) {
    const auto value = message.number(0);
    if (!value || !(*value >= -range_margin && *value <= 1.0 + range_margin)) return std::nullopt;
    return std::clamp(*value, 0.0, 1.0);
}

/// "-6.02dB", "+1.5dB", "-inf", "-inf dB".
std::optional<Decibels> level_from_text(std::string_view text) {
    if (text.starts_with("-inf")) return Decibels::silence();
    if (text.starts_with('+')) text.remove_prefix(1);
    double db = 0.0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), db);
    if (problem != std::errc()) return std::nullopt;
    const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
    if (!rest.empty() && rest != "dB" && rest != " dB") return std::nullopt;
    return level_of(db);
}

}  // namespace

std::optional<Decibels> level_from_wire(Flag flag, const osc::Message& message) {
    if (flag == Flag::text) {
        const auto text = message.string(0);
        return text ? level_from_text(*text) : std::nullopt;
    }
    if (flag == Flag::normalized) {
        const auto position = within_one(message);
        if (!position) return std::nullopt;
        const Decibels level = level_at(FaderShare(*position));
        return level.is_silence() ? level : level_of(level.db());
    }
    const auto db = message.number(0);
    return db ? level_of(*db) : std::nullopt;
}

std::optional<Pan> pan_from_wire(const osc::Message& message) {
    const auto value = within_one(message);
    if (!value) return std::nullopt;
    return Pan(2.0 * *value - 1.0);
}

std::optional<Decibels> meter_from_wire(const osc::Message& message, LevelRange meters) {
    const auto value = within_one(message);
    if (!value) return std::nullopt;
    if (*value <= 0.0) return Decibels::silence();
    return Decibels(meters.low.db() + *value * (meters.high.db() - meters.low.db()));
}

std::optional<int> whole_number(std::string_view text) {
    int number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<BarAndBeat> bar_from_wire(std::string_view text) {
    const auto first = text.find('.');
    if (first == std::string_view::npos) return std::nullopt;
    const auto second = text.find('.', first + 1);
    const auto bar = whole_number(text.substr(0, first));
    const auto beat =
        whole_number(second == std::string_view::npos ? text.substr(first + 1)
                                                      : text.substr(first + 1, second - first - 1));
    if (!bar || !beat || *beat < 1) return std::nullopt;
    return BarAndBeat{*bar, *beat};
}

std::vector<std::byte> level_message(const std::string& address, Flag flag, Decibels level) {
    const double db = level.is_silence() ? fader_floor_db : std::max(level.db(), fader_floor_db);
    if (flag == Flag::normalized) return number_message(address, flag, share_of(level).normalised());
    if (flag == Flag::text) return text_message(address, fmt::format("{:.4f}", db));
    return number_message(address, flag, db);
}

std::vector<std::byte> number_message(const std::string& address, Flag flag, double value) {
    if (flag == Flag::integer) return osc::encode(address, {static_cast<std::int32_t>(value)});
    return osc::encode(address, {static_cast<float>(value)});
}

std::vector<std::byte> text_message(const std::string& address, std::string_view text) {
    return osc::encode(address, {text});
}

std::vector<std::byte> question_message(const std::string& address, Flag flag) {
    if (flag == Flag::trigger) return osc::encode(address, {0.0F});
    return osc::encode(address);
}

}  // namespace kedge::reaper
