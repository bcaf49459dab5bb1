#pragma once

#include "support/rolling_daw.hpp"

#include <functional>
#include <map>
#include <string>

namespace kedge::test {

/// A RollingDaw seen through a control surface: faders and mutes only, meters of a few steps, those of so
/// many strips at a time, none of the master, and a playhead that goes to the start alone.
class WindowedDaw : public RollingDaw {
  public:
    explicit WindowedDaw(std::size_t width, Duration song = std::chrono::seconds(30)) : width_(width) {
        can().trim = can().pan = can().bars = can().fader_lines = false;
        can().locates = can().session_end = false;
        can().meters = true;
        can().meter_point = MeterPoint::after_fader;
        can().fader_top = Decibels(10.0);
        for (const double level :
             {-60.0, -50.0, -40.0, -30.0, -20.0, -14.0, -10.0, -8.0, -6.0, -4.0, -2.0, 0.0})
            can().meter.steps.emplace_back(level);
        mixer().session.end = SongTime(song);
    }
    /// A strip that plays beats: for a fifth of a second of each half at `source`, else 12 dB lower.
    StripId play(const std::string& name, Decibels source, Decibels fader) {
        Strip& strip = add(name);
        strip.trim.reset();
        strip.pan.reset();
        strip.fader = fader;
        sources_[strip.id] = source;
        return strip.id;
    }
    [[nodiscard]] Decibels source(StripId strip) const { return sources_.at(strip); }
    /// In truth, and by no meter.
    [[nodiscard]] Decibels peak(StripId strip) const { return source(strip) + *mixer().find(strip)->fader; }
    void shows_all_levels() { can().meter.steps.clear(); }

    [[nodiscard]] std::size_t meter_windows() const override {
        return std::max<std::size_t>(1, (mixer().strips.size() + width_ - 1) / width_);
    }
    [[nodiscard]] bool shows_meter(StripId strip) const override {
        for (std::size_t i = window_ * width_; i < std::min((window_ + 1) * width_, mixer().strips.size());
             ++i)
            if (mixer().strips[i].id == strip) return sources_.contains(strip);
        return false;
    }
    [[nodiscard]] std::optional<Decibels> meter(StripId strip) const override {
        if (!shows_meter(strip)) return std::nullopt;
        if (rolling() != true) return Decibels::silence();
        const auto beat = position()->since_start() % std::chrono::milliseconds(500);
        const Decibels now = peak(strip);
        return capabilities().meter.told(beat < std::chrono::milliseconds(200) ? now : now - Decibels(12.0));
    }
    [[nodiscard]] const MixerState& mixer() const override { return RollingDaw::mixer(); }
    [[nodiscard]] MixerState& mixer() { return RollingDaw::mixer(); }

    Result<void> command(Instant now, const surface::Command& command, surface::Effects& out) override {
        if (const auto* show = std::get_if<surface::ShowMeters>(&command)) {
            window_ = show->window;
            log.push_back("bank " + std::to_string(show->window + 1));
            out.push_back(surface::Event(surface::MetersShown{show->window}));
            return {};
        }
        const auto* locate = std::get_if<surface::Locate>(&command);
        if (locate && locate->to != SongTime())
            return fail(ErrorKind::refused, "the playhead goes to the start alone");
        return RollingDaw::command(now, command, out);
    }

  private:
    std::size_t width_;
    std::size_t window_ = 0;
    std::map<StripId, Decibels> sources_;
};

}  // namespace kedge::test
