#pragma once

#include "ardour/ardour_session.hpp"
#include "cli/sim_in_memory.hpp"
#include "engine/engine.hpp"
#include "engine/live_writer.hpp"
#include "engine/observe_job.hpp"
#include "engine/virtual_loop.hpp"
#include "osc/osc.hpp"
#include "sim/faults.hpp"
#include "support/catch.hpp"
#include "support/some_ride.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kedge::test {

/// A fader's value on the wire.
struct GainOnWire {
    Instant at;
    int strip = 0;  ///< its number, from 1
    double db = 0.0;
};

/// Stands between the loop and the wire: notes every fader value that leaves, and hands in what a person
/// does.
class GainTap : public engine::VirtualDaw {
  public:
    explicit GainTap(engine::VirtualDaw& daw) : daw_(daw) {}
    void receive(Instant now, std::span<const std::byte> bytes, Datagrams& out) override {
        note(now, bytes, sent);
        const std::size_t before = out.size();
        daw_.receive(now, bytes, out);
        for (std::size_t i = before; i < out.size(); ++i) note(now, out[i].bytes, heard);
    }
    void advance(Instant to, Datagrams& out) override {
        const std::size_t before = out.size();
        while (!said_.empty() && said_.begin()->first <= to)
            out.push_back(std::move(said_.extract(said_.begin()).mapped()));
        daw_.advance(to, out);
        for (std::size_t i = before; i < out.size(); ++i) note(to, out[i].bytes, heard);
    }
    [[nodiscard]] Instant next_wake() const override {
        return said_.empty() ? daw_.next_wake() : std::min(daw_.next_wake(), said_.begin()->first);
    }
    void hand_over(const std::string& request) override { daw_.hand_over(request); }
    /// What the DAW says at once of what a person does; it arrives then.
    void say(Instant arrives, std::vector<sim::Datagram> said) {
        for (auto& each : said)
            if (each.to == cli::SimInMemory<>::client) said_.emplace(arrives, std::move(each.bytes));
    }
    std::vector<GainOnWire> sent;
    std::vector<GainOnWire> heard;
    bool notes = true;

  private:
    void note(Instant now, std::span<const std::byte> bytes, std::vector<GainOnWire>& to) const {
        if (!notes) return;
        const auto message = osc::decode_message(bytes);
        constexpr std::string_view path = "/strip/gain/";
        if (!message || !message->address().starts_with(path) || message->size() == 0) return;
        const auto number = message->address().substr(path.size());
        int strip = 0;
        const auto [end, problem] = std::from_chars(number.data(), number.data() + number.size(), strip);
        if (problem != std::errc() || end != number.data() + number.size()) return;
        to.push_back({now, strip, message->number(message->size() - 1).value_or(0.0)});
    }

    engine::VirtualDaw& daw_;
    std::multimap<Instant, Datagram> said_;
};

/// Silent tracks at a DAW in virtual time behind a wire that can be made bad, and a session connected to it
/// while it was good. The transport rolls on past the end of the short song: an hour costs no sound.
class LiveStudio {
  public:
    explicit LiveStudio(int tracks, Duration longest_detour = {})
        : daw_(silent_song(tracks)), wire_(daw_, {}), session_(longest_detour) {
        engine::ObserveJob glance(Duration::zero());
        REQUIRE(loop_.run(glance));
    }

    [[nodiscard]] engine::LiveReport write(engine::LiveOrder order) {
        engine::LiveWriter writer(std::move(order));
        REQUIRE(run(writer));
        return writer.report();
    }
    [[nodiscard]] bool run(engine::Job& job) { return loop_.run(job, std::chrono::hours(2)).has_value(); }
    /// Ctrl-C and people: what is done to the studio at a place of the song, once it rolls there.
    void at(SongTime when, std::function<void()> act) { acts_.emplace_back(when, std::move(act)); }
    void interrupt() {
        surface::Effects out;
        engine_.interrupt(loop_.now(), out);
        for (auto& effect : out)
            if (auto* send = std::get_if<surface::SendBytes>(&effect)) {
                engine::VirtualDaw::Datagrams answers;
                tap_.receive(loop_.now(), send->bytes, answers);
            }
    }
    /// From now on what a person does at the DAW is told after what else the DAW did in that instant, as it
    /// is done after: told first, it would seem to be overtaken by what it came after.
    void tell_people_last() { after_others_ = std::chrono::microseconds(1); }
    void move_fader(std::size_t track, Decibels to) {
        std::vector<sim::Datagram> said;
        daw_.move_fader(track, to, said);
        tap_.say(loop_.now() + latency_ + after_others_, std::move(said));
    }
    /// A second client, who is not ours.
    void other_client(std::string_view path, const std::vector<osc::Argument>& arguments) {
        constexpr sim::Peer other{0x7F000002, 9999};
        std::vector<sim::Datagram> said;
        if (!std::exchange(other_is_known_, true)) {
            const std::int32_t everything = 159;
            daw_.receive(loop_.now(), other, osc::encode("/set_surface", {0, everything, 0, 0, 0, 0, 0}),
                         said);
        }
        daw_.receive(loop_.now(), other, osc::encode(path, arguments), said);
        tap_.say(loop_.now() + latency_, std::move(said));
    }
    void set_plan(const sim::FaultPlan& plan) {
        wire_.set_plan(plan);
        latency_ = plan.to_client.latency;
    }

    [[nodiscard]] sim::SimulatedArdour& daw() { return daw_; }
    [[nodiscard]] engine::Engine& engine() { return engine_; }
    [[nodiscard]] engine::VirtualLoop& loop() { return loop_; }
    [[nodiscard]] GainTap& tap() { return tap_; }
    [[nodiscard]] const surface::Surface& surface() const { return session_; }
    [[nodiscard]] const MixerState& mixer() const { return session_.mixer(); }
    /// From now on the DAW's companion script can be called; it is there all the time.
    void use_companion() { session_.use_companion(ardour::CompanionSetup{"LuaAction/script-7"}); }
    [[nodiscard]] StripId id(std::size_t track) const { return session_.mixer().strips[track].id; }
    [[nodiscard]] const sim::SimStrip& strip(std::size_t track) const {
        return daw_.engine().strips()[track];
    }
    [[nodiscard]] SongTime position() const {
        return SongTime::from_samples(daw_.engine().position(), daw_.engine().song().rate);
    }

  private:
    void act() {
        if (!daw_.engine().rolling()) return;
        for (std::size_t i = 0; i < acts_.size(); ++i) {
            if (!acts_[i].second || position() < acts_[i].first) continue;
            const auto due = std::exchange(acts_[i].second, nullptr);
            due();
        }
    }

    sim::SimulatedArdour daw_;
    sim::FaultyWire wire_;
    cli::SimInMemory<sim::FaultyWire> in_memory_{wire_};
    ardour::ArdourSession session_;
    engine::Engine engine_{session_};
    GainTap tap_{in_memory_};
    engine::VirtualLoop loop_{engine_, tap_};
    std::vector<std::pair<SongTime, std::function<void()>>> acts_;
    Duration latency_{};  ///< of what the DAW says
    Duration after_others_{};
    bool other_is_known_ = false;

  public:
    /// Once for each studio, before the first job that acts are for.
    void watch() {
        loop_.on_step = [this](Instant) { act(); };
    }
};

/// How a list in the DAW lies beside its plan.
struct ListAgainstPlan {
    double worst_db = 0.0;  ///< by which any of them misses everything that the other is within 50 ms
    SongTime where;
    std::size_t points = 0;
};

class PlanCheck {
  public:
    PlanCheck(const sim::AutomationList& list, const Ride& ride, SampleRate rate)
        : list_(list), ride_(ride), rate_(rate) {}

    /// Over `part`, at every point of either.
    [[nodiscard]] ListAgainstPlan over(SongRange part) {
        worst_ = {};
        const auto& points = list_.points();
        worst_.points = points.size();
        for (const sim::AutomationPoint& point : points) {
            const SongTime at = SongTime::from_samples(point.at, rate_);
            if (at < part.from || at > part.to) continue;
            note(at, std::get<Decibels>(point.value).db(), [&](SongTime near) { return planned(near); });
        }
        for (const RidePoint& point : ride_.points) {
            if (point.at < part.from || point.at > part.to) continue;
            note(point.at, planned(point.at), [&](SongTime near) { return listed(near); });
        }
        return worst_;
    }

  private:
    static constexpr Duration tolerance = std::chrono::milliseconds(50);
    [[nodiscard]] double planned(SongTime at) const { return ride_.value_at(at).db(); }
    [[nodiscard]] double listed(SongTime at) const {
        const auto value = list_.at(Control::fader, at.samples(rate_));
        return value ? std::get<Decibels>(*value).db() : 0.0;
    }
    /// How far `is` lies from all that the other one is near `at`.
    template <typename Other>
    void note(SongTime at, double is, Other other) {
        double low = 1e9;
        double high = -1e9;
        for (int i = -4; i <= 4; ++i) {
            const double there = other(at + tolerance / 4 * i);
            low = std::min(low, there);
            high = std::max(high, there);
        }
        const double off = std::max({0.0, is - high, low - is});
        if (off <= worst_.worst_db) return;
        worst_.worst_db = off;
        worst_.where = at;
    }

    const sim::AutomationList& list_;
    const Ride& ride_;
    SampleRate rate_;
    ListAgainstPlan worst_;
};

inline ListAgainstPlan list_against_plan(const LiveStudio& studio, std::size_t track, const Ride& ride) {
    PlanCheck check(studio.strip(track).automation(Control::fader).list(), ride, SampleRate{});
    return check.over({ride.points.front().at, ride.points.back().at});
}

}  // namespace kedge::test
