#include "cli/commands.hpp"
#include "cli/connection.hpp"
#include "cli/controller_choice.hpp"
#include "cli/kedge_keys.hpp"
#include "cli/progress_bar.hpp"
#include "engine/controllers.hpp"
#include "engine/observe_job.hpp"
#include "engine/strip_roles.hpp"
#include "engine/tablets.hpp"
#include "io/controller_ports.hpp"
#include "io/midi_wire.hpp"
#include "io/tablet_socket.hpp"

#include <chrono>
#include <cstdint>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace kedge::cli {

namespace json = boost::json;

namespace {

/// Each control of a strip is set so often at most: a DAW draws no faster.
constexpr Duration pace = std::chrono::milliseconds(5);
constexpr Duration look_at_files_every = std::chrono::milliseconds(500);
constexpr Duration until_told = std::chrono::hours(24 * 365);

engine::Controllers::RolesOf roles_by_name(std::shared_ptr<const mix::RoleBook> book,
                                           const Connection& connection) {
    return [book = std::move(book), &connection](const MixerState& mixer) {
        control::StripRoles roles;
        const auto& labels = connection.surface().capabilities().labels;
        for (const auto& each : engine::roles_of(mixer, labels, *book, {})) roles[each.strip] = each.role;
        return roles;
    };
}

/// The file of a controller's map, read again whenever it changes: a wrong one leaves the map as it is.
class LiveProfile {
  public:
    explicit LiveProfile(std::string name) : name_(std::move(name)) {
        if (const auto file = controller_profile_text(name_)) text_ = file->text;
    }
    /// nullopt when nothing has changed.
    [[nodiscard]] std::optional<Result<ControllerProfile>> changed() {
        const auto file = controller_profile_text(name_);
        if (!file || file->text == text_) return std::nullopt;
        text_ = file->text;
        return read_controller_profile(file->path, file->text);
    }

  private:
    std::string name_;
    std::string text_;
};

/// What nobody else has by custom: DAWs' own OSC is at 3819, 8000, 9000, 11000.
constexpr std::uint16_t usual_osc_port = 9100;

/// Where tablets are to be heard; nullopt for nowhere.
Result<std::optional<io::DawAddress>> tablets_at(const std::string& words) {
    if (words.empty()) return std::nullopt;
    io::DawAddress usual;
    usual.port = usual_osc_port;
    auto address = io::parse_address(words, usual);
    if (!address)
        return fail(ErrorKind::usage, fmt::format("--osc '{}' is no address.", words),
                    "Write HOST:PORT with an address of this machine, such as 192.168.1.10:9100, or :9100 "
                    "for apps on this machine.");
    return *std::move(address);
}

/// The controllers at a DAW for as long as the user wants.
class ControlRun {
  public:
    ControlRun(const Settings& settings, std::vector<ChosenController> chosen,
               std::optional<io::DawAddress> osc, mix::RoleBook book)
        : settings_(settings),
          chosen_(std::move(chosen)),
          osc_(std::move(osc)),
          book_(std::make_shared<const mix::RoleBook>(std::move(book))) {}

    Result<void> open();
    Result<void> run();
    [[nodiscard]] Outcome outcome() const;

  private:
    using Accepted = std::pair<StripId, control::Suggestion>;

    Result<void> open(const ChosenController& chosen);
    Result<void> open_tablets();
    void add_tablets(Outcome& outcome) const;
    void look_at_files();
    void pressed(control::KedgeKey key, std::optional<Accepted> accepted = std::nullopt);
    void carry_out(control::KedgeKey key);
    Outcome outcome_of(control::KedgeKey key);
    void show_at_work(std::optional<control::KedgeKey> key);
    void say(const std::string& words) { view_.say(words); }

    const Settings& settings_;  // NOLINT(cppcoreguidelines-avoid-const-or-ref-data-members): the command's
    std::vector<ChosenController> chosen_;
    std::optional<io::DawAddress> osc_;
    std::shared_ptr<const mix::RoleBook> book_;
    NoProgress view_{std::cerr};
    io::EventLoop loop_;
    Workplace place_{settings_, view_, loop_};
    KedgeKeys keys_{place_};
    Connection* connection_ = nullptr;
    std::optional<engine::Controllers> controllers_;
    std::optional<io::ControllerPorts> ports_;
    std::optional<engine::Tablets> tablets_;
    std::unique_ptr<io::TabletSocket> tablet_socket_;
    std::vector<LiveProfile> files_;
    std::optional<Accepted> accepted_;          ///< the suggestion that `wanted_` is about
    std::optional<control::KedgeKey> wanted_;   ///< a button that was pressed: its command is to begin
    std::optional<control::KedgeKey> at_work_;  ///< the one whose command goes on
    bool ended_ = false;                        ///< by Ctrl-C
    json::array commands_;
};

Result<void> ControlRun::open() {
    loop_.on_end_signal([this] {
        ended_ = true;
        // The connection may have heard of it first, and another job have begun.
        if (connection_ != nullptr) connection_->loop().interrupt();
    });
    const auto connection = place_.connection();
    if (!connection) return tl::unexpected(connection.error());
    connection_ = *connection;
    controllers_.emplace(roles_by_name(book_, *connection_), pace);
    controllers_->on_key = [this](control::KedgeKey key) { pressed(key); };
    controllers_->on_accept = [this](StripId strip, const control::Suggestion& suggestion) {
        pressed(control::KedgeKey::accept, Accepted(strip, suggestion));
    };
    connection_->invite(*controllers_);
    if (const auto connected = place_.connected(); !connected) return tl::unexpected(connected.error());
    ports_.emplace(*controllers_, connection_->loop(), loop_);
    for (const auto& each : chosen_)
        if (auto opened = open(each); !opened) return opened;
    if (osc_)
        if (auto opened = open_tablets(); !opened) return opened;
    loop_.every(look_at_files_every, [this] { look_at_files(); });
    return {};
}

Result<void> ControlRun::open(const ChosenController& chosen) {
    files_.emplace_back(chosen.name);
    const auto number = controllers_->add(chosen.profile.map);
    if (auto opened = ports_->open(number, chosen.port, "kedge-" + controllers_->hands(number).map().name);
        !opened)
        return opened;
    say(fmt::format("{} at '{}': {}.", chosen.profile.map.name, chosen.port,
                    ports_->ports().back().plugged_in ? "plugged in" : "not there yet, waited for"));
    return {};
}

Result<void> ControlRun::open_tablets() {
    const auto kind = surface_kind(settings_.surface);
    if (!kind) return tl::unexpected(kind.error());
    tablets_.emplace(*controllers_, FaderScale(kind->faders));
    auto socket = io::TabletSocket::open(*osc_, *tablets_, *controllers_, connection_->loop(), loop_);
    if (!socket) return tl::unexpected(socket.error());
    tablet_socket_ = std::move(*socket);
    say(fmt::format("OSC controllers are heard at {}:{}: /kedge/hello makes one of an app.", osc_->host,
                    tablet_socket_->port()));
    return {};
}

void ControlRun::look_at_files() {
    for (std::size_t i = 0; i < files_.size(); ++i) {
        auto changed = files_[i].changed();
        if (!changed) continue;
        if (!*changed) {
            say(fmt::format("{} The map stays as it was. {}", changed->error().message,
                            changed->error().next));
            continue;
        }
        connection_->loop().act(*controllers_, [&](engine::Desk& desk) {
            controllers_->change_map(desk, i, std::move((*changed)->map));
        });
        say(fmt::format("{}: the map was changed.", controllers_->hands(i).map().name));
    }
}

Result<void> ControlRun::run() {
    say(fmt::format("Driving {}. Ctrl-C ends it.", connection_->name()));
    while (!ended_) {
        engine::ObserveJob hold(until_told);
        if (auto ran = connection_->run(hold); !ran) {
            if (ran.error().kind != ErrorKind::no_daw) return ran;
            say(fmt::format("{} It is waited for.", ran.error().message));
            loop_.run_until([this] { return ended_ || connection_->surface().ready(); }, until_told);
            if (!ended_) say("It is there again.");
        }
        if (const auto key = std::exchange(wanted_, std::nullopt); key && !ended_) carry_out(*key);
    }
    return {};
}

/// Within a run of the connection: a command begins when that has ended, one at work is stopped.
void ControlRun::pressed(control::KedgeKey key, std::optional<Accepted> accepted) {
    if (!at_work_) {
        wanted_ = key;
        accepted_ = std::move(accepted);
    } else if (*at_work_ == key) {
        say(fmt::format("Stopping {}.", words_of(key)));
    } else {
        return say(fmt::format("Busy with {}: its own button stops it.", words_of(*at_work_)));
    }
    // Not from within what the engine is doing.
    loop_.post([this] { connection_->loop().interrupt(); });
}

void ControlRun::carry_out(control::KedgeKey key) {
    say(fmt::format("Button {}.", words_of(key)));
    show_at_work(key);
    const Outcome outcome = outcome_of(key);
    show_at_work(std::nullopt);
    if (settings_.json) {
        json::object each = outcome.whole_document();
        each["command"] = words_of(key);
        commands_.push_back(std::move(each));
    } else {
        print(settings_, outcome);
    }
}

Outcome ControlRun::outcome_of(control::KedgeKey key) {
    if (const auto accepted = std::exchange(accepted_, std::nullopt))
        return keys_.accept(accepted->first, accepted->second);
    keys_.set_ride_depths(controllers_->ride_depths());
    Outcome outcome = keys_.carry_out(key);
    if (key == control::KedgeKey::listen)
        connection_->loop().act(
            *controllers_, [&](engine::Desk& desk) { controllers_->suggest(desk, keys_.suggestions()); });
    return outcome;
}

void ControlRun::show_at_work(std::optional<control::KedgeKey> key) {
    at_work_ = key;
    connection_->loop().act(*controllers_,
                            [&](engine::Desk& desk) { controllers_->show_at_work(desk, key); });
}

Outcome ControlRun::outcome() const {
    const auto counters = controllers_->counters();
    Outcome outcome;
    outcome.document = {
        {"messages_in", counters.messages_in}, {"unknown", counters.unknown},
        {"moves_out", counters.moves_out},     {"overtaken", counters.overtaken},
        {"sent_again", counters.sent_again},   {"unheard", counters.unheard},
        {"refused", counters.refused},         {"not_sent_to_devices", ports_->send_failures()}};
    outcome.text = fmt::format(
        "{} messages from controllers ({} of no control), {} moves to the DAW, {} more overtaken by newer "
        "ones.\n",
        counters.messages_in, counters.unknown, counters.moves_out, counters.overtaken);
    if (!commands_.empty()) outcome.document["commands"] = commands_;
    if (counters.unheard > 0)
        outcome.text += fmt::format("{} values the DAW never told back.\n", counters.unheard);
    if (counters.refused > 0)
        outcome.text += fmt::format("{} refused, the last: {}\n", counters.refused,
                                    controllers_->last_refusal()->message);
    if (tablets_) add_tablets(outcome);
    return outcome;
}

void ControlRun::add_tablets(Outcome& outcome) const {
    const auto counters = tablets_->counters();
    outcome.document["tablets"] = {{"listening", tablets_->listening()},
                                   {"messages_in", counters.messages_in},
                                   {"wrong", counters.wrong},
                                   {"unanswered", counters.unanswered},
                                   {"overtaken_in", counters.overtaken_in},
                                   {"messages_out", counters.messages_out},
                                   {"overtaken_out", counters.overtaken_out},
                                   {"dropped_out", counters.dropped_out},
                                   {"made_room", counters.made_room},
                                   {"not_sent", tablet_socket_->send_failures()}};
    outcome.text += fmt::format(
        "{} messages from OSC controllers ({} wrong, {} overtaken by newer ones), {} to them ({} dropped).\n",
        counters.messages_in, counters.wrong, counters.overtaken_in, counters.messages_out,
        counters.dropped_out);
}

}  // namespace

int control_command(const Settings& settings, const std::vector<std::string>& controllers,
                    const std::string& osc) {
    auto tablets = tablets_at(osc);
    if (!tablets) return report(settings, tablets.error());
    std::vector<ChosenController> chosen;
    if (!*tablets || !controllers.empty()) {
        auto found = choose_controllers(controllers, io::MidiWire::ports());
        if (!found) return report(settings, found.error());
        chosen = std::move(*found);
    }
    auto book = load_role_book();
    if (!book) return report(settings, book.error());
    ControlRun run(settings, std::move(chosen), *std::move(tablets), std::move(*book));
    if (const auto opened = run.open(); !opened) return report(settings, opened.error());
    if (const auto ran = run.run(); !ran) return report(settings, ran.error());
    return print(settings, run.outcome());
}

}  // namespace kedge::cli
