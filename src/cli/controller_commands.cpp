#include "cli/commands.hpp"
#include "cli/controller_choice.hpp"
#include "cli/text_table.hpp"
#include "control/control_reader.hpp"
#include "control/source_words.hpp"
#include "control/target_words.hpp"
#include "io/event_loop.hpp"
#include "io/midi_wire.hpp"
#include "midi/stream_parser.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace kedge::cli {

namespace json = boost::json;

int controllers_command(const Settings& settings) {
    const auto all = load_controller_profiles();
    if (!all) return report(settings, all.error());
    const auto ports = io::MidiWire::ports();
    TextTable table({"PROFILE", "CONTROLLER", "STRIPS", "MOTORS", "PLUGGED IN"});
    json::array list;
    std::string wrong;
    for (const auto& [name, profile] : *all) {
        if (!profile) {
            table.add({name, "cannot be read, see below", "", "", ""});
            wrong += fmt::format("\n{}\n{}\n", profile.error().message, profile.error().next);
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
    outcome.text = table.text() + wrong + "\nUse them with `kedge control`.\n";
    return print(settings, outcome);
}

namespace {

/// What a controller says, a line each: its control and what that is the hand for, or the bare message.
class Monitor {
  public:
    Monitor(const Settings& settings, std::optional<ControllerProfile> profile)
        : json_(settings.json), profile_(std::move(profile)) {
        if (profile_) reader_.emplace(profile_->map.controls);
    }
    void hear(std::span<const std::byte> bytes) {
        std::vector<midi::Message> messages;
        parser_.receive(bytes, messages);
        for (const auto& message : messages) tell(message);
    }

  private:
    void tell(const midi::Message& message) {
        const auto said = control::said_by(message);
        if (!said) return;
        const auto news = reader_ ? reader_->read(message) : std::vector<control::ControlNews>();
        if (news.empty())
            print_line(control::to_string(said->source), fmt::format("{} of {}", said->value, said->top), "");
        for (const auto& each : news) {
            const auto control = std::visit([](const auto& what) { return what.control; }, each);
            const auto& name = profile_->map.controls.at(control).name;
            print_line(name, words_of(each), target_of(name));
        }
    }
    static std::string words_of(const control::ControlNews& news) {
        if (const auto* moved = std::get_if<control::ControlMoved>(&news))
            return fmt::format("{:.1f} %", 100.0 * moved->to.value() / FaderPosition::top);
        if (const auto* turned = std::get_if<control::ControlTurned>(&news))
            return fmt::format("{:+} ticks", turned->ticks);
        if (const auto* pressed = std::get_if<control::ControlPressed>(&news))
            return pressed->down ? "pressed" : "let go";
        return std::get<control::ControlTouched>(news).touched ? "touched" : "not touched";
    }
    /// On the first page.
    [[nodiscard]] std::string target_of(const std::string& name) const {
        for (const auto& binding : profile_->map.pages.front().bindings)
            if (binding.control == name) return control::to_string(binding.target);
        return "";
    }
    void print_line(const std::string& control, const std::string& does, const std::string& target) const {
        if (json_)
            std::cout << json::serialize(
                             json::object{{"control", control}, {"does", does}, {"target", target}})
                      << std::endl;
        else
            std::cout << fmt::format("{:<20} {:<14} {}", control, does, target.empty() ? "" : "-> " + target)
                      << std::endl;
    }

    bool json_;
    std::optional<ControllerProfile> profile_;
    std::optional<control::ControlReader> reader_;
    midi::StreamParser parser_;
};

}  // namespace

int map_monitor_command(const Settings& settings, const std::string& controller) {
    std::optional<ControllerProfile> profile;
    std::string port = controller.starts_with('@') ? controller.substr(1) : "";
    if (port.empty()) {
        auto chosen = choose_controllers({controller}, io::MidiWire::ports());
        if (!chosen) return report(settings, chosen.error());
        port = chosen->front().port;
        profile = std::move(chosen->front().profile);
    }
    io::EventLoop loop;
    io::MidiAddress address;
    address.units = {port};
    address.client = "kedge-monitor";
    auto wire = io::MidiWire::open(address, loop);
    if (!wire) return report(settings, wire.error());
    Monitor monitor(settings, std::move(profile));
    bool ended = false;
    loop.on_end_signal([&] { ended = true; });
    (*wire)->listen({[&](std::size_t, std::span<const std::byte> bytes) { monitor.hear(bytes); },
                     [&](std::size_t, bool in) {
                         std::cerr << (in ? "Plugged in. Ctrl-C ends it.\n" : "Unplugged; waited for.\n");
                     }});
    while (!ended) loop.run_one_for(std::chrono::seconds(1));
    return 0;
}

}  // namespace kedge::cli
