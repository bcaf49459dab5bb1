#include "cli/connection.hpp"

#include "abletonosc/live_session.hpp"
#include "cli/any_key.hpp"
#include "cli/banked_surface.hpp"
#include "cli/companion_install.hpp"
#include "cli/pattern_words.hpp"
#include "cli/profiles.hpp"
#include "cli/reaper_script.hpp"
#include "cli/reaper_settings.hpp"
#include "io/companion_file.hpp"
#include "io/midi_address.hpp"

#include <filesystem>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace kedge::cli {

namespace {

Result<std::unique_ptr<surface::Surface>> surface_for(const Settings& settings,
                                                      const io::DawAddress& address) {
    const Duration longest_detour = io::is_this_machine(address) ? Duration{} : longest_detour_of_a_network;
    if (settings.surface == "live") return std::make_unique<abletonosc::LiveSession>(longest_detour);
    if (settings.surface != "reaper") return std::make_unique<ardour::ArdourSession>(longest_detour);
    auto patterns = load_patterns(settings.pattern);
    if (!patterns) return tl::unexpected(patterns.error());
    // What REAPER would speak then is not in the file.
    if (const auto why = why_passed_over(settings.pattern, *patterns)) return tl::unexpected(*why);
    reaper::ReaperSetup setup{std::move(*patterns), longest_detour};
    setup.session_name = "REAPER";  // the wire does not say what the project is called
    return std::make_unique<reaper::ReaperSession>(std::move(setup));
}

/// Which DAW it is, its profile knows; nothing on the wire does.
Result<banked::DawProfile> daw_at_surface(const Settings& settings) {
    if (settings.daw.empty())
        return fail(
            ErrorKind::usage, "Which DAW the control surface is for has to be named.",
            "Add --daw ardour, reaper, logic, live, cubase, bitwig, fl-studio, studio-one or pro-tools.");
    auto daw = load_daw_profile(settings.daw);
    if (!daw) return daw;
    const auto spoken =
        settings.surface == "hui" ? banked::SurfaceProtocol::hui : banked::SurfaceProtocol::mackie;
    if (daw->protocol != spoken)
        return fail(
            ErrorKind::usage,
            fmt::format("The profile of {} is for a {}.", daw->name,
                        daw->protocol == banked::SurfaceProtocol::hui ? "HUI" : "Mackie Control"),
            daw->protocol == banked::SurfaceProtocol::hui ? "Use --surface hui." : "Use --surface mackie.");
    return daw;
}

}  // namespace

Connection::Connection(ProgressView& progress, SurfaceKind kind, io::DawAddress address, std::string place,
                       std::unique_ptr<surface::Surface> surface)
    : progress_(progress),
      kind_(kind),
      address_(std::move(address)),
      place_(std::move(place)),
      name_(fmt::format("{} {}", kind.name, place_)),
      surface_(std::move(surface)),
      ardour_(dynamic_cast<ardour::ArdourSession*>(surface_.get())),
      reaper_(dynamic_cast<reaper::ReaperSession*>(surface_.get())),
      engine_(*surface_) {}

Connection::~Connection() {
    if (loop_) loop_->close();
}

Result<std::unique_ptr<Connection>> Connection::open(const Settings& settings, ProgressView& progress) {
    return open(settings, progress, nullptr);
}

Result<std::unique_ptr<Connection>> Connection::open(const Settings& settings, ProgressView& progress,
                                                     io::EventLoop& loop) {
    return open(settings, progress, &loop);
}

Result<std::unique_ptr<Connection>> Connection::open(const Settings& settings, ProgressView& progress,
                                                     io::EventLoop* shared) {
    const auto kind = surface_kind(settings.surface);
    if (!kind) return tl::unexpected(kind.error());
    auto connection = kind->is_control_surface ? open_over_midi(settings, *kind, progress, shared)
                                               : open_over_udp(settings, *kind, progress, shared);
    if (connection) (*connection)->own_terminal_ = shared == nullptr;
    return connection;
}

Result<std::unique_ptr<Connection>> Connection::open_over_udp(const Settings& settings,
                                                              const SurfaceKind& kind, ProgressView& progress,
                                                              io::EventLoop* shared) {
    auto address = daw_address(settings);
    if (!address) return tl::unexpected(address.error());
    auto surface = surface_for(settings, *address);
    if (!surface) return tl::unexpected(surface.error());
    const std::string place = address->text();
    std::unique_ptr<Connection> connection(
        new Connection(progress, kind, std::move(*address), place, std::move(*surface)));
    auto loop = shared ? io::DawLoop::over_udp(connection->engine_, connection->address_, *shared)
                       : io::DawLoop::over_udp(connection->engine_, connection->address_);
    if (!loop) return tl::unexpected(loop.error());
    connection->loop_ = std::move(*loop);
    return connection;
}

Result<std::unique_ptr<Connection>> Connection::open_over_midi(const Settings& settings,
                                                               const SurfaceKind& kind,
                                                               ProgressView& progress,
                                                               io::EventLoop* shared) {
    constexpr std::size_t most_units = 4;
    const auto address = io::parse_midi_address(settings.midi, most_units);
    if (!address) return tl::unexpected(address.error());
    const auto daw = daw_at_surface(settings);
    if (!daw) return tl::unexpected(daw.error());
    std::unique_ptr<Connection> connection(
        new Connection(progress, kind, {}, address->text(), banked_surface(*daw, address->units.size())));
    auto loop = shared ? io::DawLoop::over_midi(connection->engine_, *address, *shared)
                       : io::DawLoop::over_midi(connection->engine_, *address);
    if (!loop) return tl::unexpected(loop.error());
    connection->loop_ = std::move(*loop);
    return connection;
}

/// Looked up each time: the user may have moved the script, and its old number be another one's. A simulated
/// DAW says on this machine whether it has one; it does under every number.
void Connection::find_companion_script() {
    if (reaper_) return find_reaper_companion();
    if (!ardour_) return;
    std::optional<InstalledCompanion> companion;
    if (!io::is_this_machine(address_)) {
        // The file with the request would be on another machine than the script.
    } else if (kind_.name == "sim") {
        const auto file = io::companion_request_file();
        if (file && io::simulator_takes_requests(*file, address_.port))
            companion = InstalledCompanion{1, file->string()};
    } else if (auto found = find_companion(ardour_folders())) {
        companion = std::move(*found);  // what is wrong with it the doctor says
    }
    ardour_->use_companion(companion ? std::optional(ardour::CompanionSetup{companion->action()})
                                     : std::nullopt);
    loop_->hand_requests_to(companion ? std::optional<std::filesystem::path>(companion->request_file)
                                      : std::nullopt);
}

void Connection::find_reaper_companion() {
    std::optional<InstalledReaperScript> script;
    if (io::is_this_machine(address_)) {
        const auto file = io::reaper_request_file();
        const auto folder = reaper_folder();
        if (file && io::simulator_takes_requests(*file, address_.port)) {
            script = InstalledReaperScript{"_RSsimulated", file->string()};
        } else if (auto found = folder ? find_reaper_script(*folder) : std::nullopt; found && *found) {
            script = std::move(**found);
        }
    }
    loop_->hand_requests_to(script ? std::optional<std::filesystem::path>(script->request_file)
                                   : std::nullopt);
    reaper_->use_companion(script ? std::optional(reaper::CompanionSetup{script->command}) : std::nullopt);
}

std::optional<Error> Connection::companion_trouble() const {
    return reaper_ ? reaper_->script_trouble() : std::nullopt;
}

/// The script tells which project it is: it is asked as the mixer is heard.
void Connection::start() {
    find_companion_script();
    loop_->start();
}

void Connection::interrupt() {
    if (std::exchange(interrupted_, true)) return;
    loop_->interrupt();
}

Result<void> Connection::run(engine::Job& job) {
    if (interrupted_) return fail(ErrorKind::interrupted, "Stopped, before anything else was done.");
    find_companion_script();
    std::size_t said = 0;
    loop_->on_progress = [&](const engine::Progress& progress, Duration running) {
        for (; said < progress.said.size(); ++said) progress_.say(progress.said[said]);
        progress_.show(progress, running);
    };
    auto ran = loop_->run(job);
    loop_->on_progress = nullptr;
    progress_.clear();
    // Of a DAW that was heard the loop knows why it is not there: it is not for want of being turned on.
    const bool unheard = surface_->counters().messages_in == 0;
    if (ran || ran.error().kind != ErrorKind::no_daw || !unheard) return ran;
    return fail(ErrorKind::no_daw, fmt::format("No answer from {} (tried as {}).", place_, kind_.name),
                std::string(kind_.how_to_turn_on));
}

Result<void> Connection::run_until_key(engine::Job& job) {
    const auto keys = own_terminal_ ? loop_->interrupt_on_key() : nullptr;
    if (keys) say_that_any_key_ends_it();
    return run(job);
}

}  // namespace kedge::cli
