#include "ardour/ardour_session.hpp"
#include "cli/commands.hpp"
#include "cli/json_out.hpp"
#include "cli/json_words.hpp"
#include "cli/mix_text.hpp"
#include "cli/pattern_words.hpp"
#include "cli/profiles.hpp"
#include "cli/saved_mixer.hpp"
#include "cli/sim_in_memory.hpp"
#include "engine/journal_recorder.hpp"
#include "engine/mix_job.hpp"
#include "engine/revert_job.hpp"
#include "io/companion_file.hpp"
#include "io/state_files.hpp"
#include "io/udp_simulator.hpp"
#include "sim/built_in_song.hpp"
#include "sim/simulated_reaper.hpp"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <optional>

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

std::vector<sim::SimStrip> controls_of(const sim::SimulatedArdour& daw) {
    return daw.engine().strips();
}

bool same_controls(const std::vector<sim::SimStrip>& a, const std::vector<sim::SimStrip>& b) {
    return std::equal(
        a.begin(), a.end(), b.begin(), b.end(), [](const sim::SimStrip& x, const sim::SimStrip& y) {
            return distance(x.trim, y.trim) < Decibels(0.01) && distance(x.fader, y.fader) < Decibels(0.01) &&
                   std::abs(x.pan.position() - y.pan.position()) < 0.001 && x.muted == y.muted;
        });
}

Result<void> open_as_saved(const SimOptions& options, sim::AudioEngine& engine) {
    if (options.open.empty()) return {};
    const auto words = io::read_file(options.open);
    if (!words) return tl::unexpected(words.error());
    return open_saved(*words, engine);
}

Result<sim::Song> song_for(const SimOptions& options) {
    if (!options.stems.empty()) return sim::load_stems(options.stems);
    if (options.strips > 0) return sim::many_strips_song(options.strips);
    return sim::built_in_song(options.seed);
}

}  // namespace

Outcome demo_command(const DemoOptions& options) {
    const auto book = load_role_book();
    if (!book) return Outcome::failed(book.error());
    const auto profile = load_balance_profile(options.balance);
    if (!profile) return Outcome::failed(profile.error());
    const auto journal = journal::open_journal(":memory:");
    if (!journal) return Outcome::failed(journal.error());

    sim::SimulatedArdour daw(sim::built_in_song(options.seed));
    SimInMemory wire(daw);
    ardour::ArdourSession session{Duration{}};  // in memory everything keeps its order
    engine::Engine engine(session);
    engine::VirtualLoop loop(engine, wire);
    NoShelf shelf;
    engine::JournalRecorder recorder(**journal);
    const auto before = controls_of(daw);
    const Decibels bus_before = daw.engine().bus_peak();

    engine::MixOrder order;
    order.surface_name = "sim in memory";
    order.created = io::wall_time();
    engine::MixJob mix(order, *book, *profile, shelf, recorder);
    if (const auto ran = loop.run(mix); !ran) return Outcome::failed(ran.error());
    const auto& done = mix.report();
    const Decibels bus_after = daw.engine().bus_peak();

    Outcome outcome;
    outcome.document = json_of(done, order.surface_name);
    outcome.document["true_bus_peak_db"] = {{"before", json_of(bus_before)}, {"after", json_of(bus_after)}};
    outcome.text = "A simulated DAW plays a song of its own; the levels of its tracks are scrambled.\n\n" +
                   mix_text(done) +
                   fmt::format("True peak of the bus, from the samples: {} before, {} after.\n",
                               to_string(bus_before), to_string(bus_after));
    if (done.error) {
        outcome.fail_with(*done.error);
        return outcome;
    }

    engine::RevertJob revert(done.passes.front().id, false, order.surface_name, io::wall_time(), **journal,
                             recorder);
    if (const auto ran = loop.run(revert); !ran) return Outcome::failed(ran.error());
    const bool back = same_controls(before, controls_of(daw));
    outcome.document["revert"] = json_of(revert.report());
    outcome.document["reverted_exactly"] = back;
    outcome.text += "\nAnd taken back:\n" + revert_text(revert.report()) +
                    (back ? "Every trim, fader, pan and mute stands where it stood.\n"
                          : "NOT every control stands where it stood.\n") +
                    "\nNext: `kedge doctor` with your DAW open, then `kedge mix`.\n";
    if (!back) outcome.exit = 1;
    if (revert.report().error) outcome.fail_with(*revert.report().error);
    return outcome;
}

namespace {

/// What `kedge sim` says once it listens.
void say_it_is_up(const Settings& settings, const SimOptions& options, std::size_t strips) {
    if (settings.json) {
        print_document(boost::json::object{{"port", options.port}, {"strips", strips}});
        std::cout.flush();
        return;
    }
    const bool reaper = options.dialect == "reaper";
    std::cout << fmt::format("A simulated {} with {} strips listens on 127.0.0.1:{}{}. Ctrl-C ends it.\n",
                             reaper ? "REAPER" : "DAW", strips, options.port,
                             reaper && settings.feedback_port != 0
                                 ? fmt::format(" and sends to port {}", settings.feedback_port)
                                 : "")
              << fmt::format("Try `kedge --surface {} --at :{} mix` in another terminal.",
                             reaper ? "reaper" : "sim", options.port)
              << std::endl;
}

void save_mixer(const Settings& settings, const SimOptions& options, const sim::SavedMixer& mixer) {
    if (options.save_to.empty()) return;
    if (const auto written = io::replace_file(options.save_to, saved_words(mixer)); !written)
        (void)report(settings, written.error());
}

/// The patterns of the simulated REAPER. It takes what can be read of a file that REAPER would pass over.
Result<reaper::PatternFile> patterns_to_serve(const std::string& path) {
    constexpr std::size_t most_lines = 20;
    auto patterns = load_patterns(path);
    if (!patterns) return patterns;
    for (const auto& line : ignored_lines(path, *patterns, most_lines)) std::cerr << line << '\n';
    if (const auto why = why_passed_over(path, *patterns))
        std::cerr << why->message << " The simulated one takes the rest of the file.\n";
    return patterns;
}

int serve_reaper(const Settings& settings, const SimOptions& options) {
    auto patterns = patterns_to_serve(settings.pattern);
    if (!patterns) return report(settings, patterns.error());
    auto song = song_for(options);
    if (!song) return report(settings, song.error());
    sim::ReaperSettings reaper;
    reaper.patterns = std::move(*patterns);
    reaper.to_last_sender = settings.feedback_port == 0;
    reaper.feedback_to.port = settings.feedback_port;
    sim::SimulatedReaper daw(std::move(*song), std::move(reaper));
    if (const auto opened = open_as_saved(options, daw.engine()); !opened)
        return report(settings, opened.error());
    const auto up = [&] { say_it_is_up(settings, options, daw.engine().strips().size()); };
    const auto save = [&] {
        save_mixer(settings, options, {daw.engine().strips(), daw.engine().master(), daw.times_saved()});
    };
    const auto served = io::serve_simulator(daw, options.port, {}, up, save);
    return served ? 0 : report(settings, served.error());
}

}  // namespace

int sim_command(const Settings& settings, const SimOptions& options) {
    if (options.dialect == "reaper" && options.render.empty()) return serve_reaper(settings, options);
    auto song = song_for(options);
    if (!song) return report(settings, song.error());
    if (!options.render.empty()) {
        const auto written = sim::write_stems(*song, options.render);
        if (!written) return report(settings, written.error());
        if (settings.json) {
            print_document(boost::json::object{{"stems", song->stems.size()}, {"folder", options.render}});
        } else {
            std::cout << fmt::format("{} stems written to {}.\n", song->stems.size(), options.render);
        }
        return 0;
    }
    sim::SimulatedArdour daw(std::move(*song));
    if (const auto opened = open_as_saved(options, daw.engine()); !opened)
        return report(settings, opened.error());
    const auto up = [&] { say_it_is_up(settings, options, daw.engine().strips().size()); };
    const auto save = [&] { save_mixer(settings, options, daw.saved()); };
    daw.headless(options.headless);
    auto request_file = io::companion_request_file();
    if (!request_file) return report(settings, request_file.error());
    if (options.no_companion || options.headless) {
        // One that was killed on this port may have left word that it has one.
        io::tell_simulator(*request_file, options.port, false);
        request_file->clear();
    }
    const auto served = io::serve_simulator(daw, options.port, *request_file, up, save);
    return served ? 0 : report(settings, served.error());
}

}  // namespace kedge::cli
