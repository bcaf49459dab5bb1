#include "mix/ride_desk.hpp"

#include <algorithm>
#include <cmath>

namespace kedge::mix {

using measure::Phrase;
using measure::PhraseKind;

namespace {

Decibels spread_of(const std::vector<PhraseForecast>& phrases, Decibels PhraseForecast::*level) {
    if (phrases.empty()) return {};
    const auto count = static_cast<double>(phrases.size());
    double mean = 0.0;
    for (const PhraseForecast& one : phrases) mean += (one.*level).db() / count;
    double variance = 0.0;
    for (const PhraseForecast& one : phrases) variance += std::pow((one.*level).db() - mean, 2) / count;
    return Decibels(std::sqrt(variance));
}

RideForecast forecast_at(const RideDesk& desk, StripId strip, std::span<const RidePoint> points) {
    const RideQuestion& question = desk.question;
    RideForecast forecast;
    const auto heard = std::find_if(desk.strips.begin(), desk.strips.end(),
                                    [&](const HeardStrip& one) { return one.strip->id == strip; });
    if (heard == desk.strips.end()) return forecast;
    const RideSubject subject(desk, *heard);
    const auto song = voice_level(subject);
    if (!song) return forecast;
    HeardStrip ridden = *heard;
    for (std::size_t i = 0; i < ridden.cells.size(); ++i)
        if (ridden.cells[i].heard())
            ridden.cells[i] = measure::Cell::reading(ridden.cells[i].level() + offset_in_cell(points, i));
    for (const Phrase& phrase : measure::find_phrases(
             heard->cells, heard->sounds, question.capabilities.meter, question.profile.phrases)) {
        const auto before = against(*heard, subject.backing, phrase.cells);
        const auto after = against(ridden, subject.backing, phrase.cells);
        if (phrase.kind != PhraseKind::phrase || !before || !after) continue;
        if (*before > *song + question.profile.phrase.alone) continue;
        forecast.phrases.push_back({phrase.range, *before, *after});
    }
    forecast.spread_before = spread_of(forecast.phrases, &PhraseForecast::before);
    forecast.spread_after = spread_of(forecast.phrases, &PhraseForecast::after);
    return forecast;
}

}  // namespace

RideForecast forecast_ride(const RideQuestion& question, StripId strip, std::span<const RidePoint> points) {
    return forecast_at({question, heard_strips(question), {}, {}, {}, {}}, strip, points);
}

std::vector<RideForecast> forecast_rides(const RideQuestion& question, std::span<const Ride> rides) {
    const RideDesk desk{question, heard_strips(question), {}, {}, {}, {}};
    std::vector<RideForecast> forecasts;
    forecasts.reserve(rides.size());
    for (const Ride& ride : rides) forecasts.push_back(forecast_at(desk, ride.strip, ride.points));
    return forecasts;
}

}  // namespace kedge::mix
