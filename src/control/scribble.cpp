#include "control/scribble.hpp"

#include "mackie/display_text.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::control {

void Scribble::moved(Instant now, StripId strip, std::string words) {
    moved_[strip] = {std::move(words), now + moved_is_shown_for};
}

void Scribble::show(Instant now, std::size_t place, const Strip& strip, const std::string& below,
                    std::vector<ShowText>& out) {
    tell({place, ScribbleLine::upper}, name_in_cell(strip.name.name), out);
    const auto moved = moved_.find(strip.id);
    const bool lately = moved != moved_.end() && now < moved->second.until;
    if (moved != moved_.end() && !lately) moved_.erase(moved);
    tell({place, ScribbleLine::lower}, lately ? moved->second.words : below, out);
}

void Scribble::show_none(std::size_t place, std::vector<ShowText>& out) {
    tell({place, ScribbleLine::upper}, "", out);
    tell({place, ScribbleLine::lower}, "", out);
}

void Scribble::tell(Cell cell, std::string text, std::vector<ShowText>& out) {
    text.resize(cell_width, ' ');
    const auto [last, first_time] = shown_.try_emplace(cell, text);
    if (!first_time && last->second == text) return;
    last->second = text;
    out.push_back({cell.place, cell.line, std::move(text)});
}

std::optional<Instant> Scribble::wake_at(Instant now) const {
    std::optional<Instant> first;
    for (const auto& [strip, moved] : moved_)
        if (moved.until > now) first = std::min(first.value_or(moved.until), moved.until);
    return first;
}

std::string name_in_cell(std::string_view name) {
    std::string text = mackie::DisplayText::from_utf8(name).ascii();
    const auto is_too_long = [&] { return text.size() > Scribble::cell_width; };
    if (is_too_long()) std::erase(text, ' ');
    constexpr std::string_view vowels = "aeiou";
    for (std::size_t i = text.size(); i-- > 1 && is_too_long();)
        if (vowels.find(text[i]) != std::string_view::npos) text.erase(i, 1);
    if (is_too_long()) text.resize(Scribble::cell_width);
    return text;
}

std::string level_in_cell(Decibels level) {
    if (level.is_silence()) return "-inf";
    constexpr double rounds_to_nought = 0.05;
    const double db = level.db() > -rounds_to_nought && level.db() < rounds_to_nought ? 0.0 : level.db();
    return db > 0.0 ? fmt::format("+{:.1f}", db) : fmt::format("{:.1f}", db);
}

std::string value_in_cell(const ControlValue& value) {
    if (const auto* level = std::get_if<Decibels>(&value)) return level_in_cell(*level);
    if (const auto* pan = std::get_if<Pan>(&value)) return to_string(*pan);
    return std::get<Mute>(value) == Mute::muted ? "muted" : "open";
}

std::string ride_depth_in_cell(FaderPosition depth) {
    constexpr int percent = 100;
    return fmt::format("Rd{:3}%", depth.value() * percent / FaderPosition::top);
}

}  // namespace kedge::control
