#include "sim/audio_engine.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace kedge::sim {

namespace {

constexpr double lowest_meter_dbfs = -120.0;

using StereoBlock = std::array<float, 2 * AudioEngine::block>;

SideGains scaled(SideGains gains, double by) {
    return {gains.left * by, gains.right * by};
}

}  // namespace

AudioEngine::AudioEngine(Song song, MixerManner manner) : song_(std::move(song)), manner_(manner) {
    for (std::size_t i = 0; i < song_.stems.size(); ++i) {
        SimStrip strip;
        strip.name = song_.stems[i].name;
        strip.channels = song_.stems[i].channels;
        strip.stem = i;
        add(std::move(strip));
    }
    master_.name = "Master";
    master_.channels = 2;
    master_.kind = StripKind::master;
}

std::int64_t AudioEngine::song_samples() const {
    std::int64_t longest = 0;
    for (const Stem& stem : song_.stems)
        longest = std::max(longest, static_cast<std::int64_t>(stem.samples->size()) / stem.channels);
    return longest;
}

SimStrip& AudioEngine::add(SimStrip strip) {
    strip.id = RouteId{++last_id_};
    strips_.push_back(std::move(strip));
    return strips_.back();
}

SimStrip& AudioEngine::add_track(const Stem& stem) {
    song_.stems.push_back(stem);
    SimStrip strip;
    strip.name = stem.name;
    strip.channels = stem.channels;
    strip.stem = song_.stems.size() - 1;
    return add(std::move(strip));
}

void AudioEngine::remove(RouteId id) {
    std::erase_if(strips_, [&](const SimStrip& strip) { return strip.id == id; });
    for (SimStrip& strip : strips_) {
        if (strip.output == id) strip.output = RouteId{};
        std::erase(strip.vcas, id);
    }
}

namespace {

template <typename Strips>
auto* strip_with(RouteId id, Strips& strips) {
    const auto found =
        std::find_if(strips.begin(), strips.end(), [&](const SimStrip& s) { return s.id == id; });
    return found == strips.end() ? nullptr : &*found;
}

}  // namespace

SimStrip* AudioEngine::find(RouteId id) {
    return id == RouteId{} ? &master_ : strip_with(id, strips_);
}

const SimStrip* AudioEngine::find(RouteId id) const {
    return id == RouteId{} ? &master_ : strip_with(id, strips_);
}

void AudioEngine::meter_at(MeterPoint point) {
    for (SimStrip& strip : strips_) strip.meter_point = point;
}

Decibels AudioEngine::fader_of(const SimStrip& strip) const {
    Decibels level = strip.fader;
    for (const RouteId vca : strip.vcas)
        if (const SimStrip* lead = find(vca)) level += fader_of(*lead);
    return level;
}

bool AudioEngine::muted(const SimStrip& strip) const {
    return strip.muted || std::any_of(strip.vcas.begin(), strip.vcas.end(), [&](RouteId vca) {
               const SimStrip* lead = find(vca);
               return lead && muted(*lead);
           });
}

bool AudioEngine::soloed(const SimStrip& strip) const {
    return strip.soloed || std::any_of(strip.vcas.begin(), strip.vcas.end(), [&](RouteId vca) {
               const SimStrip* lead = find(vca);
               return lead && soloed(*lead);
           });
}

bool AudioEngine::any_solo() const {
    return std::any_of(strips_.begin(), strips_.end(), [](const SimStrip& s) { return s.soloed; });
}

Duration AudioEngine::block_length() const {
    return Duration(block * 1'000'000'000 / song_.rate.hertz);
}

/// What is not muted and, when something is soloed, is soloed itself, feeds such a strip or carries it on.
std::vector<bool> AudioEngine::audible_strips() const {
    std::vector<bool> audible(strips_.size());
    const bool solo = any_solo();
    const auto mark = [&](RouteId id) {
        for (std::size_t i = 0; i < strips_.size(); ++i)
            if (strips_[i].id == id) audible[i] = true;
    };
    for (std::size_t i = 0; i < strips_.size(); ++i) {
        if (!solo) {
            audible[i] = true;
            continue;
        }
        bool lone = soloed(strips_[i]);
        for (const SimStrip* on = find(strips_[i].output); on && on != &master_; on = find(on->output))
            lone = lone || soloed(*on);
        if (!lone) continue;
        audible[i] = true;
        for (const SimStrip* on = find(strips_[i].output); on && on != &master_; on = find(on->output))
            mark(on->id);
    }
    for (std::size_t i = 0; i < strips_.size(); ++i)
        if (muted(strips_[i])) audible[i] = false;
    return audible;
}

std::vector<std::size_t> AudioEngine::buses_upstream_first() const {
    std::vector<std::pair<std::size_t, std::size_t>> by_depth;
    for (std::size_t i = 0; i < strips_.size(); ++i) {
        if (strips_[i].kind != StripKind::audio_bus) continue;
        std::size_t depth = 0;
        // More steps than strips would be a ring; the dialect makes none.
        for (const SimStrip* on = find(strips_[i].output); on && on != &master_ && depth <= strips_.size();
             on = find(on->output))
            ++depth;
        by_depth.emplace_back(strips_.size() - depth, i);
    }
    std::sort(by_depth.begin(), by_depth.end());
    std::vector<std::size_t> order;
    for (const auto& [depth, index] : by_depth) order.push_back(index);
    return order;
}

AudioEngine::Peaks AudioEngine::mix_block(std::int64_t at, bool rolling) const {
    Peaks peaks{std::vector<SidePeaks>(strips_.size()), audible_strips(), {}};
    if (!rolling) return peaks;
    const auto& audible = peaks.audible;
    const auto buses = buses_upstream_first();
    StereoBlock sum{};
    std::vector<StereoBlock> bus_sums(buses.size());
    const auto into = [&](const SimStrip& strip) {
        for (std::size_t i = 0; i < buses.size(); ++i)
            if (strips_[buses[i]].id == strip.output) return bus_sums[i].data();
        return sum.data();
    };
    const auto run = [&](std::size_t index, const AudioIn& in) {
        if (in.frames <= 0) return;
        const SimStrip& strip = strips_[index];
        const double trim = strip.trim.gain().ratio();
        const double gain = audible[index] ? trim * fader_of(strip).gain().ratio() : 0.0;
        SidePeaks& own = peaks.strips[index];
        own = audible[index]
                  ? add_to(into(strip), in, scaled(pan_gains(strip.pan, strip.channels, manner_.pan), gain))
                  : side_peaks_of(in);
        own.left *= static_cast<float>(trim);
        own.right *= static_cast<float>(trim);
    };
    for (std::size_t i = 0; i < strips_.size(); ++i)
        if (strips_[i].stem) run(i, part_of(song_.stems[*strips_[i].stem], at, block));
    for (std::size_t i = 0; i < buses.size(); ++i) run(buses[i], {bus_sums[i].data(), 2, block});
    // The master's balance touches the sum as a strip's touches its own.
    const SideGains balance = pan_gains(master_.pan, 2, manner_.pan);
    const SidePeaks summed = side_peaks_of({sum.data(), 2, block});
    peaks.master = {summed.left * static_cast<float>(balance.left),
                    summed.right * static_cast<float>(balance.right)};
    return peaks;
}

Decibels AudioEngine::shown(Decibels before, double peak) const {
    const double fallen = before.is_silence()
                              ? lowest_meter_dbfs - 1.0
                              : before.db() - manner_.meter_fall_a_second.db() * static_cast<double>(block) /
                                                  static_cast<double>(song_.rate.hertz);
    const Decibels level = std::max(Decibels::from_gain(Gain(peak)), Decibels(fallen));
    return level < Decibels(lowest_meter_dbfs) ? Decibels::silence() : level;
}

void AudioEngine::meter_sides(SimStrip& strip, SidePeaks peaks, double gain) const {
    strip.sides = {shown(strip.sides[0], static_cast<double>(peaks.left) * gain),
                   shown(strip.sides[1], static_cast<double>(peaks.right) * gain)};
}

void AudioEngine::follow_automation() {
    const auto follow = [this](SimStrip& strip) {
        for (const Control control : all_controls) {
            const ControlAutomation& automation = strip.automation(control);
            if (!automation.plays()) continue;
            if (const auto value = automation.list().at(control, at_)) strip.set_value(control, *value);
        }
    };
    for (SimStrip& strip : strips_) follow(strip);
    follow(master_);
}

void AudioEngine::run_block() {
    if (rolling_) follow_automation();
    const Peaks peaks = mix_block(at_, rolling_);
    for (std::size_t i = 0; i < strips_.size(); ++i) {
        SimStrip& strip = strips_[i];
        if (strip.kind == StripKind::vca) continue;
        const bool before = strip.meter_point == MeterPoint::before_fader;
        const SidePeaks heard = peaks.strips[i];
        const double after = peaks.audible[i] ? fader_of(strip).gain().ratio() : 0.0;
        strip.meter = shown(strip.meter,
                            static_cast<double>(heard.highest() * static_cast<float>(before ? 1.0 : after)));
        const SideGains sides = pan_gains(strip.pan, strip.channels, manner_.pan);
        meter_sides(
            strip,
            {heard.left * static_cast<float>(sides.left), heard.right * static_cast<float>(sides.right)},
            after);
    }
    const double gain = master_.muted ? 0.0 : (master_.trim + master_.fader).gain().ratio();
    master_.meter =
        shown(master_.meter, static_cast<double>(peaks.master.highest() * static_cast<float>(gain)));
    meter_sides(master_, peaks.master, gain);
    if (rolling_) at_ += block;
}

namespace {

template <typename What>
void for_automation_of(std::vector<SimStrip>& strips, SimStrip& master, What what) {
    const auto each = [&](SimStrip& strip) {
        for (const Control control : all_controls) what(strip, control, strip.automation(control));
    };
    for (SimStrip& strip : strips) each(strip);
    each(master);
}

}  // namespace

void AudioEngine::play() {
    if (rolling_) return;
    rolling_ = true;
    for_automation_of(strips_, master_, [&](SimStrip& strip, Control control, ControlAutomation& automation) {
        automation.transport_rolls({at_, strip.value(control)});
    });
}

void AudioEngine::stop() {
    if (!rolling_) return;
    rolling_ = false;
    for_automation_of(strips_, master_, [&](SimStrip& strip, Control control, ControlAutomation& automation) {
        automation.transport_stops(control, {at_, strip.value(control)});
    });
    follow_automation();
}

void AudioEngine::locate(std::int64_t sample) {
    const bool rolled = rolling_;
    if (rolled) stop();
    at_ = sample;
    if (rolled) play();
}

}  // namespace kedge::sim
