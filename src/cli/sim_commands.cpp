#include "cli/commands.hpp"
#include "cli/json_out.hpp"
#include "cli/pattern_words.hpp"
#include "cli/profiles.hpp"
#include "cli/saved_mixer.hpp"
#include "io/companion_file.hpp"
#include "io/state_files.hpp"
#include "io/udp_simulator.hpp"
#include "sim/built_in_song.hpp"
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
