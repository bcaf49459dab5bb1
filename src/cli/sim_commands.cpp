#include "cli/commands.hpp"
#include "cli/json_out.hpp"
#include "cli/pattern_words.hpp"
#include "cli/profiles.hpp"
#include "cli/saved_mixer.hpp"
#include "io/companion_file.hpp"
#include "io/state_files.hpp"
#include "io/udp_simulator.hpp"
#include "sim/built_in_song.hpp"
#include "sim/simulated_live.hpp"
#include "sim/simulated_reaper.hpp"

#include <iostream>
#include <optional>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace kedge::cli {

namespace {

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

sim::LiveSettings live_settings(const Settings& settings) {
    sim::LiveSettings live;
    if (settings.feedback_port != 0) live.reply_port = settings.feedback_port;
    return live;
}

/// What `kedge sim` says once it listens.
void say_it_is_up(const Settings& settings, const SimOptions& options, std::size_t strips) {
    if (settings.json) {
        print_document(boost::json::object{{"port", options.port}, {"strips", strips}});
        std::cout.flush();
        return;
    }
    const bool reaper = options.dialect == "reaper";
    const bool live = options.dialect == "live";
    const auto sends_to = live || (reaper && settings.feedback_port != 0)
                              ? fmt::format(" and sends to port {}", live ? live_settings(settings).reply_port
                                                                          : settings.feedback_port)
                              : std::string();
    const auto surface = reaper ? "reaper" : live ? "live" : "sim";
    const auto feedback_option = live && settings.feedback_port != 0
                                     ? fmt::format(" --feedback-port {}", settings.feedback_port)
                                     : std::string();
    std::cout << fmt::format("A simulated {} with {} strips listens on 127.0.0.1:{}{}. Ctrl-C ends it.\n",
                             reaper ? "REAPER"
                             : live ? "Live with AbletonOSC"
                                    : "DAW",
                             strips, options.port, sends_to)
              << fmt::format("Try `kedge --surface {} --at :{}{} mix` in another terminal.", surface,
                             options.port, feedback_option)
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
    reaper.companion = !options.no_companion;
    auto request_file = io::reaper_request_file();
    if (!request_file) return report(settings, request_file.error());
    if (options.no_companion) {
        io::tell_simulator(*request_file, options.port, false);
        request_file->clear();
    }
    sim::SimulatedReaper daw(std::move(*song), std::move(reaper));
    if (const auto opened = open_as_saved(options, daw.engine()); !opened)
        return report(settings, opened.error());
    daw.take_modes_of_faders();
    const auto up = [&] { say_it_is_up(settings, options, daw.engine().strips().size()); };
    const auto save = [&] {
        save_mixer(settings, options, {daw.engine().strips(), daw.engine().master(), daw.times_saved()});
    };
    const auto served = io::serve_simulator(daw, options.port, *request_file, up, save);
    return served ? 0 : report(settings, served.error());
}

/// Nothing on the wire tells Live to save: what it ends with is what it would have saved.
int serve_live(const Settings& settings, const SimOptions& options) {
    auto song = song_for(options);
    if (!song) return report(settings, song.error());
    sim::SimulatedLive daw(std::move(*song), live_settings(settings));
    if (const auto opened = open_as_saved(options, daw.engine()); !opened)
        return report(settings, opened.error());
    const auto up = [&] { say_it_is_up(settings, options, daw.engine().strips().size()); };
    const auto served = io::serve_simulator(daw, options.port, {}, up, {});
    if (!served) return report(settings, served.error());
    save_mixer(settings, options, {daw.engine().strips(), daw.engine().master(), daw.times_saved()});
    return 0;
}

}  // namespace

int sim_command(const Settings& settings, const SimOptions& options) {
    if (options.dialect == "reaper" && options.render.empty()) return serve_reaper(settings, options);
    if (options.dialect == "live" && options.render.empty()) return serve_live(settings, options);
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
