#include "cli/commands.hpp"
#include "cli/hand_roles.hpp"
#include "cli/json_out.hpp"
#include "cli/json_words.hpp"
#include "cli/profiles.hpp"
#include "cli/strip_named.hpp"
#include "cli/text_table.hpp"
#include "engine/strip_roles.hpp"

#include <iostream>
#include <string>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace kedge::cli {

namespace json = boost::json;

namespace {

std::string value_text(const Strip& strip, Control control) {
    const auto value = strip.control(control);
    return value ? to_string(*value) : "";
}

}  // namespace

Outcome strips_command(Workplace& place) {
    const auto connection = place.connected();
    if (!connection) return Outcome::failed(connection.error());
    MixerState mixer = (*connection)->surface().mixer();
    const bool no_levels = (*connection)->surface().capabilities().nominal_levels;
    json::array strips;
    TextTable table({"STRIP", "KIND", "TRIM", "FADER", "PAN", "MUTE", "GROUP", "AUTOMATION"});
    for (Strip& strip : mixer.strips) {
        if (no_levels) strip.fader.reset();
        strips.push_back(json_of(strip));
        table.add({strip.name.name + (strip.hidden ? " (hidden)" : "") + (strip.soloed ? " (solo)" : ""),
                   std::string(to_string(strip.name.kind)), value_text(strip, Control::trim),
                   no_levels ? "unknown" : value_text(strip, Control::fader), value_text(strip, Control::pan),
                   strip.mute == Mute::muted ? "muted" : "", strip.group,
                   strip.fader_automation == AutomationMode::manual
                       ? ""
                       : std::string(to_string(strip.fader_automation))});
    }
    Outcome outcome;
    outcome.document = {
        {"surface", (*connection)->name()}, {"session", mixer.session.name}, {"strips", std::move(strips)}};
    outcome.text =
        fmt::format("Session '{}', {} strips.\n\n", mixer.session.name, mixer.strips.size()) + table.text();
    if (no_levels)
        outcome.text +=
            "\nAt which levels the faders stand is not known yet: `kedge learn-fader` finds it out.\n";
    return outcome;
}

Outcome roles_command(Workplace& place) {
    const auto book = load_role_book();
    if (!book) return Outcome::failed(book.error());
    const auto connection = place.connected();
    if (!connection) return Outcome::failed(connection.error());
    const MixerState& mixer = (*connection)->surface().mixer();
    const auto journal = place.journal();
    if (!journal) return Outcome::failed(journal.error());
    const auto by_hand = hand_roles(**journal, mixer.session);
    if (!by_hand) return Outcome::failed(by_hand.error());
    const auto& labels = (*connection)->surface().capabilities().labels;
    json::array list;
    TextTable table({"STRIP", "ROLE", "FOUND BY"});
    for (const Strip& strip : mixer.strips) {
        const auto hand = by_hand->find(strip.name);
        const auto guess = hand != by_hand->end() ? mix::RoleGuess{hand->second, "set by hand"}
                                                  : engine::guess_role(strip, labels, *book);
        list.push_back(
            json::object{{"strip", strip.name.name}, {"role", to_string(guess.role)}, {"rule", guess.rule}});
        table.add({strip.name.name, std::string(to_string(guess.role)), guess.rule});
    }
    Outcome outcome;
    outcome.document = {{"session", mixer.session.name}, {"strips", std::move(list)}};
    outcome.text = table.text() + "\nSet one by hand with `kedge roles set STRIP ROLE`.\n";
    return outcome;
}

int classify_command(const Settings& settings) {
    const auto book = load_role_book();
    if (!book) return report(settings, book.error());
    for (std::string name; std::getline(std::cin, name);) {
        if (!name.empty() && name.back() == '\r') name.pop_back();
        const auto guess = book->classify(name);
        print_document(json::object{{"name", name}, {"role", to_string(guess.role)}, {"rule", guess.rule}});
    }
    return 0;
}

Outcome set_role_command(Workplace& place, const std::string& name, const std::string& role) {
    const bool clear = role == "auto";
    if (!clear && !role_from_string(role)) {
        std::string known = "auto";
        for (const Role each : all_roles()) known += ", " + std::string(to_string(each));
        return Outcome::failed({ErrorKind::usage, fmt::format("'{}' is not a role.", role),
                                "Roles: " + known + " (auto takes a role set by hand back)."});
    }
    const auto connection = place.connected();
    if (!connection) return Outcome::failed(connection.error());
    const MixerState& mixer = (*connection)->surface().mixer();
    const auto found = strip_named(name, mixer);
    if (!found) return Outcome::failed(found.error());
    const auto journal = place.journal();
    if (!journal) return Outcome::failed(journal.error());
    const auto set =
        (*journal)->set_role(mixer.session.name, (*found)->name, clear ? std::nullopt : std::optional(role));
    if (!set) return Outcome::failed(set.error());
    Outcome outcome;
    outcome.document = {{"strip", name}, {"role", role}};
    outcome.text =
        clear ? fmt::format("'{}' takes its role from its name again.\n", name)
              : fmt::format("'{}' is {} in the session '{}' from now on.\n", name, role, mixer.session.name);
    return outcome;
}

}  // namespace kedge::cli
