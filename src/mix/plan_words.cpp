#include "mix/plan_words.hpp"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

namespace kedge::mix {

namespace {

constexpr double off_unity = 0.05;

double seconds(Duration span) {
    return std::chrono::duration<double>(span).count();
}

void note_clipping(const MixQuestion& question, Plan& plan) {
    for (const auto& heard : question.statistics) {
        if (heard.absolute_peak.is_silence() || heard.absolute_peak < question.profile.clipping) continue;
        const Strip* strip = question.mixer.find(heard.strip);
        if (!strip || strip->name.kind != StripKind::audio_track) continue;
        plan.notes.push_back(fmt::format(
            "'{}' peaks at {:.1f} dBFS before its trim: clipped, or about to. That cannot be undone "
            "by a fader.",
            strip->name.name, heard.absolute_peak.db()));
    }
}

void note_thin_evidence(const MixQuestion& question, Plan& plan) {
    if (!question.song_length || *question.song_length <= Duration::zero()) return;
    Duration heard{};
    for (const auto& one : question.statistics) heard = std::max(heard, one.heard);
    const double share = seconds(heard) / seconds(*question.song_length);
    if (share >= question.profile.thin_evidence.of_one) return;
    plan.notes.push_back(fmt::format("Thin evidence: {:.0f} s of {:.0f} s were heard ({:.0f} % of the song).",
                                     seconds(heard), seconds(*question.song_length), 100.0 * share));
}

void note_mute_suggestions(const MixQuestion& question, Plan& plan) {
    for (const RoledStrip& roled : question.roles) {
        if (roled.role != Role::click && roled.role != Role::reference) continue;
        const Strip* strip = question.mixer.find(roled.strip);
        if (!strip || strip->mute == Mute::muted) continue;
        plan.notes.push_back(fmt::format("'{}' is a {}: mute it, it is never in the mix.", strip->name.name,
                                         to_string(roled.role)));
    }
}

void note_master(const MixQuestion& question, Plan& plan) {
    const Strip* master = question.mixer.master();
    if (!master || !master->fader || distance(*master->fader, Decibels()) < Decibels(off_unity)) return;
    plan.notes.push_back(fmt::format("The master fader stands at {}, not at unity; it is left there.",
                                     to_string(*master->fader)));
}

void note_what_is_missing(const MixQuestion& question, Plan& plan) {
    const Capabilities& can = question.capabilities;
    if (can.pan && !can.counts_channels)
        plan.notes.emplace_back(
            "This surface does not say which strips are stereo: what often is, such as keys and pads, keeps "
            "its pan.");
    if (can.pan && can.trim) return;
    plan.notes.emplace_back(can.pan    ? "This surface sets no trims: gain is not staged, faders do it all."
                            : can.trim ? "This surface sets no pans: only trims and faders are moved."
                                       : "This surface sets no pans and no trims: only faders are moved.");
}

void note_steps_of_the_meter(const MixQuestion& question, Plan& plan) {
    Exactness least;
    Exactness open;
    for (const StripTarget& target : plan.targets) {
        if (target.known.within > least.within) least.within = target.known.within;
        if (target.known.open_above) open.open_above = true;
    }
    if (!question.capabilities.meter.coarse() || least.exact()) return;
    plan.notes.push_back(fmt::format(
        "The meters show steps: levels are known {} or better, and nothing finer is judged or corrected.",
        to_string(least)));
    if (open.open_above)
        plan.notes.emplace_back(
            "Strips in the last step of their meters are at least so loud; how much louder shows once they "
            "are down.");
}

}  // namespace

void add_common_notes(const MixQuestion& question, const Examination& examined, Plan& plan) {
    plan.notes.insert(plan.notes.end(), examined.notes.begin(), examined.notes.end());
    note_clipping(question, plan);
    note_thin_evidence(question, plan);
    note_mute_suggestions(question, plan);
    note_master(question, plan);
    note_what_is_missing(question, plan);
    note_steps_of_the_meter(question, plan);
}

void sort_in_mixer_order(const MixerState& mixer, Plan& plan) {
    std::unordered_map<StripId, std::size_t> order;
    for (std::size_t i = 0; i < mixer.strips.size(); ++i) order.emplace(mixer.strips[i].id, i);
    std::stable_sort(
        plan.left_alone.begin(), plan.left_alone.end(),
        [&](const LeftAlone& a, const LeftAlone& b) { return order.at(a.strip) < order.at(b.strip); });
}

}  // namespace kedge::mix
