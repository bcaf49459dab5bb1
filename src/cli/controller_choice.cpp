#include "cli/controller_choice.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kedge::cli {

namespace {

/// How many letters of the port's name it knows.
std::size_t knows(const ControllerProfile& profile, const std::string& port) {
    std::size_t most = 0;
    for (const auto& part : profile.map.ports)
        if (port.find(part) != std::string::npos) most = std::max(most, part.size());
    return most;
}

std::string port_names(const io::MidiPortNames& ports) {
    return ports.from.empty() ? "There are no MIDI ports that send: plug the controller in."
                              : fmt::format("There are these ports: '{}'.", fmt::join(ports.from, "', '"));
}

}  // namespace

std::optional<std::string> port_of(const ControllerProfile& profile, const std::vector<NamedController>& all,
                                   const io::MidiPortNames& ports) {
    for (const auto& port : ports.from) {
        const std::size_t known = knows(profile, port);
        const bool is_others = std::any_of(all.begin(), all.end(), [&](const NamedController& other) {
            return other.profile && knows(*other.profile, port) > known;
        });
        if (known == 0 || is_others) continue;
        for (const auto& part : profile.map.ports)
            if (part.size() == known && port.find(part) != std::string::npos) return part;
    }
    return std::nullopt;
}

Result<std::vector<ChosenController>> choose_controllers(const std::vector<std::string>& wanted,
                                                         const io::MidiPortNames& ports) {
    const auto all = load_controller_profiles();
    if (!all) return tl::unexpected(all.error());
    std::vector<ChosenController> chosen;
    for (const auto& each : wanted) {
        const auto at = each.rfind('@');
        const std::string name = each.substr(0, at);
        auto profile = load_controller_profile(name);
        if (!profile) return tl::unexpected(profile.error());
        auto port = at == std::string::npos ? port_of(*profile, *all, ports) : each.substr(at + 1);
        if (!port && !profile->map.ports.empty()) port = profile->map.ports.front();  // it may come yet
        if (!port || port->empty())
            return fail(ErrorKind::usage, fmt::format("At which ports '{}' is, nobody said.", name),
                        fmt::format("Name them: {}@PORT. {}", name, port_names(ports)));
        chosen.push_back({name, std::move(*profile), *port});
    }
    if (!wanted.empty()) return chosen;
    for (const auto& one : *all)
        if (one.profile)
            if (const auto port = port_of(*one.profile, *all, ports))
                chosen.push_back({one.name, *one.profile, *port});
    if (chosen.empty())
        return fail(ErrorKind::usage, "No controller is plugged in that there is a profile of.",
                    "Name one and its ports: kedge control generic-8-faders@PORT. " + port_names(ports));
    return chosen;
}

}  // namespace kedge::cli
