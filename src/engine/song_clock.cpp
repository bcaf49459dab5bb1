#include "engine/song_clock.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace kedge::engine {

namespace {

constexpr std::size_t for_the_middle = 5;
constexpr std::size_t enough_reports = 2;
constexpr std::size_t most_reports = 21;
// Ten a second while it rolls; several may be lost.
constexpr Duration silent_for_long = std::chrono::milliseconds(600);
// Ticks, blocks and a busy machine move a report by tens of milliseconds.
constexpr Duration fits_within = std::chrono::milliseconds(250);
constexpr Duration strays_agree_within = std::chrono::milliseconds(150);
constexpr int most_strays = 4;
// Over the two seconds that are remembered, blocks and jitter make no more than half of this.
constexpr double most_drift = 0.05;

// What either half of them has of it at least. A machine that stalls once loses time in one of them alone.
constexpr double least_share_of_drift = 0.25;

double in_seconds(Duration span) {
    return std::chrono::duration<double>(span).count();
}

bool leads_agree(Duration a, Duration b, Duration within) {
    return std::chrono::abs(a - b) <= within;
}

}  // namespace

Duration SongClock::middle_lead(std::size_t first, std::size_t count) const {
    std::vector<Duration> leads;
    for (std::size_t i = first; i < first + count; ++i) leads.push_back(reports_[i].lead);
    const auto middle = leads.begin() + static_cast<std::ptrdiff_t>(count / 2);
    std::nth_element(leads.begin(), middle, leads.end());
    return *middle;
}

Duration SongClock::lead() const {
    const std::size_t count = std::min(for_the_middle, reports_.size());
    return middle_lead(reports_.size() - count, count);
}

SongClock::Course SongClock::heard(Instant now, SongTime at) {
    const Duration lead_now = at.since_start() - now.time_since_epoch();
    if (!reports_.empty() && !leads_agree(lead_now, lead(), fits_within)) {
        const bool agree = stray_ && leads_agree(*stray_, lead_now, strays_agree_within);
        stray_ = lead_now;
        return agree || ++strays_ >= most_strays ? Course::jumped : Course::doubtful;
    }
    stray_.reset();
    strays_ = 0;
    reports_.push_back({now, lead_now});
    if (reports_.size() > most_reports) reports_.pop_front();
    return off_speed() ? Course::off_speed : Course::steady;
}

bool SongClock::off_speed() const {
    if (reports_.size() < most_reports) return false;
    const double drift = in_seconds(lead() - middle_lead(0, for_the_middle));
    const std::size_t newest = reports_.size() - 1 - for_the_middle / 2;
    const Duration span = reports_[newest].arrived - reports_[for_the_middle / 2].arrived;
    if (std::abs(drift) <= most_drift * in_seconds(span)) return false;
    const Duration halfway = middle_lead((reports_.size() - for_the_middle) / 2, for_the_middle);
    const double first_share = in_seconds(halfway - middle_lead(0, for_the_middle)) / drift;
    return std::min(first_share, 1.0 - first_share) >= least_share_of_drift;
}

std::optional<SongTime> SongClock::at(Instant now) const {
    if (reports_.size() < enough_reports || stray_ || now - reports_.back().arrived > silent_for_long)
        return std::nullopt;
    return SongTime(now.time_since_epoch() + lead());
}

std::optional<Instant> SongClock::last_steady() const {
    if (reports_.empty()) return std::nullopt;
    return reports_.back().arrived;
}

void SongClock::forget() {
    reports_.clear();
    stray_.reset();
    strays_ = 0;
}

}  // namespace kedge::engine
