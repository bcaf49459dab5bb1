#include "cli/surface_doctor.hpp"

#include "cli/daw_profiles.hpp"
#include "cli/profiles.hpp"
#include "io/midi_wire.hpp"

#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kedge::cli {

namespace {

using banked::Certainty;
using banked::DawProfile;

/// Each on a line of its own.
std::string in_lines(const std::vector<std::string>& sentences) {
    return fmt::format("{}", fmt::join(sentences, "\n      "));
}

std::vector<std::string> keys_that_are(Certainty certainty, const DawProfile& daw) {
    std::vector<std::string> such;
    for (const auto& [key, known] : daw.certainties)
        if (known == certainty) such.push_back(key);
    return such;
}

void look_at_ports(std::vector<Finding>& findings) {
    const io::MidiPortNames ports = io::MidiWire::ports();
    if (ports.from.empty() && ports.to.empty()) {
        findings.push_back(
            {true,
             "No other MIDI ports than kedge's own are here: the DAW is to be connected to those.",
             {}});
        return;
    }
    findings.push_back({true,
                        fmt::format("MIDI ports that send: {}; that take: {}.", fmt::join(ports.from, ", "),
                                    fmt::join(ports.to, ", ")),
                        {}});
}

void look_at_profile(const DawProfile& daw, std::vector<Finding>& findings) {
    findings.push_back({true, fmt::format("So {} is set up:", daw.name), in_lines(daw.setup)});
    if (!daw.missing.empty())
        findings.push_back({true, fmt::format("What {} cannot do there:", daw.name), in_lines(daw.missing)});
    if (!daw.notes.empty())
        findings.push_back({true, fmt::format("What to know of {}:", daw.name), in_lines(daw.notes)});
    const auto from_memory = keys_that_are(Certainty::from_memory, daw);
    if (!from_memory.empty())
        findings.push_back({true,
                            fmt::format("In its profile, from memory and checked by nobody: {}.",
                                        fmt::join(from_memory, ", ")),
                            {}});
    const auto unknown = keys_that_are(Certainty::unknown, daw);
    if (!unknown.empty())
        findings.push_back(
            {true, fmt::format("In its profile, not known: {}.", fmt::join(unknown, ", ")), {}});
}

}  // namespace

std::vector<Finding> look_at_control_surface(const Settings& settings) {
    std::vector<Finding> findings;
    look_at_ports(findings);
    // Where it is not named, or not known, connecting says so.
    if (settings.daw.empty()) return findings;
    if (const auto daw = load_daw_profile(settings.daw)) look_at_profile(*daw, findings);
    return findings;
}

}  // namespace kedge::cli
