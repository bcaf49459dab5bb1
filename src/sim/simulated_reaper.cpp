#include "sim/simulated_reaper.hpp"

#include <algorithm>
#include <utility>

namespace kedge::sim {

namespace {

/// The main loop runs thirty times a second.
constexpr Duration turn_length = std::chrono::microseconds(33'333);
constexpr std::size_t longest_list = 16;
/// Numbers in an address count no further; no project and no action list is as long.
constexpr int highest_number = 100'000;

MixerManner reaper_manner(const ReaperSettings& settings) {
    return {PanLaw::balance, settings.meter_fall_a_second};
}

/// How often a message with lists in its address counts: "/track/1,2/…" twice. nullopt when lists are of
/// different lengths, or too long.
std::optional<std::size_t> repetitions(const reaper::Matched& match) {
    std::size_t most = 1;
    for (const auto& slot : match.numbers) most = std::max(most, slot.size());
    for (const auto& slot : match.numbers)
        if (slot.size() > 1 && slot.size() != most) return std::nullopt;
    if (most > longest_list) return std::nullopt;
    return most;
}

}  // namespace

SimulatedReaper::SimulatedReaper(Song song, ReaperSettings settings)
    : settings_(std::move(settings)),
      index_(settings_.patterns),
      engine_(std::move(song), reaper_manner(settings_)),
      outbox_(settings_.longest_packet, settings_.packet_wait),
      feedback_(settings_.patterns, outbox_),
      undo_(engine_),
      device_(settings_.patterns.settings()) {
    start_project();
}

void SimulatedReaper::start_project() {
    markers_.clear();
    int number = 0;
    for (const Marker& marker : engine_.song().markers)
        markers_.push_back({++number, marker.name, marker.at});
    std::stable_sort(markers_.begin(), markers_.end(),
                     [](const ReaperMarker& a, const ReaperMarker& b) { return a.at < b.at; });
    tempo_ = engine_.song().tempo;
    undo_.forget(engine_);
    modes_.clear();
    monitors_.clear();
    effects_.clear();
    widths_.clear();
    trim_faders_.clear();
    envelopes_.clear();
    previewing_.clear();
    last_write_.clear();
    script_steps_.clear();
    cursor_ = 0;
}

void SimulatedReaper::receive(Instant now, Peer from, std::span<const std::byte> bytes,
                              std::vector<Datagram>&) {
    if (frozen_ || gone_) return;
    if (settings_.to_last_sender) settings_.feedback_to = from;
    inbox_.add(now, bytes);
}

Instant SimulatedReaper::next_wake() const {
    return std::min(next_turn_, outbox_.next_due().value_or(next_turn_));
}

void SimulatedReaper::advance(Instant to, std::vector<Datagram>& out) {
    for (Instant next = next_wake(); next <= to; next = next_wake()) {
        clock_ = std::max(clock_, next);
        if (next_turn_ <= next) {
            run_audio(next_turn_);
            turn(next_turn_);
            next_turn_ += turn_length;
        }
        outbox_.run(clock_, settings_.feedback_to, out);
    }
}

void SimulatedReaper::run_audio(Instant to) {
    while (audio_until_ < to) {
        if (!stands_still()) {
            play_trim_envelopes();
            engine_.run_block();
            run_loop_and_end();
        }
        audio_until_ += engine_.block_length();
    }
}

/// What the surface does when REAPER's main loop comes by.
void SimulatedReaper::turn(Instant now) {
    if (stands_still()) return;
    if (!surface_is_up_) tell_track_list();
    for (const auto& message : inbox_.take(now)) on_message(message);
    run_arrows();
    view_.run();
    follow_touches();
    undo_.run(now, engine_);
    update_displays(now);
}

void SimulatedReaper::on_message(std::span<const std::byte> bytes) {
    const auto message = osc::decode_message(bytes);
    if (!message || !ReaperArguments::are_known(*message)) return;
    const auto matches = index_.match(message->address());
    if (matches.empty()) return;
    // An address that stands in the file twice is what the last line says.
    const reaper::Matched& match = matches.back();
    const auto times = repetitions(match);
    if (!times) return;
    const auto& key = settings_.patterns.keys()[match.key];
    const reaper::Flag flag = key.patterns[match.pattern].flag;
    feedback_.processing(message->address(), flag);
    ReaperArguments arguments(*message);
    for (std::size_t i = 0; i < *times; ++i) {
        ReaperCall call{key.key, flag, {}, match.command, &arguments, device_.rotary_center};
        for (const auto& slot : match.numbers)
            if (!slot.empty())
                call.numbers.push_back(std::min(slot.size() == 1 ? slot.front() : slot[i], highest_number));
        on_call(call);
    }
    feedback_.done();
}

void SimulatedReaper::on_call(ReaperCall& call) {
    const bool done = (call.numbers.empty() && (view_.on_call(call) || on_global(call))) || on_device(call) ||
                      on_track(call) || on_marker(call) || on_effect(call) || midi_.on_call(call) ||
                      on_action(call);
    // Sends are understood and have nothing to act on.
    static_cast<void>(done);
}

void SimulatedReaper::quit() {
    engine_.stop();
    inbox_.clear();
    outbox_.clear();
    touches_.clear();
    feedback_.forget_all();
    surface_is_up_ = false;
    told_any_solo_ = false;
    told_position_ = 0;
    last_update_.reset();
    paused_ = false;
    records_ = false;
    arrows_ = Arrows::wind;
    winds_ = 0;
    gone_ = true;
}

void SimulatedReaper::open() {
    device_ = settings_.patterns.settings();
    current_track_ = 0;
    bank_start_ = 0;
    marker_bank_start_ = 0;
    region_bank_start_ = 0;
    current_effect_ = 0;
    parameter_bank_start_ = 0;
    instrument_bank_start_ = 0;
    gone_ = false;
}

void SimulatedReaper::open(Song project) {
    quit();
    engine_ = AudioEngine(std::move(project), reaper_manner(settings_));
    saved_ = 0;
    loop_ = {};
    repeats_ = false;
    start_project();
    open();
}

}  // namespace kedge::sim
