#include "sim/reaper_words.hpp"
#include "sim/simulated_reaper.hpp"

#include <algorithm>
#include <cmath>

/// Markers and regions: what is said of those in the device's banks, and going to one.
namespace kedge::sim {

namespace {

ReaperValue marker_text(std::string text) {
    return {std::nullopt, std::nullopt, std::move(text)};
}

ReaperValue seconds(double value) {
    return {value, std::nullopt, std::nullopt};
}

double length_of(const ReaperMarker& region) {
    return std::max(0.0, (*region.end).seconds() - region.at.seconds());
}

}  // namespace

int SimulatedReaper::count_markers(bool regions) const {
    return static_cast<int>(std::count_if(markers_.begin(), markers_.end(), [&](const ReaperMarker& each) {
        return each.end.has_value() == regions;
    }));
}

/// The one at a place of the timeline, from 1; nullptr beyond the last.
const ReaperMarker* SimulatedReaper::marker_at(bool region, int place) const {
    for (const ReaperMarker& each : markers_)
        if (each.end.has_value() == region && --place == 0) return &each;
    return nullptr;
}

/// Places that fell out of a smaller bank are forgotten, so that they are said again in a larger one.
void SimulatedReaper::tell_markers(int markers_before, int regions_before) {
    const auto forget = [&](std::initializer_list<std::string_view> keys, int place) {
        for (const std::string_view key : keys) feedback_.forget_texts(key, std::span(&place, 1));
    };
    for (int place = device_.marker_count + 1; place <= markers_before; ++place)
        forget({"MARKER_NAME", "MARKER_NUMBER"}, place);
    for (int place = device_.region_count + 1; place <= regions_before; ++place)
        forget({"REGION_NAME", "REGION_NUMBER"}, place);
    for (int place = 1; place <= device_.marker_count; ++place) {
        const ReaperMarker* marker = marker_at(false, marker_bank_start_ + place);
        say("MARKER_NAME", {place}, marker_text(marker ? marker->name : ""));
        say("MARKER_NUMBER", {place}, marker_text(marker ? std::to_string(marker->number) : ""));
        if (marker) say("MARKER_TIME", {place}, seconds(marker->at.seconds()));
    }
    for (int place = 1; place <= device_.region_count; ++place) {
        const ReaperMarker* region = marker_at(true, region_bank_start_ + place);
        say("REGION_NAME", {place}, marker_text(region ? region->name : ""));
        say("REGION_NUMBER", {place}, marker_text(region ? std::to_string(region->number) : ""));
        if (!region) continue;
        say("REGION_TIME", {place}, seconds(region->at.seconds()));
        say("REGION_LENGTH", {place}, seconds(length_of(*region)));
    }
}

/// The marker at or before the position, or the region around it.
const ReaperMarker* SimulatedReaper::last_marker(bool region) const {
    const SongTime now = SongTime::from_samples(position(), engine_.song().rate);
    const ReaperMarker* last = nullptr;
    for (const ReaperMarker& each : markers_)
        if (each.at <= now && each.end.has_value() == region && (!region || *each.end > now)) last = &each;
    return last;
}

void SimulatedReaper::tell_last_markers() {
    const ReaperMarker* marker = last_marker(false);
    const ReaperMarker* region = last_marker(true);
    say("LAST_MARKER_NAME", {}, marker_text(marker ? marker->name : ""));
    say("LAST_MARKER_NUMBER", {}, marker_text(marker ? std::to_string(marker->number) : ""));
    say("LAST_MARKER_TIME", {}, seconds(marker ? marker->at.seconds() : 0.0));
    say("LAST_REGION_NAME", {}, marker_text(region ? region->name : ""));
    say("LAST_REGION_NUMBER", {}, marker_text(region ? std::to_string(region->number) : ""));
    say("LAST_REGION_TIME", {}, seconds(region ? region->at.seconds() : 0.0));
    say("LAST_REGION_LENGTH", {}, seconds(region ? length_of(*region) : 0.0));
}

bool SimulatedReaper::on_marker(ReaperCall& call) {
    if (on_marker_edit(call)) return true;
    const bool region = call.key == "GOTO_REGION";
    if (!region && call.key != "GOTO_MARKER") return false;
    std::optional<int> place;
    if (!call.numbers.empty() && call.trigger() > 0) {
        place = call.numbers.front();
    } else if (const auto whole = call.arguments->whole()) {
        place = *whole;
    } else if (const auto real = call.arguments->real(); real && std::abs(*real) < 1e6F) {
        place = static_cast<int>(*real);
    }
    if (!place || *place < 0 || *place > static_cast<int>(markers_.size())) return true;
    const ReaperMarker* found =
        marker_at(region, *place + (region ? region_bank_start_ : marker_bank_start_));
    if (found) seek(found->at.samples(engine_.song().rate));
    return true;
}

}  // namespace kedge::sim
