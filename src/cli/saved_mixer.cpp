#include "cli/saved_mixer.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace kedge::cli {

namespace json = boost::json;

namespace {

json::value exact(Decibels level) {
    if (level.is_silence()) return nullptr;
    return level.db();
}

json::object json_of_saved(const sim::SimStrip& strip) {
    const sim::ControlAutomation& automation = strip.automation(Control::fader);
    json::array points;
    for (const sim::AutomationPoint& point : automation.list().points())
        points.push_back(json::array{point.at, exact(std::get<Decibels>(point.value))});
    return {{"strip", strip.name},
            {"fader_mode", to_string(automation.mode())},
            {"fader_points", std::move(points)},
            {"trim_db", exact(strip.trim)},
            {"fader_db", exact(strip.fader)},
            {"pan", (strip.pan.position() + 1.0) / 2.0},
            {"mute", strip.muted ? 1 : 0}};
}

/// One line of the file, taken apart.
struct SavedStrip {
    std::string name;
    Decibels trim;
    Decibels fader;
    Pan pan;
    bool muted = false;
    AutomationMode mode = AutomationMode::manual;
    std::vector<sim::AutomationPoint> points;
};

std::optional<double> number_in(const json::object& words, std::string_view name) {
    const json::value* found = words.if_contains(json::string_view(name.data(), name.size()));
    if (found == nullptr || !found->is_number()) return std::nullopt;
    const auto number = found->to_number<double>();
    return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<Decibels> level_in(const json::object& words, std::string_view name) {
    const json::value* found = words.if_contains(json::string_view(name.data(), name.size()));
    if (found != nullptr && found->is_null()) return Decibels::silence();
    const auto number = number_in(words, name);
    if (!number) return std::nullopt;
    return Decibels(*number);
}

std::optional<sim::AutomationPoint> point_in(const json::value& words) {
    if (!words.is_array() || words.as_array().size() != 2) return std::nullopt;
    const json::value& at = words.as_array()[0];
    const json::value& level = words.as_array()[1];
    if (!at.is_int64() || at.as_int64() < 0 || (!level.is_null() && !level.is_number())) return std::nullopt;
    const double db = level.is_null() ? Decibels::silence().db() : level.to_number<double>();
    if (!Decibels::is_level(db)) return std::nullopt;
    return sim::AutomationPoint{at.as_int64(), Decibels(db)};
}

/// Mode and points, where they are there; false for what is none.
bool take_automation(const json::object& words, SavedStrip& strip) {
    if (const json::value* mode = words.if_contains("fader_mode")) {
        const auto known =
            mode->is_string() ? automation_mode_from_string(std::string(mode->as_string())) : std::nullopt;
        if (!known) return false;
        strip.mode = *known;
    }
    const json::value* points = words.if_contains("fader_points");
    if (points == nullptr) return true;
    if (!points->is_array()) return false;
    for (const json::value& each : points->as_array()) {
        const auto point = point_in(each);
        if (!point) return false;
        strip.points.push_back(*point);
    }
    return true;
}

std::optional<SavedStrip> strip_in(const json::value& words) {
    if (!words.is_object()) return std::nullopt;
    const json::object& members = words.as_object();
    const json::value* name = members.if_contains("strip");
    const auto trim = level_in(members, "trim_db");
    const auto fader = level_in(members, "fader_db");
    const auto pan = number_in(members, "pan");
    const auto mute = number_in(members, "mute");
    if (name == nullptr || !name->is_string() || !trim || !fader || !mute || !pan) return std::nullopt;
    if (*pan < 0.0 || *pan > 1.0 || (*mute != 0.0 && *mute != 1.0)) return std::nullopt;
    SavedStrip strip{
        std::string(name->as_string()), *trim, *fader, Pan(*pan * 2.0 - 1.0), *mute == 1.0, {}, {}};
    if (!take_automation(members, strip)) return std::nullopt;
    return strip;
}

std::optional<std::vector<SavedStrip>> strips_in(std::string_view words) {
    json::error_code wrong;
    const json::value document = json::parse(json::string_view(words.data(), words.size()), wrong);
    const json::value* list =
        !wrong && document.is_object() ? document.as_object().if_contains("strips") : nullptr;
    if (list == nullptr || !list->is_array()) return std::nullopt;
    std::vector<SavedStrip> strips;
    for (const json::value& each : list->as_array()) {
        auto strip = strip_in(each);
        if (!strip) return std::nullopt;
        strips.push_back(std::move(*strip));
    }
    return strips;
}

sim::SimStrip* named(sim::AudioEngine& engine, const std::string& name) {
    auto& strips = engine.strips();
    const auto found =
        std::find_if(strips.begin(), strips.end(), [&](const auto& strip) { return strip.name == name; });
    if (found != strips.end()) return &*found;
    return engine.master().name == name ? &engine.master() : nullptr;
}

}  // namespace

std::string saved_words(const sim::SavedMixer& saved) {
    json::array strips;
    for (const auto& strip : saved.strips) strips.push_back(json_of_saved(strip));
    strips.push_back(json_of_saved(saved.master));
    return json::serialize(json::object{{"strips", std::move(strips)}});
}

Result<void> open_saved(std::string_view words, sim::AudioEngine& engine) {
    const auto saved = strips_in(words);
    if (!saved)
        return fail(ErrorKind::usage, "This is no mixer that a simulated DAW saved.",
                    "`kedge sim --save-to FILE` writes one, each time the DAW is told to save.");
    for (const SavedStrip& strip : *saved) {
        if (named(engine, strip.name) == nullptr)
            return fail(ErrorKind::usage,
                        fmt::format("The saved mixer has a strip '{}', the song has not.", strip.name),
                        "Open it with the same --stems, --seed or --strips it was saved with.");
    }
    for (const SavedStrip& strip : *saved) {
        sim::SimStrip& stands = *named(engine, strip.name);
        stands.trim = strip.trim;
        stands.fader = strip.fader;
        stands.pan = strip.pan;
        stands.muted = strip.muted;
        sim::ControlAutomation& automation = stands.automation(Control::fader);
        automation.set_mode(strip.mode, {0, strip.fader}, false, engine.song_samples());
        automation.list().clear();
        for (const sim::AutomationPoint& point : strip.points) automation.list().add(point);
    }
    return {};
}

}  // namespace kedge::cli
