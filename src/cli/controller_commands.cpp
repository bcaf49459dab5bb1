#include "cli/commands.hpp"
#include "cli/connection.hpp"
#include "cli/controller_choice.hpp"
#include "cli/progress_bar.hpp"
#include "cli/text_table.hpp"
#include "engine/controllers.hpp"
#include "engine/observe_job.hpp"
#include "engine/strip_roles.hpp"
#include "io/controller_ports.hpp"
#include "io/midi_wire.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>
#include <string>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace kedge::cli {

namespace json = boost::json;

namespace {

/// Each control of a strip is set so often at most: a DAW draws no faster.
constexpr Duration pace = std::chrono::milliseconds(5);
constexpr Duration until_told = std::chrono::hours(24 * 365);

engine::Controllers::RolesOf roles_by_name(std::shared_ptr<const mix::RoleBook> book,
                                           const Connection& connection) {
    return [book = std::move(book), &connection](const MixerState& mixer) {
        control::StripRoles roles;
        const auto& labels = connection.surface().capabilities().labels;
        for (const auto& strip : engine::roles_of(mixer, labels, *book, {})) roles[strip.strip] = strip.role;
        return roles;
    };
}

json::object words_of(const engine::Controllers::Counters& counters) {
    return {{"messages_in", counters.messages_in},
            {"unknown", counters.unknown},
            {"moves_out", counters.moves_out},
            {"overtaken", counters.overtaken},
            {"refused", counters.refused}};
}

}  // namespace

int controllers_command(const Settings& settings) {
    const auto all = load_controller_profiles();
    if (!all) return report(settings, all.error());
    const auto ports = io::MidiWire::ports();
    TextTable table({"PROFILE", "CONTROLLER", "STRIPS", "MOTORS", "PLUGGED IN"});
    json::array list;
    for (const auto& [name, profile] : *all) {
        if (!profile) {
            table.add({name, profile.error().message, "", "", ""});
            list.push_back(json::object{{"profile", name}, {"error", profile.error().message}});
            continue;
        }
        const auto port = port_of(*profile, *all, ports);
        const bool motors = std::any_of(
            profile->map.feedback.begin(), profile->map.feedback.end(),
            [](const auto& each) { return std::holds_alternative<control::MotorBack>(each.second); });
        table.add({name, profile->map.name, std::to_string(profile->map.places), motors ? "yes" : "no",
                   port ? "yes, " + *port : "no"});
        list.push_back(json::object{{"profile", name},
                                    {"controller", profile->map.name},
                                    {"strips", profile->map.places},
                                    {"motors", motors},
                                    {"port", port ? json::value(*port) : json::value(nullptr)}});
    }
    Outcome outcome;
    outcome.document = {{"controllers", std::move(list)}};
    outcome.text = table.text() + "\nUse them with `kedge control`.\n";
    return print(settings, outcome);
}

int control_command(const Settings& settings, const std::vector<std::string>& wanted) {
    auto chosen = choose_controllers(wanted, io::MidiWire::ports());
    if (!chosen) return report(settings, chosen.error());
    auto book = load_role_book();
    if (!book) return report(settings, book.error());
    ProgressBar bar;
    io::EventLoop loop;
    auto connection = Connection::open(settings, bar, loop);
    if (!connection) return report(settings, connection.error());
    engine::Controllers controllers(
        roles_by_name(std::make_shared<const mix::RoleBook>(std::move(*book)), **connection), pace);
    (*connection)->invite(controllers);
    engine::ObserveJob glance(Duration::zero());
    if (const auto ran = (*connection)->run(glance); !ran) return report(settings, ran.error());

    io::ControllerPorts ports(controllers, (*connection)->loop(), loop);
    for (auto& each : *chosen) {
        const auto number = controllers.add(std::move(each.profile.map));
        if (const auto opened = ports.open(number, each.port, "kedge-" + each.name); !opened)
            return report(settings, opened.error());
        std::cerr << fmt::format(
            "{} at '{}': {}.\n", controllers.hands(number).map().name, each.port,
            ports.ports().back().plugged_in ? "plugged in" : "not there yet, waited for");
    }
    std::cerr << fmt::format("Driving {}. Ctrl-C ends it.\n", (*connection)->name());
    engine::ObserveJob hold(until_told);
    if (const auto ran = (*connection)->run(hold); !ran) return report(settings, ran.error());
    const auto counters = controllers.counters();
    Outcome outcome;
    outcome.document = {{"controllers", words_of(counters)}};
    outcome.text = fmt::format(
        "{} messages from controllers ({} of no control), {} moves to the DAW, {} overtaken by newer "
        "ones{}.\n",
        counters.messages_in, counters.unknown, counters.moves_out, counters.overtaken,
        counters.refused > 0
            ? fmt::format(", {} refused: {}", counters.refused, controllers.last_refusal()->message)
            : "");
    return print(settings, outcome);
}

}  // namespace kedge::cli
