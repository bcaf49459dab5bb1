#include "cli/ardour_settings.hpp"
#include "cli/commands.hpp"
#include "cli/companion_install.hpp"
#include "cli/finding.hpp"
#include "cli/json_words.hpp"
#include "cli/place_words.hpp"
#include "cli/profiles.hpp"
#include "cli/reaper_doctor.hpp"
#include "cli/surface_doctor.hpp"
#include "cli/time_words.hpp"
#include "engine/observe_job.hpp"
#include "io/companion_file.hpp"
#include "io/state_files.hpp"
#include "surface/levels_known.hpp"

#include <algorithm>
#include <string>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace kedge::cli {

namespace json = boost::json;

namespace {

std::string ignored_words(const surface::Counters& counters, const io::LoopCounters& loop) {
    return fmt::format(
        "{} malformed, {} with a wrong type, {} out of range, {} of unknown path, {} from strangers, "
        "{} dropped",
        counters.malformed, counters.wrong_type, counters.out_of_range, counters.unknown_path,
        loop.from_strangers, loop.dropped);
}

std::size_t unfinished_passes(const journal::Journal& journal) {
    const auto passes = journal.passes();
    if (!passes) return 0;
    return static_cast<std::size_t>(std::count_if(passes->begin(), passes->end(), [](const auto& summary) {
        return summary.state == PassState::prepared || summary.state == PassState::broken;
    }));
}

std::string status_text(const Connection& connection, std::size_t unfinished) {
    const auto& surface = connection.surface();
    const auto& counters = surface.counters();
    const MixerState& mixer = surface.mixer();
    std::string text =
        fmt::format("{}: {}, session '{}', {} strips, {} Hz{}\n", connection.name(),
                    surface.ready() ? "connected" : "lost", mixer.session.name, mixer.strips.size(),
                    mixer.session.rate.hertz,
                    mixer.session.end ? fmt::format(", ends at {}", to_string(*mixer.session.end)) : "");
    text += fmt::format("transport: {} at {}\n", surface.rolling().value_or(false) ? "rolling" : "stopped",
                        to_string(surface.position().value_or(SongTime())));
    text += places_text(surface.places(), surface.loop());
    text +=
        fmt::format("received: {} datagrams, {} messages, {} heartbeats; sent {}\n", counters.datagrams_in,
                    counters.messages_in, counters.heartbeats, counters.datagrams_out);
    text += "ignored:  " + ignored_words(counters, connection.loop_counters()) + "\n";
    if (unfinished > 0)
        text +=
            fmt::format("journal:  {} unfinished pass{}: see `kedge passes`, take back with `kedge revert`\n",
                        unfinished, unfinished == 1 ? "" : "es");
    return text;
}

}  // namespace

Outcome status_command(Workplace& place, const std::string& span_text) {
    const auto span = parse_span(span_text);
    if (!span) return Outcome::failed(span.error());
    const auto journal = place.journal();
    if (!journal) return Outcome::failed(journal.error());
    const auto connection = place.connection();
    if (!connection) return Outcome::failed(connection.error());
    engine::ObserveJob observe(*span);
    if (const auto ran = (*connection)->run(observe); !ran) return Outcome::failed(ran.error());

    const auto& surface = (*connection)->surface();
    const auto& counters = surface.counters();
    const auto loop = (*connection)->loop_counters();
    const MixerState& mixer = surface.mixer();
    const auto unfinished = unfinished_passes(**journal);
    Outcome outcome;
    if (!surface.ready()) outcome.exit = exit_code(ErrorKind::no_daw);
    json::object count = json_of(counters);
    count["from_strangers"] = loop.from_strangers;
    count["dropped"] = loop.dropped;
    count["send_failures"] = loop.send_failures;
    count["hand_over_failures"] = loop.hand_over_failures;
    outcome.document = {{"surface", (*connection)->name()},
                        {"session", mixer.session.name},
                        {"connected", surface.ready()},
                        {"strips", mixer.strips.size()},
                        {"rolling", surface.rolling().value_or(false)},
                        {"position_s", surface.position().value_or(SongTime()).seconds()},
                        {"unfinished_passes", unfinished},
                        {"counters", std::move(count)}};
    outcome.document["session_end_s"] =
        mixer.session.end ? json::value(mixer.session.end->seconds()) : json::value(nullptr);
    add_places(outcome.document, surface.places(), surface.loop());
    outcome.text = status_text(**connection, unfinished);
    return outcome;
}

namespace {

void look_at_own_files(Workplace& place, std::vector<Finding>& findings) {
    const auto folder = io::state_folder();
    if (!folder) {
        findings.push_back({false, folder.error().message, folder.error().next});
    } else if (const auto journal = place.journal(); !journal) {
        findings.push_back({false, journal.error().message, journal.error().next});
    } else {
        findings.push_back({true, fmt::format("The journal in {} opens.", folder->string()), {}});
        if (const auto unfinished = unfinished_passes(**journal); unfinished > 0)
            findings.push_back({false, fmt::format("{} pass(es) did not end well.", unfinished),
                                "`kedge passes` names them; `kedge revert P` takes one back."});
    }
    const auto book = load_role_book();
    findings.push_back(book ? Finding{true, "The role vocabulary is readable.", {}}
                            : Finding{false, book.error().message, book.error().next});
}

void look_at_mixer(const surface::Surface& surface, std::vector<Finding>& findings) {
    const MixerState& mixer = surface.mixer();
    findings.push_back({!mixer.strips.empty(),
                        fmt::format("Session '{}' with {} strips.", mixer.session.name, mixer.strips.size()),
                        mixer.strips.empty() ? "Open a session with tracks in the DAW." : ""});
    for (const Strip& strip : mixer.strips) {
        if (strip.soloed)
            findings.push_back({false,
                                fmt::format("'{}' is soloed: nothing else can be heard.", strip.name.name),
                                "Take the solo off in the DAW."});
        if (strip.fader_automation != AutomationMode::manual)
            findings.push_back({false,
                                fmt::format("'{}': its fader is in {} mode, so kedge leaves it alone.",
                                            strip.name.name, to_string(strip.fader_automation)),
                                "Set the fader's automation to Manual for a static mix."});
    }
    const bool levels_known = !surface.capabilities().nominal_levels;
    if (auto known = surface::check_levels_known(surface.capabilities()); !known)
        findings.push_back({false, known.error().message, known.error().next});
    if (const Strip* master = mixer.master();
        levels_known && master && master->fader && distance(*master->fader, {}) > Decibels(0.05))
        findings.push_back(
            {false, fmt::format("The master fader stands at {}, not at unity.", to_string(*master->fader)),
             "Set it to 0 dB: the bus is judged with the master at unity."});
    const bool meters = std::any_of(mixer.strips.begin(), mixer.strips.end(),
                                    [&](const Strip& strip) { return surface.meter(strip.id).has_value(); });
    findings.push_back(
        {true, meters ? "Meters arrive." : "No meter has spoken yet; they do once the song plays.", {}});
}

/// Without it rides are written live: no fault, but worth to know.
void look_at_companion(std::vector<Finding>& findings) {
    const auto folders = ardour_folders();
    if (folders.empty()) return;
    const auto found = find_companion(folders);
    if (!found) {
        findings.push_back({false, found.error().message, found.error().next});
    } else if (!*found) {
        findings.push_back({true, "Ardour has no companion script of kedge's.",
                            "With it rides are written exactly, point by point: quit Ardour, then run 'kedge "
                            "doctor --install-companion'."});
    } else {
        findings.push_back(
            {true, fmt::format("Ardour has kedge's companion script, as script {}.", (*found)->number), {}});
    }
}

/// How rides can be written and taken back.
Finding rides_possible(const Capabilities& can) {
    if (can.fader_lines)
        return {true, "Rides can be written exactly, point by point, or live while the song plays.", {}};
    if (can.manual_plays)
        return {true, "Rides can be planned, and not written: that takes kedge's companion script here.", {}};
    if (can.touch && can.read_back)
        return {
            true,
            "Rides can be written live only (`kedge ride --live`): automation can be heard, and not read.",
            "What is written then stays in the fader's list when it is taken back, and does not play. With "
            "the companion script all of it is taken back exactly."};
    return {true, "Rides can be planned, and not written: automation is out of reach here.", {}};
}

Outcome install_companion_for(Workplace& place) {
    if (place.settings().surface != "ardour")
        return Outcome::failed(
            {ErrorKind::usage, "Only Ardour has a companion script to install.", "Leave --surface away."});
    const auto connection = place.connection();
    if (!connection) return Outcome::failed(connection.error());
    engine::ObserveJob glance(std::chrono::milliseconds(100));
    if ((*connection)->run(glance)) {
        return Outcome::failed({ErrorKind::refused,
                                fmt::format("{} answers: Ardour is running.", (*connection)->name()),
                                "Quit Ardour first: it would write its own list of scripts over the file. "
                                "Then run 'kedge doctor "
                                "--install-companion' again, and start Ardour."});
    }
    const auto request_file = io::companion_request_file();
    if (!request_file) return Outcome::failed(request_file.error());
    const auto done = install_companion(ardour_folders(), *request_file);
    if (!done) return Outcome::failed(done.error());
    Outcome outcome;
    json::array written;
    for (const auto& file : done->written) {
        written.emplace_back(file);
        outcome.text += fmt::format("Written: {} (a copy of what was there: {}.before-kedge)\n", file, file);
    }
    outcome.document = {{"action", done->companion.action()},
                        {"request_file", done->companion.request_file},
                        {"written", std::move(written)}};
    if (done->written.empty()) {
        outcome.text = fmt::format(
            "Ardour has kedge's companion script already, as script {}; nothing was "
            "changed.\n",
            done->companion.number);
    } else {
        outcome.text += fmt::format(
            "Ardour now has kedge's companion script, as script {}. Start Ardour to use it; if an Ardour "
            "that "
            "did not answer over OSC is running now, quit it and run this again.\n",
            done->companion.number);
    }
    return outcome;
}

}  // namespace

Outcome doctor_command(Workplace& place, const DoctorOptions& options) {
    if (options.install_reaper) return install_reaper(place.settings());
    if (options.install_companion) return install_companion_for(place);
    std::vector<Finding> findings;
    look_at_own_files(place, findings);
    const auto kind = surface_kind(place.settings().surface);
    const bool is_surface = kind && kind->is_control_surface;
    if (place.settings().surface == "ardour") {
        for (const auto& found : ardour_settings())
            findings.push_back({found.osc_enabled, found.words, found.next});
        look_at_companion(findings);
    } else if (place.settings().surface == "reaper") {
        for (auto& found : look_at_reaper(place.settings())) findings.push_back(std::move(found));
    } else if (is_surface) {
        for (auto& found : look_at_control_surface(place.settings())) findings.push_back(std::move(found));
    }
    Outcome outcome;
    const auto connection = place.connection();
    engine::ObserveJob glance(std::chrono::milliseconds(1'500));
    if (!connection && place.settings().pattern.empty() && !is_surface)
        return Outcome::failed(connection.error());
    if (!connection) {
        findings.push_back({false, connection.error().message, connection.error().next});
        outcome.exit = exit_code(connection.error().kind);
    } else if (const auto ran = (*connection)->run(glance); !ran) {
        findings.push_back({false, ran.error().message, ran.error().next});
        outcome.exit = exit_code(ran.error().kind);
    } else {
        findings.push_back({true, fmt::format("{} answers.", (*connection)->name()), {}});
        if (const auto trouble = (*connection)->companion_trouble())
            findings.push_back({false, trouble->message, trouble->next});
        look_at_mixer((*connection)->surface(), findings);
        findings.push_back(rides_possible((*connection)->surface().capabilities()));
    }
    const bool sick = std::any_of(findings.begin(), findings.end(), [](const Finding& f) { return !f.good; });
    if (sick && outcome.exit == 0) outcome.exit = 1;
    json::array list;
    for (const Finding& f : findings) {
        list.push_back(json::object{{"good", f.good}, {"what", f.what}, {"next", f.next}});
        outcome.text += (f.good ? "  ok  " : "  !!  ") + f.what + "\n";
        if (!f.next.empty()) outcome.text += "      " + f.next + "\n";
    }
    outcome.document = {{"healthy", !sick}, {"findings", std::move(list)}};
    return outcome;
}

}  // namespace kedge::cli
