#include "sim/banked_host.hpp"

#include <algorithm>
#include <utility>

/// The DAW runs: what comes in, audio, turns, what goes out.
namespace kedge::sim {

BankedHost::BankedHost(Song song, const BankedHostSettings& settings)
    : settings_(settings),
      row_(settings.units, settings.main_position),
      engine_(std::move(song), settings.mixer),
      transport_(engine_, settings.transport),
      window_(settings.banks, row_.places()),
      outbox_(settings.sysex_gap),
      painter_(settings.order),
      undo_(engine_),
      painted_(static_cast<std::size_t>(row_.places())),
      seen_(painted_.size()),
      lines_(painted_.size()),
      meters_(painted_.size()),
      parsers_(static_cast<std::size_t>(row_.units())) {}

void BankedHost::receive(Instant now, Peer from, std::span<const std::byte> bytes,
                         std::vector<Datagram>& out) {
    if (frozen_ || gone_ || !row_.has(from.port) || !outbox_.is_plugged(from.port)) return;
    if (hung_ || settings_.hears_at_turns) {
        unheard_.push_back({from.port, {bytes.begin(), bytes.end()}});
        return;
    }
    clock_ = std::max(clock_, now);
    if (!started_) start();
    run_audio(clock_);
    hear(from.port, bytes);
    paint_changes(settings_.order != RepaintOrder::names_last);
    outbox_.run(clock_, out);
}

void BankedHost::hear(std::uint16_t port, std::span<const std::byte> bytes) {
    std::vector<midi::Message> messages;
    parsers_.at(port).receive(bytes, messages);
    for (const midi::Message& message : messages) heard(port, message);
}

Instant BankedHost::next_wake() const {
    return std::min(next_turn_, outbox_.next_due().value_or(next_turn_));
}

void BankedHost::advance(Instant to, std::vector<Datagram>& out) {
    for (Instant next = next_wake(); next <= to; next = next_wake()) {
        clock_ = std::max(clock_, next);
        if (next_turn_ <= next) {
            run_audio(next_turn_);
            run_turn();
            next_turn_ += settings_.turn;
        }
        outbox_.run(clock_, out);
    }
}

void BankedHost::run_audio(Instant to) {
    const bool keeps_peaks = settings_.meters.since_last;
    while (audio_until_ < to) {
        audio_until_ += engine_.block_length();
        if (stands_still()) continue;
        engine_.run_block();
        transport_.run(engine_.block_length());
        if (!keeps_peaks) continue;
        for (const SimStrip& strip : engine_.strips()) {
            auto& peaks = peaks_.try_emplace(strip.id, std::array{Decibels::silence(), Decibels::silence()})
                              .first->second;
            const auto levels = levels_of(strip);
            for (std::size_t side = 0; side < peaks.size(); ++side)
                peaks.at(side) = std::max(peaks.at(side), levels.at(side));
        }
    }
}

void BankedHost::start() {
    started_ = true;
    begin();
    repaint();
}

void BankedHost::run_turn() {
    if (stands_still()) return;
    if (!started_) start();
    for (const Unheard& each : std::exchange(unheard_, {})) hear(each.port, each.bytes);
    run_touches();
    repaint_if_due();
    paint_changes(true);
    undo_.run(clock_, engine_);
    if (clock_ >= next_meters_) {
        run_meters();
        next_meters_ = clock_ + settings_.meters.every;
    }
    run_displays();
}

void BankedHost::quit() {
    outbox_.clear();
    if (!stands_still()) leave();
    engine_.stop();
    unheard_.clear();
    gone_ = true;
}

void BankedHost::open() {
    gone_ = false;
    started_ = false;
    window_.go_to(0);
    painter_.forget_all();
    hands_.clear();
    touch_is_told_ = false;
    repaint_at_.reset();
    peaks_.clear();
    std::fill(lines_.begin(), lines_.end(), ValueLine());
}

void BankedHost::open(Song song) {
    quit();
    engine_ = AudioEngine(std::move(song), settings_.mixer);
    transport_.forget();
    undo_.forget(engine_);
    saved_ = 0;
    open();
}

void BankedHost::unplug(std::uint16_t port) {
    outbox_.plug(port, false);
}

void BankedHost::plug(std::uint16_t port) {
    outbox_.plug(port, true);
    parsers_.at(port).reset();
    was_plugged(port);
}

}  // namespace kedge::sim
