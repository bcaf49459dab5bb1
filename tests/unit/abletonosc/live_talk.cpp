#include "unit/abletonosc/live_talk.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <utility>

namespace kedge::test {

namespace {
constexpr Duration tick_of_script = std::chrono::milliseconds(100);
constexpr Duration flight = std::chrono::milliseconds(1);
}  // namespace

std::vector<ScriptedTrack> small_song() {
    std::vector<ScriptedTrack> tracks(3);
    tracks[0].name = "Kick";
    tracks[0].volume = 0.7F;
    tracks[1].name = "Bass";
    tracks[1].panning = -0.5F;
    tracks[1].mute = true;
    tracks[2].name = "Keys";
    tracks[2].midi = true;
    tracks[2].solo = true;
    return tracks;
}

LiveTalk::LiveTalk(std::vector<ScriptedTrack> tracks) : live(std::move(tracks)) {}

void LiveTalk::carry(surface::Effects& effects) {
    for (auto& effect : effects) {
        if (const auto* bytes = std::get_if<surface::SendBytes>(&effect)) {
            sent.push_back(bytes->bytes);
            live.hear(bytes->bytes);
        }
        if (const auto* wake = std::get_if<surface::WakeAt>(&effect)) wakes_.insert(wake->when);
        if (const auto* event = std::get_if<surface::Event>(&effect)) events.push_back(*event);
    }
    effects.clear();
}

void LiveTalk::step(Instant limit) {
    Instant next = std::min(limit, next_tick_);
    if (!on_the_way_.empty()) next = std::min(next, on_the_way_.begin()->first);
    if (!wakes_.empty()) next = std::min(next, *wakes_.begin());
    now = std::max(now, next);
    surface::Effects effects;
    while (!on_the_way_.empty() && on_the_way_.begin()->first <= now) {
        const LiveBytes datagram = std::move(on_the_way_.begin()->second);
        on_the_way_.erase(on_the_way_.begin());
        session.receive(now, datagram, effects);
        carry(effects);
    }
    while (!wakes_.empty() && *wakes_.begin() <= now) {
        wakes_.erase(wakes_.begin());
        session.wake(now, effects);
        carry(effects);
    }
    if (next_tick_ <= now) {
        next_tick_ += tick_of_script;
        hear(live.tick());
    }
}

void LiveTalk::run_for(Duration span) {
    const Instant limit = now + span;
    while (now < limit) step(limit);
}

bool LiveTalk::run_until_ready(Duration span) {
    const Instant limit = now + span;
    while (now < limit && !session.ready()) step(limit);
    return session.ready();
}

void LiveTalk::connect() {
    surface::Effects effects;
    session.start(now, effects);
    carry(effects);
    REQUIRE(run_until_ready());
    run_for(tick_of_script);
    forget_the_past();
}

void LiveTalk::hear(const std::vector<LiveBytes>& datagrams) {
    for (const auto& datagram : datagrams) on_the_way_.emplace(now + flight, datagram);
}

Result<void> LiveTalk::command(const surface::Command& command) {
    surface::Effects effects;
    auto done = session.command(now, command, effects);
    carry(effects);
    return done;
}

void LiveTalk::forget_the_past() {
    events.clear();
    sent.clear();
    live.heard.clear();
}

const Strip& LiveTalk::strip(std::string_view name) const {
    const auto& strips = session.mixer().strips;
    const auto found =
        std::find_if(strips.begin(), strips.end(), [&](const Strip& one) { return one.name.name == name; });
    REQUIRE(found != strips.end());
    return *found;
}

std::vector<std::string> LiveTalk::names() const {
    std::vector<std::string> all;
    for (const auto& one : session.mixer().strips) all.push_back(one.name.name);
    return all;
}

std::size_t LiveTalk::sent_to(std::string_view address) const {
    std::size_t count = 0;
    for (const LiveBytes& datagram : sent)
        for (const osc::Message& message : osc::decode(datagram).messages)
            if (message.address() == address) ++count;
    return count;
}

}  // namespace kedge::test
