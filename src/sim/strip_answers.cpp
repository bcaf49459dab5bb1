#include "sim/ardour_words.hpp"
#include "sim/fader_law.hpp"
#include "sim/simulated_ardour.hpp"

#include <algorithm>

namespace kedge::sim {

/// A question is answered at the very path it came on, with the value alone: who asked with the number as an
/// argument is not told which strip it is.
void SimulatedArdour::answer(Peer to, const StripCall& call, const SimStrip& strip,
                             const osc::Message& message, std::vector<Datagram>& out) const {
    const auto address = message.address();
    const auto word = call.word;
    const bool vca = strip.kind == StripKind::vca;
    if (word == "gain") {
        send(to, address, {query_answer(engine_.fader_of(strip))}, out);
    } else if (word == "fader") {
        send(to, address, {static_cast<float>(fader_position(engine_.fader_of(strip)))}, out);
    } else if (word == "trimdB" && !vca) {
        send(to, address, {query_answer(strip.trim)}, out);
    } else if (word == "pan_stereo_position" && !vca) {
        send(to, address, {pan_to_wire(strip.pan)}, out);
    } else if (word == "mute") {
        send(to, address, {std::int32_t{engine_.muted(strip) ? 1 : 0}}, out);
    } else if (word == "solo") {
        send(to, address, {std::int32_t{engine_.soloed(strip) ? 1 : 0}}, out);
    } else if (word == "hide") {
        send(to, address, {std::int32_t{strip.hidden ? 1 : 0}}, out);
    } else if (word == "recenable") {
        send(to, address, {std::int32_t{strip.record_enabled ? 1 : 0}}, out);
    } else if (word == "name") {
        send(to, address, {std::string_view(strip.name)}, out);
    } else if (word == "group") {
        send(to, address, {strip.group.empty() ? std::string_view(" ") : std::string_view(strip.group)}, out);
    } else if (word == "vca") {
        std::vector<osc::Argument> names;
        if (call.from_argument) names.emplace_back(call.number);
        for (const RouteId id : strip.vcas)
            if (const SimStrip* lead = engine_.find(id)) names.emplace_back(std::string_view(lead->name));
        out.push_back({to, osc::encode(address, names)});
    } else {
        out.push_back({to, osc::encode(address)});
    }
}

/// What Ardour does not take comes back as 0 of the type it came in.
void SimulatedArdour::refuse(Peer to, const StripCall& call, const osc::Message& message,
                             std::vector<Datagram>& out) {
    std::vector<osc::Argument> words;
    if (call.from_argument) words.emplace_back(call.number);
    if (message.string(call.value_at)) {
        words.emplace_back(std::string_view(" "));
    } else if (message.int32(call.value_at)) {
        words.emplace_back(std::int32_t{0});
    } else {
        words.emplace_back(0.0F);
    }
    out.push_back({to, osc::encode(message.address(), words)});
}

}  // namespace kedge::sim
