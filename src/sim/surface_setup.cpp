#include "sim/ardour_words.hpp"
#include "sim/simulated_ardour.hpp"
#include "sim/strip_feedback.hpp"

#include <array>
#include <cmath>

namespace kedge::sim {

namespace {

constexpr std::int32_t first_free_port = 1025;
constexpr std::int32_t last_port = 65535;

/// Numbers of /set_surface, in the path ("/set_surface/0/63") and after it; nullopt where there is something
/// else.
std::optional<std::vector<std::int32_t>> numbers_of(const osc::Message& message) {
    std::vector<std::int32_t> numbers;
    auto rest = message.address().substr(std::string_view("/set_surface").size());
    while (!rest.empty()) {
        rest.remove_prefix(1);
        const auto slash = std::min(rest.find('/'), rest.size());
        const auto number = number_in(rest.substr(0, slash));
        if (!number) return std::nullopt;
        numbers.push_back(*number);
        rest.remove_prefix(slash);
    }
    for (std::size_t i = 0; i < message.size(); ++i) {
        const auto number = message.number(i);
        if (!number || !(std::abs(*number) < 2e9)) return std::nullopt;
        numbers.push_back(static_cast<std::int32_t>(*number));
    }
    return numbers;
}

/// "/set_surface/feedback 17": one setting by its name.
std::optional<std::size_t> setting_named(std::string_view address) {
    constexpr std::array names = {std::string_view("/set_surface/bank_size"),
                                  std::string_view("/set_surface/strip_types"),
                                  std::string_view("/set_surface/feedback"),
                                  std::string_view("/set_surface/gainmode"),
                                  std::string_view("/set_surface/send_page_size"),
                                  std::string_view("/set_surface/plugin_page_size"),
                                  std::string_view("/set_surface/port")};
    for (std::size_t i = 0; i < names.size(); ++i)
        if (address == names[i]) return i;
    return std::nullopt;
}

}  // namespace

Peer SimulatedArdour::reply_address(Peer from) const {
    const auto fixed = fixed_ports_.find(from.address);
    return fixed == fixed_ports_.end() ? from : Peer{from.address, fixed->second};
}

bool SimulatedArdour::on_set_surface(Peer& from, const osc::Message& message, std::vector<Datagram>& out) {
    auto settings = surfaces_[from].settings;
    const auto one = setting_named(message.address());
    if (one) {
        const auto value = message.number(0);
        if (!value || !(std::abs(*value) < 2e9)) return false;
        settings[*one] = static_cast<std::int32_t>(*value);
    } else {
        const auto numbers = numbers_of(message);
        if (!numbers || numbers->size() > settings.size()) return false;
        if (numbers->empty()) {
            // The answer's last three are in another order than the question's.
            std::vector<osc::Argument> words(settings.begin(), settings.end());
            std::rotate(words.end() - 3, words.end() - 2, words.end());
            out.push_back({from, osc::encode("/set_surface", words)});
            return true;
        }
        std::copy(numbers->begin(), numbers->end(), settings.begin());
    }
    const std::int32_t port = settings[SurfaceRecord::port];
    if (port >= first_free_port && port <= last_port && port != from.port) {
        // One reply port for a host: every other surface there is forgotten.
        fixed_ports_[from.address] = static_cast<std::uint16_t>(port);
        std::erase_if(surfaces_, [&](const auto& each) { return each.first.address == from.address; });
        from.port = static_cast<std::uint16_t>(port);
    }
    SurfaceRecord& record = surfaces_[from];
    record = SurfaceRecord{};
    record.settings = settings;
    renumber(record);
    // For the new observers; with all settings at once again, because the bank is set to 1.
    send_burst(from, record, true, out);
    if (!one) send_burst(from, record, true, out);
    send_globals(from, record, out);
    return true;
}

std::vector<RouteId> SimulatedArdour::strips_for(const SurfaceRecord& record) const {
    const std::int32_t types = record.settings[SurfaceRecord::strip_types];
    std::vector<RouteId> shown;
    for (const SimStrip& strip : engine_.strips())
        if ((types & type_bit(strip.kind)) != 0 && (!strip.hidden || (types & type_hidden) != 0))
            shown.push_back(strip.id);
    if ((types & type_bit(StripKind::master)) != 0) shown.push_back(engine_.master().id);
    return shown;
}

void SimulatedArdour::renumber(SurfaceRecord& record) const {
    record.shown = strips_for(record);
    record.meters.assign(record.shown.size(), std::nullopt);
    record.names_back_in.assign(record.shown.size(), 0);
}

/// Something about the strips changed: everything is said again, and that the list should be asked for.
void SimulatedArdour::rebuild_surfaces(std::vector<Datagram>& out) {
    strips_changed_ = false;
    for (auto& [peer, record] : surfaces_) {
        const bool new_list = record.shown != strips_for(record);
        renumber(record);
        send_burst(peer, record, new_list, out);
        if (record.settings[SurfaceRecord::bank_size] == 0) send(peer, "/strip/list", {}, out);
    }
}

void SimulatedArdour::send_burst(Peer to, SurfaceRecord& record, bool expand,
                                 std::vector<Datagram>& out) const {
    if (!record.wants(bit_buttons | bit_values)) return;
    for (std::size_t i = 0; i < record.shown.size(); ++i) {
        const SimStrip* strip = engine_.find(record.shown[i]);
        if (!strip) continue;
        const StripVoice voice(to, record, static_cast<std::int32_t>(i) + 1, out);
        say_everything(voice, record, engine_, *strip, expand);
    }
}

void SimulatedArdour::send_list(Peer to, SurfaceRecord& record, std::vector<Datagram>& out) {
    renumber(record);
    send_lines(to, record, out);
    send_burst(to, record, true, out);
    send_globals(to, record, out);
}

void SimulatedArdour::send_lines(Peer to, const SurfaceRecord& record, std::vector<Datagram>& out) const {
    const char* address = record.wants(bit_reply) ? "/reply" : "#reply";
    for (std::size_t i = 0; i < record.shown.size(); ++i) {
        const SimStrip& strip = *engine_.find(record.shown[i]);
        const bool audio = strip.kind != StripKind::vca && strip.kind != StripKind::midi_track;
        std::vector<osc::Argument> line = {type_word(strip.kind),
                                           std::string_view(strip.name),
                                           std::int32_t{audio ? strip.channels : 0},
                                           std::int32_t{audio ? 2 : 0},
                                           std::int32_t{engine_.muted(strip) ? 1 : 0},
                                           std::int32_t{engine_.soloed(strip) ? 1 : 0},
                                           static_cast<std::int32_t>(i) + 1};
        if (strip.is_track()) line.emplace_back(std::int32_t{strip.record_enabled ? 1 : 0});
        out.push_back({to, osc::encode(address, line)});
    }
    send(to, address,
         {std::string_view("end_route_list"), engine_.song().rate.hertz, engine_.song_samples(),
          std::int32_t{0}},
         out);
}

/// The line of "/strip": what a strip does not have is -1.
void SimulatedArdour::send_line(Peer to, const SurfaceRecord& record, std::int32_t number, bool in_path,
                                std::vector<Datagram>& out) const {
    const SimStrip& strip = *engine_.find(record.shown[static_cast<std::size_t>(number - 1)]);
    const bool vca = strip.kind == StripKind::vca;
    const bool midi = strip.kind == StripKind::midi_track;
    std::vector<osc::Argument> line = {type_word(strip.kind),
                                       std::string_view(strip.name),
                                       std::int32_t{vca ? -1 : (midi ? 0 : strip.channels)},
                                       std::int32_t{vca ? -1 : (midi ? 0 : 2)},
                                       std::int32_t{engine_.muted(strip) ? 1 : 0},
                                       std::int32_t{engine_.soloed(strip) ? 1 : 0},
                                       std::int32_t{strip.is_track() ? (strip.record_enabled ? 1 : 0) : -1}};
    if (in_path) {
        out.push_back({to, osc::encode("/strip/" + std::to_string(number), line)});
    } else {
        line.insert(line.begin(), number);
        out.push_back({to, osc::encode("/strip", line)});
    }
}

}  // namespace kedge::sim
