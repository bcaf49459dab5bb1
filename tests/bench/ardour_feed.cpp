#include "bench/ardour_feed.hpp"

#include "sim/built_in_song.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

namespace kedge::bench {

namespace {

constexpr sim::Peer client{0x7F000001, 40000};
constexpr Duration patience = std::chrono::seconds(30);

}  // namespace

void Feed::add(std::span<const std::byte> datagram) {
    bytes_.insert(bytes_.end(), datagram.begin(), datagram.end());
    ends_.push_back(bytes_.size());
}

sim::Song large_song(int strips) {
    sim::Song song = sim::built_in_song(1);
    const auto stems = song.stems;
    while (song.stems.size() + 1 < static_cast<std::size_t>(strips)) {
        auto again = stems[song.stems.size() % stems.size()];
        again.name += " " + std::to_string(song.stems.size() / stems.size() + 1);
        song.stems.push_back(std::move(again));
    }
    return song;
}

ConnectedSession::ConnectedSession(sim::Song song) : daw_(std::move(song)) {
    surface::Effects effects;
    session_.start(now_, effects);
    carry_out(effects);
    while (!session_.ready() && now_ < Instant(patience))
        advance_to(wakes_.empty() ? daw_.next_wake() : std::min(daw_.next_wake(), *wakes_.begin()));
    if (!session_.ready()) {
        std::fputs("The session never became ready: the benchmark means nothing.\n", stderr);
        std::exit(1);
    }
}

void ConnectedSession::play(Duration span) {
    surface::Effects effects;
    if (!session_.command(now_, surface::Play{}, effects)) std::exit(1);
    carry_out(effects);
    for (const Instant end = now_ + span; now_ < end;) advance_to(std::min(daw_.next_wake(), end));
}

void ConnectedSession::advance_to(Instant until) {
    now_ = until;
    std::vector<sim::Datagram> datagrams;
    daw_.advance(now_, datagrams);
    deliver(datagrams);
    while (!wakes_.empty() && *wakes_.begin() <= now_) {
        wakes_.erase(wakes_.begin());
        surface::Effects effects;
        session_.wake(now_, effects);
        carry_out(effects);
    }
}

void ConnectedSession::carry_out(surface::Effects& effects) {
    std::vector<sim::Datagram> datagrams;
    for (const auto& effect : effects) {
        if (const auto* wake = std::get_if<surface::WakeAt>(&effect)) wakes_.insert(wake->when);
        if (const auto* sent = std::get_if<surface::SendBytes>(&effect))
            daw_.receive(now_, client, sent->bytes, datagrams);
    }
    deliver(datagrams);
}

void ConnectedSession::deliver(std::vector<sim::Datagram>& datagrams) {
    surface::Effects effects;
    for (const auto& datagram : datagrams) {
        feed_.add(datagram.bytes);
        session_.receive(now_, datagram.bytes, effects);
    }
    if (!effects.empty()) carry_out(effects);
}

}  // namespace kedge::bench
