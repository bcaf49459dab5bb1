#include "cli/commands.hpp"
#include "cli/demo_stage.hpp"
#include "cli/json_words.hpp"
#include "cli/mix_text.hpp"
#include "cli/profiles.hpp"
#include "cli/time_words.hpp"
#include "engine/journal_recorder.hpp"
#include "engine/mix_job.hpp"
#include "engine/revert_job.hpp"
#include "io/state_files.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace kedge::cli {

namespace {

/// The demo keeps nothing on disk.
class NoShelf : public engine::TapeShelf {
  public:
    std::optional<measure::StoredTape> load(const SessionInfo&) override { return std::nullopt; }
    Result<void> store(const measure::StoredTape&) override { return {}; }
};

/// What does not stand where it stood, a line each.
std::vector<std::string> left_elsewhere(const std::vector<sim::SimStrip>& before,
                                        const std::vector<sim::SimStrip>& after, Decibels exactness) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < std::min(before.size(), after.size()); ++i) {
        const sim::SimStrip& was = before[i];
        const sim::SimStrip& is = after[i];
        const auto tell = [&](std::string_view what, const auto& old_value, const auto& new_value) {
            lines.push_back(fmt::format("{}: {} {}, was {}", was.name, what, new_value, old_value));
        };
        if (distance(was.trim, is.trim) >= exactness) tell("trim", to_string(was.trim), to_string(is.trim));
        if (distance(was.fader, is.fader) >= exactness)
            tell("fader", to_string(was.fader), to_string(is.fader));
        if (std::abs(was.pan.position() - is.pan.position()) >= 0.001)
            tell("pan", was.pan.position(), is.pan.position());
        if (was.muted != is.muted) tell("muted", was.muted, is.muted);
        if (was.selected != is.selected) tell("selected", was.selected, is.selected);
    }
    if (before.size() != after.size())
        lines.push_back(fmt::format("{} strips, there were {}", after.size(), before.size()));
    return lines;
}

/// What a demo needs of its own, beside the simulated DAW.
struct DemoParts {
    mix::RoleBook book;
    mix::BalanceProfile profile;
    std::unique_ptr<journal::Journal> journal;
};

Result<DemoParts> demo_parts(const DemoOptions& options) {
    auto book = load_role_book();
    if (!book) return tl::unexpected(book.error());
    auto profile = load_balance_profile(options.balance);
    if (!profile) return tl::unexpected(profile.error());
    auto journal = journal::open_journal(":memory:");
    if (!journal) return tl::unexpected(journal.error());
    return DemoParts{std::move(*book), std::move(*profile), std::move(*journal)};
}

Result<std::optional<Duration>> listen_span(const DemoOptions& options) {
    if (!options.listen) return std::nullopt;
    const auto span = parse_span(*options.listen);
    if (!span) return tl::unexpected(span.error());
    return *span;
}

/// Mixes, tells what came of it, takes it back, and tells that.
Outcome play(DemoStage& stage, DemoParts& parts, std::optional<Duration> at_most) {
    NoShelf shelf;
    engine::JournalRecorder recorder(*parts.journal);
    const auto before = stage.look();
    if (!before) return Outcome::failed(before.error());

    engine::MixOrder order;
    order.surface_name = stage.surface_name();
    order.created = io::wall_time();
    order.listen.part.at_most = at_most;
    engine::MixJob mix(order, parts.book, parts.profile, shelf, recorder);
    if (const auto ran = stage.run(mix); !ran) return Outcome::failed(ran.error());
    const auto& done = mix.report();
    const auto mixed = stage.look();
    if (!mixed) return Outcome::failed(mixed.error());
    const Decibels bus_before = before->bus_peak();
    const Decibels bus_after = mixed->bus_peak();

    Outcome outcome;
    outcome.document = json_of(done, order.surface_name);
    outcome.document["true_bus_peak_db"] = {{"before", json_of(bus_before)}, {"after", json_of(bus_after)}};
    outcome.text = stage.introduction() + "\n\n" + mix_text(done) +
                   fmt::format("True peak of the bus, from the samples: {} before, {} after.\n",
                               to_string(bus_before), to_string(bus_after));
    if (done.error) {
        outcome.fail_with(*done.error);
        return outcome;
    }

    engine::RevertJob revert(done.passes.front().id, false, order.surface_name, io::wall_time(),
                             *parts.journal, recorder);
    if (const auto ran = stage.run(revert); !ran) return Outcome::failed(ran.error());
    const auto after = stage.look();
    if (!after) return Outcome::failed(after.error());
    const auto elsewhere = left_elsewhere(before->strips(), after->strips(), stage.exactness());
    const bool back = elsewhere.empty();
    outcome.document["revert"] = json_of(revert.report());
    outcome.document["reverted_exactly"] = back;
    outcome.text += "\nAnd taken back:\n" + revert_text(revert.report()) +
                    (back ? fmt::format("Every trim, fader, pan and mute stands where it stood{}.\n",
                                        stage.exactness() > Decibels(0.01)
                                            ? fmt::format(", to {:.2f} dB", stage.exactness().db())
                                            : "")
                          : fmt::format("NOT every control stands where it stood:\n  {}\n",
                                        fmt::join(elsewhere, "\n  "))) +
                    "\nNext: `kedge doctor` with your DAW open, then `kedge mix`.\n";
    if (!back) outcome.exit = 1;
    if (revert.report().error) outcome.fail_with(*revert.report().error);
    return outcome;
}

}  // namespace

Outcome demo_command(const Settings& settings, const DemoOptions& options) {
    auto parts = demo_parts(options);
    if (!parts) return Outcome::failed(parts.error());
    const auto at_most = listen_span(options);
    if (!at_most) return Outcome::failed(at_most.error());
    if (settings.surface == "mackie" || settings.surface == "hui") {
        const auto stage = demo_on_surface(settings, options);
        return stage ? play(**stage, *parts, *at_most) : Outcome::failed(stage.error());
    }
    if (settings.surface == "live") return play(*demo_on_live(options), *parts, *at_most);
    if (settings.surface != "reaper") return play(*demo_in_memory(options), *parts, *at_most);
    ProgressBar bar;
    const auto stage = demo_on_reaper(settings, options, bar);
    if (!stage) return Outcome::failed(stage.error());
    return play(**stage, *parts, *at_most);
}

}  // namespace kedge::cli
