#include "sim/banked_host.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

/// What of the mixer stands on the surface.
namespace kedge::sim {

std::vector<RouteId> BankedHost::listed() const {
    std::vector<RouteId> ids;
    for (const SimStrip& strip : engine_.strips())
        if (!strip.hidden) ids.push_back(strip.id);
    return ids;
}

std::optional<RouteId> BankedHost::strip_at(int place) const {
    const auto ids = listed();
    const auto index = static_cast<std::size_t>(window_.start()) + static_cast<std::size_t>(place);
    if (index >= ids.size()) return std::nullopt;
    return ids[index];
}

const SimStrip* BankedHost::painted_strip(int place) const {
    const auto& id = painted_.at(static_cast<std::size_t>(place));
    return id ? engine_.find(*id) : nullptr;
}

void BankedHost::press(BankWindow::Move move) {
    if (window_.press(move, strip_count())) repaint_after_lag();
}

void BankedHost::bank_by_hand(int start) {
    window_.go_to(start);
    repaint_after_lag();
}

/// A press while a bank waits to be painted makes the wait begin anew.
void BankedHost::repaint_after_lag() {
    repaint_at_ = clock_ + settings_.bank_lag;
    if (started_ && !stands_still() && settings_.bank_lag == Duration()) repaint_if_due();
}

void BankedHost::repaint_if_due() {
    if (repaint_at_ && *repaint_at_ <= clock_) repaint();
}

void BankedHost::repaint() {
    repaint_at_.reset();
    painter_.forget(settings_.resaid);
    for (int place = 0; place < row_.places(); ++place) {
        const auto index = static_cast<std::size_t>(place);
        painted_[index] = strip_at(place);
        seen_[index].reset();
        lines_[index].drop();
        for (SteppedMeter& meter : meters_[index]) meter.forget();
        if (settings_.pans_on_bank && painted_[index])
            lines_[index].show(ValueLine::Shown::pan, clock_, settings_.values);
        const bool is_dark = !painted_[index] && settings_.meters.telling != MeterRules::Telling::never;
        if (is_dark && is_listening(row_.spot_of(SurfacePlace(place)).port))
            for (int side = 0; side < (settings_.meters.both_sides ? 2 : 1); ++side)
                show_meter(SurfacePlace(place), side, 0);
    }
}

void BankedHost::forget_unit(std::uint16_t port) {
    for (int slot = 0; slot < places_a_unit; ++slot) painter_.forget(row_.place_of(port, slot));
    if (port == 0) painter_.forget(SurfacePlace::master());
}

/// Nothing is said of the strips while a bank waits to be painted.
void BankedHost::paint_changes(bool texts) {
    if (!started_ || repaint_at_) return;
    const auto wanted = pictures();
    SurfaceFace& face = *this;
    if (texts) {
        painter_.paint(wanted, face);
    } else {
        painter_.paint_controls(wanted, face);
    }
    paint_master();
}

void BankedHost::paint_master() {
    if (!is_listening(0) || is_touched(SurfacePlace::master())) return;
    painter_.paint_fader(SurfacePlace::master(), settings_.faders.position_of(engine_.master().fader), *this);
}

std::vector<PlacePicture> BankedHost::pictures() {
    std::vector<PlacePicture> all;
    for (int place = 0; place < row_.places(); ++place) all.push_back(picture_of(place));
    return all;
}

PlacePicture BankedHost::picture_of(int place) {
    const SimStrip* strip = painted_strip(place);
    PlacePicture picture;
    if (!strip) {
        picture.fader = FaderPosition();
        return picture;
    }
    notice_moves(place, *strip);
    const bool touched = is_touched(SurfacePlace(place));
    picture.label = label_of(*strip);
    const auto shown = lines_.at(static_cast<std::size_t>(place)).look(clock_, touched, settings_.values);
    const Decibels level = engine_.fader_of(*strip);
    picture.value = value_text(shown, level, strip->pan, settings_.values);
    if (!touched) picture.fader = fader_picture(*strip);
    picture.pan = strip->pan;
    picture.lamps.at(static_cast<std::size_t>(StripLamp::rec)) = strip->record_enabled;
    picture.lamps.at(static_cast<std::size_t>(StripLamp::solo)) = strip->soloed;
    picture.lamps.at(static_cast<std::size_t>(StripLamp::mute)) = engine_.muted(*strip);
    picture.lamps.at(static_cast<std::size_t>(StripLamp::select)) = strip->selected;
    return picture;
}

FaderPosition BankedHost::fader_picture(const SimStrip& strip) const {
    if (!flipped_) return settings_.faders.position_of(engine_.fader_of(strip));
    const double share = (strip.pan.position() + 1.0) / 2.0;
    return FaderPosition(static_cast<int>(std::lround(share * FaderPosition::top)));
}

std::string BankedHost::label_of(const SimStrip& strip) const {
    if (!strip.name.empty() || !settings_.names_empty) return strip_label(strip.name, settings_.labels);
    const auto ids = listed();
    const auto number = std::find(ids.begin(), ids.end(), strip.id) - ids.begin() + 1;
    return fmt::format("  {:02}  ", number).substr(0, static_cast<std::size_t>(settings_.labels.width));
}

/// A value that moved, by whomever, is shown for a while.
void BankedHost::notice_moves(int place, const SimStrip& strip) {
    const auto index = static_cast<std::size_t>(place);
    const Seen now{strip.id, engine_.fader_of(strip), strip.pan};
    const auto before = std::exchange(seen_.at(index), now);
    if (!before || before->strip != now.strip) return;
    if (before->pan != now.pan) lines_.at(index).show(ValueLine::Shown::pan, clock_, settings_.values);
    if (before->fader != now.fader) lines_.at(index).show(ValueLine::Shown::level, clock_, settings_.values);
}

std::array<Decibels, 2> BankedHost::levels_of(const SimStrip& strip) const {
    if (settings_.meters.both_sides) return strip.sides;
    if (!settings_.meters.mean_of_sides) return {strip.meter, strip.meter};
    const double mean = (strip.sides[0].gain().ratio() + strip.sides[1].gain().ratio()) / 2.0;
    const Decibels level = Decibels::from_gain(Gain(mean));
    return {level, level};
}

void BankedHost::run_meters() {
    const MeterRules& rules = settings_.meters;
    const auto peaks = std::exchange(peaks_, {});
    if (rules.only_rolling && !engine_.rolling()) return;
    for (int place = 0; place < row_.places(); ++place) {
        const SimStrip* strip = painted_strip(place);
        if (!strip || !is_listening(row_.spot_of(SurfacePlace(place)).port)) continue;
        const auto peak = peaks.find(strip->id);
        const auto levels = rules.since_last && peak != peaks.end() ? peak->second : levels_of(*strip);
        for (int side = 0; side < (rules.both_sides ? 2 : 1); ++side) {
            const auto which = static_cast<std::size_t>(side);
            const auto said =
                meters_.at(static_cast<std::size_t>(place)).at(which).look(clock_, levels.at(which), rules);
            if (said.overload) show_overload(SurfacePlace(place), side, *said.overload);
            if (said.segments) show_meter(SurfacePlace(place), side, *said.segments);
        }
    }
}

}  // namespace kedge::sim
