// The companion script inside the simulated Ardour: whole automation lines of faders, read and written.

#include "sim/ardour_words.hpp"
#include "sim/companion_request.hpp"
#include "sim/fader_law.hpp"
#include "sim/simulated_ardour.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::sim {

namespace {

constexpr std::uint32_t this_machine = 0x7F000001;
constexpr std::size_t points_a_message = 100;
// Twice is +6.02 dB; a number written and read again may be a little more.
constexpr double highest_gain = 2.0 + 1e-9;

std::string_view word_of(AutomationMode mode) {
    switch (mode) {
        case AutomationMode::manual:
            return "manual";
        case AutomationMode::play:
            return "play";
        case AutomationMode::write:
            return "write";
        case AutomationMode::touch:
            return "touch";
        case AutomationMode::latch:
            return "latch";
    }
    return "manual";
}

/// Exact where it was written as a gain.
double gain_of(const AutomationPoint& point) {
    return point.gain ? point.gain->ratio() : std::get<Decibels>(point.value).gain().ratio();
}

}  // namespace

void SimulatedArdour::hand_over(std::string request) {
    laid_down_.reset();
    if (!request.empty()) laid_down_ = std::move(request);
}

/// "/access_action LuaAction/script-N": every number is the companion here. Without its window Ardour has no
/// such actions.
void SimulatedArdour::on_action(Peer from, const osc::Message& message, std::vector<Datagram>& out) {
    const auto action = message.string(0).value_or("");
    if (headless_ || !action.starts_with("LuaAction/script-") || !laid_down_) return;
    const auto request = read_companion_request(*std::exchange(laid_down_, std::nullopt));
    const Peer to = request.reply_port ? Peer{this_machine, *request.reply_port} : from;
    if (const auto refusal = carry_out(to, request, out)) {
        send(to, "/kedge/companion/refused",
             {request.number, std::string_view(refusal->first), std::string_view(refusal->second)}, out);
    }
}

SimulatedArdour::Refusal SimulatedArdour::carry_out(Peer to, const CompanionRequest& request,
                                                    std::vector<Datagram>& out) {
    if (request.wrong) return {{*request.wrong, ""}};
    if (request.version != "1") {
        return {{"The companion script in Ardour is of another version than kedge.",
                 "Run 'kedge doctor --install-companion', then start Ardour again."}};
    }
    if (request.session != engine_.song().name) {
        return {
            {fmt::format("Ardour has the session '{}' open, not '{}'.", engine_.song().name, request.session),
             "Open that session, then run the command again."}};
    }
    if (request.undo_name) return write_lines(to, request, out);
    for (const auto& name : request.reads)
        if (auto why = why_no_strip(name)) return why;
    for (std::size_t place = 0; place < request.reads.size(); ++place)
        tell_line(to, request.number, place, *strip_called(request.reads[place]), out);
    send(to, "/kedge/companion/done", {request.number, static_cast<std::int32_t>(request.reads.size())}, out);
    return std::nullopt;
}

SimStrip* SimulatedArdour::strip_called(const std::string& name) {
    if (engine_.master().name == name) return &engine_.master();
    auto& strips = engine_.strips();
    const auto found =
        std::find_if(strips.begin(), strips.end(), [&](const SimStrip& each) { return each.name == name; });
    return found == strips.end() ? nullptr : &*found;
}

SimulatedArdour::Refusal SimulatedArdour::why_no_strip(const std::string& name) {
    if (strip_called(name)) return std::nullopt;
    return {{fmt::format("Ardour has no strip '{}' with a fader.", name), "Run the command again."}};
}

SimulatedArdour::Refusal SimulatedArdour::why_not_written(const RequestedFader& fader) {
    if (auto why = why_no_strip(fader.strip)) return why;
    const ControlAutomation& automation = strip_called(fader.strip)->automation(Control::fader);
    if (engine_.rolling() && (automation.mode() == AutomationMode::write || automation.touched())) {
        return {{fmt::format("Ardour is writing automation to '{}'.", fader.strip),
                 "Stop the transport, then run the command again."}};
    }
    const auto too_high = [](const RequestedPoint& point) { return point.gain.ratio() > highest_gain; };
    if (std::any_of(fader.points.begin(), fader.points.end(), too_high)) {
        return {
            {fmt::format("Ardour did not keep the points of '{}' as they were written.", fader.strip), ""}};
    }
    return std::nullopt;
}

/// All or none. What comes again under the number of the last one is answered again.
SimulatedArdour::Refusal SimulatedArdour::write_lines(Peer to, const CompanionRequest& request,
                                                      std::vector<Datagram>& out) {
    const std::pair<Peer, std::int32_t> which{to, request.number};
    if (last_write_ != which) {
        for (auto fader = request.faders.begin(); fader != request.faders.end(); ++fader) {
            const bool twice = std::any_of(request.faders.begin(), fader,
                                           [&](const auto& each) { return each.strip == fader->strip; });
            if (twice) return {{fmt::format("The request names '{}' twice.", fader->strip), ""}};
            if (auto why = why_not_written(*fader)) return why;
        }
        for (const RequestedFader& fader : request.faders) put_line(*strip_called(fader.strip), fader, out);
        last_write_ = which;
        undo_names_.push_back(*request.undo_name);
    }
    send(to, "/kedge/companion/done", {request.number, static_cast<std::int32_t>(request.faders.size())},
         out);
    return std::nullopt;
}

void SimulatedArdour::put_line(SimStrip& strip, const RequestedFader& fader, std::vector<Datagram>& out) {
    ControlAutomation& automation = strip.automation(Control::fader);
    change_mode(strip, Control::fader, AutomationMode::manual, out);
    automation.list().clear();
    for (const RequestedPoint& point : fader.points)
        automation.list().add({point.at, Decibels::from_gain(point.gain), point.gain});
    set_fader(strip, Decibels::from_gain(fader.rest), out);
    change_mode(strip, Control::fader, fader.mode, out);
    if (fader.points.empty()) automation.list().clear();
}

void SimulatedArdour::tell_line(Peer to, std::int32_t number, std::size_t place, const SimStrip& strip,
                                std::vector<Datagram>& out) const {
    const ControlAutomation& automation = strip.automation(Control::fader);
    const auto& points = automation.list().points();
    const auto at = static_cast<std::int32_t>(place);
    const std::string rest = fmt::format("{:.17g}", engine_.fader_of(strip).gain().ratio());
    send(to, "/kedge/companion/fader",
         {number, at, word_of(automation.mode()), std::string_view(rest),
          static_cast<std::int32_t>(points.size())},
         out);
    for (std::size_t first = 0; first < points.size(); first += points_a_message) {
        std::string text;
        const std::size_t end = std::min(first + points_a_message, points.size());
        for (std::size_t i = first; i < end; ++i)
            text += fmt::format("{}{} {:.17g}", i == first ? "" : ";", points[i].at, gain_of(points[i]));
        send(to, "/kedge/companion/points",
             {number, at, static_cast<std::int32_t>(first), std::string_view(text)}, out);
    }
}

}  // namespace kedge::sim
