#include "io/midi_address.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kedge::io {

namespace {

std::string without_blanks_around(const std::string& text) {
    const auto first = text.find_first_not_of(' ');
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::string in_quotes(const std::vector<std::string>& names) {
    return fmt::format("'{}'", fmt::join(names, "', '"));
}

}  // namespace

std::string MidiAddress::text() const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < units.size(); ++i)
        names.push_back(units[i].empty() ? fmt::format("{}'s own port {}", client, i + 1) : units[i]);
    return fmt::format("{}", fmt::join(names, ", "));
}

Result<MidiAddress> parse_midi_address(const std::string& text, std::size_t most) {
    MidiAddress address;
    address.units.clear();
    for (std::size_t from = 0; from <= text.size();) {
        const auto comma = std::min(text.find(',', from), text.size());
        auto unit = without_blanks_around(text.substr(from, comma - from));
        const auto same = std::find(address.units.begin(), address.units.end(), unit);
        if (!unit.empty() && same != address.units.end())
            return fail(ErrorKind::usage, fmt::format("'{}' names two units '{}'.", text, unit),
                        "Each unit has a pair of ports of its own: name each once.");
        address.units.push_back(std::move(unit));
        from = comma + 1;
    }
    if (address.units.size() > most)
        return fail(
            ErrorKind::usage,
            fmt::format("'{}' names {} units: there are at most {}.", text, address.units.size(), most),
            "Name one pair of ports for each unit, parted by commas.");
    return address;
}

MidiUnitNames names_of_unit(const std::string& unit) {
    const auto bar = unit.find('|');
    if (bar == std::string::npos) return {unit, unit};
    return {without_blanks_around(unit.substr(0, bar)), without_blanks_around(unit.substr(bar + 1))};
}

Result<std::optional<std::size_t>> port_meant(const std::string& name,
                                              const std::vector<std::string>& ports) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < ports.size(); ++i) {
        if (ports[i] == name) return i;
        if (ports[i].find(name) != std::string::npos) found.push_back(i);
    }
    if (found.empty()) return std::nullopt;
    if (found.size() == 1) return found.front();
    std::vector<std::string> names;
    for (const std::size_t each : found) names.push_back(ports[each]);
    return fail(ErrorKind::usage,
                fmt::format("'{}' may be {} MIDI ports: {}.", name, found.size(), in_quotes(names)),
                "Write more of the name, or all of both: 'the port that sends | the port that takes'.");
}

bool is_port_of(std::string_view client, std::string_view port) {
    if (!port.starts_with(client)) return false;
    auto rest = port.substr(client.size());
    if (rest.starts_with(':')) return true;
    if (rest.size() > 3 && rest[0] == '-' && is_digit(rest[1]) && is_digit(rest[2])) return rest[3] == ':';
    if (!rest.starts_with(' ')) return false;
    rest.remove_prefix(1);
    const auto digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    rest.remove_prefix(digits);
    return digits > 0 && (rest == " in" || rest == " out");
}

}  // namespace kedge::io
