#pragma once

#include "engine/engine.hpp"
#include "surface/surface.hpp"

#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace kedge::test {

/// A DAW without a wire: it takes every value at once, to the step that its faders have, and answers at once.
/// For tests of what is written, not of how it gets there.
class InstantDaw : public surface::Surface {
  public:
    explicit InstantDaw(int strips = 0) {
        mixer_.session.name = "song";
        capabilities_.trim = capabilities_.pan = capabilities_.read_back = capabilities_.fader_lines = true;
        capabilities_.level_tolerance = Decibels(0.01);
        capabilities_.pan_tolerance = 0.001;
        for (int i = 0; i < strips; ++i) add("Strip " + std::to_string(i + 1));
    }

    Strip& add(const std::string& name) {
        Strip strip;
        strip.id = StripId{next_id_++};
        strip.name = {StripKind::audio_track, name, 0};
        strip.trim = Decibels();
        strip.fader = Decibels();
        strip.pan = Pan::centre();
        strip.mute = Mute::open;
        mixer_.strips.push_back(strip);
        return mixer_.strips.back();
    }
    void remove(const std::string& name) {
        std::erase_if(mixer_.strips, [&](const Strip& strip) { return strip.name.name == name; });
    }
    Strip& strip(const std::string& name) {
        return *mixer_.find(mixer_.find(StripName{StripKind::audio_track, name, 0})->id);
    }

    /// Runs a job to its end on a connection of its own; false when it did not come to one, as the process
    /// was cut off.
    bool run(engine::Job& job) {
        engine::Engine engine(*this);
        surface::Effects out;
        engine.start(now_, out);
        engine.begin(job, now_, out);
        for (int wakes = 0; !job.done() && sets_left > 0 && wakes < 100; ++wakes) {
            now_ += std::chrono::milliseconds(500);
            engine.wake(now_, out);
        }
        return job.done();
    }

    void start(Instant, surface::Effects& out) override { out.push_back(surface::Event(surface::Ready{})); }
    void receive(Instant, std::span<const std::byte>, surface::Effects&) override {}
    void wake(Instant, surface::Effects&) override {}
    void close(Instant, surface::Effects&) override {}
    Result<void> command(Instant now, const surface::Command& command, surface::Effects& out) override {
        if (const auto* set = std::get_if<surface::SetControl>(&command)) {
            if (sets_left == 0) return {};
            --sets_left;
            Strip* strip = mixer_.find(set->strip);
            if (strip == nullptr) return fail(ErrorKind::refused, "no such strip");
            strip->set_control(set->control, takes(set->value));
            ++sets;
            if (lost_after_sets && --*lost_after_sets == 0) {
                out.push_back(surface::Event(surface::Lost{"the wire is cut"}));
            } else {
                report(now, *strip, set->control, false, out);
            }
        } else if (const auto* query = std::get_if<surface::QueryControl>(&command)) {
            const Strip* strip = mixer_.find(query->strip);
            if (strip == nullptr) return fail(ErrorKind::refused, "no such strip");
            if (!strip->control(query->control)) return fail(ErrorKind::refused, "no such control");
            if (!deaf.contains({query->strip, query->control}))
                report(now, *strip, query->control, true, out);
        } else if (const auto* ask = std::get_if<surface::ReadFaderLines>(&command)) {
            on_lines_asked(*ask, out);
        } else if (const auto* lines_to = std::get_if<surface::WriteFaderLines>(&command)) {
            on_lines(*lines_to, out);
        }
        return {};
    }

    /// What becomes of the next WriteFaderLines: the first of them is number 1.
    enum class LineFault { none, refused, silent_undone, silent_done, first_alone, bent };
    std::map<int, LineFault> line_faults;
    std::map<StripId, FaderLine>
        lines;  ///< those that were ever written; else manual, at the fader, without points
    int line_writes = 0;
    bool lines_unread = false;  ///< nobody answers questions for lines

    [[nodiscard]] bool ready() const override { return true; }
    [[nodiscard]] const Capabilities& capabilities() const override { return capabilities_; }
    [[nodiscard]] const MixerState& mixer() const override { return mixer_; }
    [[nodiscard]] MixerState& mixer() { return mixer_; }
    [[nodiscard]] const surface::Counters& counters() const override { return counters_; }
    [[nodiscard]] std::optional<SongTime> position() const override { return std::nullopt; }
    [[nodiscard]] std::optional<bool> rolling() const override { return std::nullopt; }
    [[nodiscard]] std::optional<Decibels> meter(StripId) const override { return std::nullopt; }

    /// The DAW takes so many values more; then it is as if the process of kedge had been killed.
    std::size_t sets_left = std::numeric_limits<std::size_t>::max();
    std::size_t sets = 0;                        ///< values taken
    std::set<std::pair<StripId, Control>> deaf;  ///< questions for these are not answered
    std::optional<std::size_t> lost_after_sets;  ///< so many more values, and the connection is lost
    double fader_step = 0.0;                     ///< in dB; 0: takes a level as it is

  protected:
    [[nodiscard]] Capabilities& can() { return capabilities_; }

  private:
    [[nodiscard]] ControlValue takes(const ControlValue& value) const {
        const auto* level = std::get_if<Decibels>(&value);
        if (level == nullptr || fader_step == 0.0 || level->is_silence()) return value;
        return nearest_step(*level, Decibels(fader_step));
    }
    [[nodiscard]] FaderLine line_of(StripId strip) const {
        const auto known = lines.find(strip);
        if (known != lines.end()) return known->second;
        return {AutomationMode::manual, mixer_.find(strip)->fader->gain(), {}};
    }
    static surface::Event silence() {
        return surface::LinesRefused{{ErrorKind::no_daw, "the companion does not answer", "start it"}, true};
    }
    void on_lines_asked(const surface::ReadFaderLines& ask, surface::Effects& out) const {
        if (lines_unread) return out.push_back(silence());
        for (const StripId strip : ask.strips)
            out.push_back(surface::Event(surface::FaderLineRead{strip, line_of(strip)}));
    }
    void on_lines(const surface::WriteFaderLines& wanted, surface::Effects& out) {
        const auto known = line_faults.find(++line_writes);
        const LineFault fault = known == line_faults.end() ? LineFault::none : known->second;
        if (fault == LineFault::refused)
            return out.push_back(
                surface::Event(surface::LinesRefused{{ErrorKind::refused, "no", "ask nicely"}}));
        if (fault == LineFault::silent_undone) return out.push_back(silence());
        for (const surface::FaderLineFor& each : wanted.lines) {
            lines[each.strip] = each.line;
            mixer_.find(each.strip)->fader_automation = each.line.mode;
            if (fault == LineFault::first_alone) break;
            if (fault == LineFault::bent) lines[each.strip].rest = Gain(0.123);
            if (fault == LineFault::bent) lines[each.strip].mode = AutomationMode::manual;
        }
        out.push_back(fault == LineFault::silent_done ? silence()
                                                      : surface::Event(surface::FaderLinesWritten{}));
    }
    void report(Instant now, const Strip& strip, Control control, bool asked, surface::Effects& out) const {
        if (sets_left == 0) return;
        out.push_back(
            surface::Event(surface::ControlReported{strip.id, control, *strip.control(control), asked, now}));
    }

    MixerState mixer_;
    Capabilities capabilities_;
    surface::Counters counters_;
    std::uint32_t next_id_ = 1;
    Instant now_{};
};

}  // namespace kedge::test
