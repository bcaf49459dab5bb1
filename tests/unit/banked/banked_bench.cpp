#include "unit/banked/banked_bench.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

namespace kedge::banked::test {

using surface::Effects;

sim::Song song_of(std::size_t tracks) {
    sim::Song song;
    for (std::size_t i = 1; i <= tracks; ++i) {
        sim::Stem stem;
        stem.name = fmt::format("Tr {}", i);
        stem.samples = std::make_shared<std::vector<float>>(48'000);
        song.stems.push_back(stem);
    }
    return song;
}

BankedBench::BankedBench(sim::Song song, const sim::MackieHostSettings& host, const BankedSetup& setup,
                         mackie::PanelMake make)
    : daw(std::move(song), host), session(std::make_unique<mackie::MackiePanel>(make), setup) {
    std::vector<sim::Datagram> told;
    daw.advance(now_, told);
    Effects effects;
    session.start(now_, effects);
    for (std::size_t port = 0; port < make.units; ++port) session.wire_changed(now_, port, true, effects);
    carry_out(effects);
    take(told);
}

void BankedBench::carry_out(Effects& effects) {
    for (auto& effect : effects) {
        if (auto* send = std::get_if<surface::SendBytes>(&effect)) {
            if (plugged_) to_daw_.emplace(now_ + latency, UnderWay{send->port, std::move(send->bytes)});
        } else if (const auto* wake = std::get_if<surface::WakeAt>(&effect)) {
            wakes_.insert(std::max(wake->when, now_));
        } else if (const auto* event = std::get_if<surface::Event>(&effect)) {
            events.push_back(*event);
        }
    }
    effects.clear();
}

void BankedBench::take(std::vector<sim::Datagram>& told) {
    for (auto& each : told)
        if (plugged_) to_us_.emplace(now_ + latency, UnderWay{each.to.port, std::move(each.bytes)});
    told.clear();
}

Instant BankedBench::next_due() const {
    Instant due = daw.next_wake();
    if (!wakes_.empty()) due = std::min(due, *wakes_.begin());
    if (!to_daw_.empty()) due = std::min(due, to_daw_.begin()->first);
    if (!to_us_.empty()) due = std::min(due, to_us_.begin()->first);
    return std::max(due, now_);
}

void BankedBench::deliver() {
    std::vector<sim::Datagram> told;
    daw.advance(now_, told);
    take(told);
    while (!to_daw_.empty() && to_daw_.begin()->first <= now_) {
        const UnderWay one = std::move(to_daw_.extract(to_daw_.begin()).mapped());
        daw.receive(now_, {0x7F000001, static_cast<std::uint16_t>(one.port)}, one.bytes, told);
        take(told);
    }
    Effects effects;
    while (!to_us_.empty() && to_us_.begin()->first <= now_) {
        const UnderWay one = std::move(to_us_.extract(to_us_.begin()).mapped());
        session.receive_from(now_, one.port, one.bytes, effects);
        carry_out(effects);
    }
    if (!wakes_.empty() && *wakes_.begin() <= now_) {
        wakes_.erase(wakes_.begin(), wakes_.upper_bound(now_));
        session.wake(now_, effects);
        carry_out(effects);
    }
}

void BankedBench::run(Duration span) {
    const Instant end = now_ + span;
    for (Instant due = next_due(); due <= end; due = next_due()) {
        now_ = due;
        deliver();
        if (due == now_ && next_due() <= now_) now_ += std::chrono::microseconds(100);
    }
    now_ = end;
}

bool BankedBench::run_until_ready() {
    for (int i = 0; i < 2'000 && !session.ready(); ++i) run(std::chrono::milliseconds(10));
    return session.ready();
}

void BankedBench::command(const surface::Command& command) {
    Effects effects;
    if (const auto done = session.command(now_, command, effects); !done) refusals.push_back(done.error());
    carry_out(effects);
}

void BankedBench::plug(bool plugged_in) {
    if (!plugged_in) {
        to_daw_.clear();
        to_us_.clear();
    }
    plugged_ = plugged_in;
    Effects effects;
    for (std::size_t port = 0; port < session.ports(); ++port) {
        if (plugged_in) {
            daw.plug(static_cast<std::uint16_t>(port));
        } else {
            daw.unplug(static_cast<std::uint16_t>(port));
        }
        session.wire_changed(now_, port, plugged_in, effects);
    }
    carry_out(effects);
}

std::vector<std::string> BankedBench::names() const {
    std::vector<std::string> all;
    for (const Strip& each : session.mixer().strips)
        if (each.name.kind != StripKind::master) all.push_back(each.name.name);
    return all;
}

const Strip& BankedBench::strip(const std::string& name) const {
    for (const Strip& each : session.mixer().strips)
        if (each.name.name == name) return each;
    throw std::out_of_range("no strip " + name);
}

BankedSetup setup_for_ardour() {
    BankedSetup setup;
    setup.scale = FaderScale(FaderCurve::ardour);
    setup.fader_top = setup.scale.top();
    setup.to_start = {Known::yes, {{0, 0x46}, {0, 0x5B}}};
    setup.pan_ticks = 63;
    setup.session_name = "Song";
    return setup;
}

BankedSetup setup_for_reaper() {
    BankedSetup setup;
    setup.scale = FaderScale(FaderCurve::reaper);
    setup.fader_top = setup.scale.top();
    setup.session_name = "Song";
    return setup;
}

}  // namespace kedge::banked::test
