#include "banked/fader_law.hpp"
#include "cli/commands.hpp"
#include "cli/job_bench.hpp"
#include "cli/json_words.hpp"
#include "cli/learned_profile.hpp"
#include "cli/learned_words.hpp"
#include "cli/pass_words.hpp"
#include "cli/profiles.hpp"
#include "cli/strip_named.hpp"
#include "engine/journal_recorder.hpp"
#include "engine/learn_fader_job.hpp"
#include "io/state_files.hpp"

#include <algorithm>
#include <filesystem>
#include <span>

#include <fmt/format.h>

namespace kedge::cli {

namespace {

/// The one that is named; else one that is muted, as it goes all the way up; else the first.
Result<StripId> strip_to_learn_by(const std::optional<std::string>& name, const MixerState& mixer) {
    if (name) return strip_named(*name, mixer).map([](const Strip* strip) { return strip->id; });
    const auto has_fader = [](const Strip& strip) {
        return strip.fader && strip.name.kind != StripKind::master &&
               strip.fader_automation == AutomationMode::manual;
    };
    const auto muted = std::find_if(mixer.strips.begin(), mixer.strips.end(), [&](const Strip& strip) {
        return has_fader(strip) && strip.mute == Mute::muted;
    });
    if (muted != mixer.strips.end()) return muted->id;
    const auto first = std::find_if(mixer.strips.begin(), mixer.strips.end(), has_fader);
    if (first != mixer.strips.end()) return first->id;
    return fail(ErrorKind::refused, "No strip of the DAW has a fader to learn by.",
                "Open a song with a track, and run the command again.");
}

/// By what --daw names it: a file by path is kept under its own name.
std::string name_of_profile(const std::string& daw) {
    return daw.ends_with(".toml") ? std::filesystem::path(daw).stem().string() : daw;
}

/// As the DAW told the first position back. Where levels are true ones a profile knows the bits.
std::optional<int> bits_learned(const engine::LearnFaderReport& report, const Capabilities& can) {
    const FaderScale nominal = banked::nominal_scale();
    const FaderPosition sent = banked::telling_position();
    if (!can.nominal_levels || !report.first || report.first->sent != nominal.level_at(sent))
        return std::nullopt;
    return banked::bits_told(nominal.position_of(report.first->told));
}

Result<LearnedProfile> write_profile(const std::string& daw, const LearnedFader& learned) {
    const auto profile = daw_profile_text(daw);
    if (!profile) return tl::unexpected(profile.error());
    const auto text = with_learned_law(
        profile->text, learned,
        fmt::format("read off the DAW's display by `kedge learn-fader`, {}", iso_time(io::wall_time())));
    if (!text) return tl::unexpected(text.error());
    const std::string name = name_of_profile(daw);
    return keep_as_own_profile(name, *text).map([&](const KeptProfile& kept) {
        return LearnedProfile{name, kept};
    });
}

}  // namespace

Outcome learn_fader_command(Workplace& place, const std::optional<std::string>& strip) {
    const auto bench = bench_of(place);
    if (!bench) return Outcome::failed(bench.error());
    const auto id = strip_to_learn_by(strip, bench->connection->surface().mixer());
    if (!id) return Outcome::failed(id.error());
    engine::JournalRecorder recorder(*bench->journal);
    const FaderPosition first = banked::telling_position();
    engine::LearnFaderJob job({*id, banked::next_to_try, banked::nominal_scale().level_at(first)},
                              bench->connection->name(), io::wall_time(), *bench->journal, recorder);
    if (const auto ran = bench->connection->run(job); !ran) return Outcome::failed(ran.error());
    const engine::LearnFaderReport& report = job.report();
    Learned learned{report};
    std::optional<Error> trouble = report.error;
    if (!trouble) {
        auto law = banked::learn_law(report.shown);
        if (law) {
            const auto& can = bench->connection->surface().capabilities();
            learned.bits = bits_learned(report, can);
            auto profile = write_profile(place.settings().daw, {law->anchors, learned.bits});
            if (profile) learned.profile = std::move(*profile);
            if (!profile) trouble = profile.error();
            learned.law = std::move(*law);
        } else {
            trouble = law.error();
        }
    }
    return outcome_of(json_of(learned), learned_text(learned), trouble);
}

}  // namespace kedge::cli
