#include "bench/ardour_feed.hpp"

#include "osc/osc.hpp"

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <optional>
#include <set>
#include <string>

namespace kedge::bench {

namespace {

using osc::Argument;

std::string numbered(std::string_view path, int ssid) {
    return std::string(path) + "/" + std::to_string(ssid);
}

std::string strip_name(int ssid) {
    return "Track " + std::to_string(ssid);
}

/// The last part of a path when it is a number.
std::optional<int> number_at_end(std::string_view path) {
    const auto slash = path.rfind('/');
    if (slash == std::string_view::npos || slash + 1 == path.size()) return std::nullopt;
    int number = 0;
    for (const char c : path.substr(slash + 1)) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + (c - '0');
    }
    return number;
}

}  // namespace

void Feed::add(std::span<const std::byte> datagram) {
    bytes_.insert(bytes_.end(), datagram.begin(), datagram.end());
    ends_.push_back(bytes_.size());
}

void PlayingArdour::list_strips(const Send& send) const {
    for (std::int32_t ssid = 1; ssid <= strips_; ++ssid) {
        const auto name = ssid == strips_ ? std::string("Master") : strip_name(ssid);
        const std::string_view type = ssid == strips_ ? "MA" : "AT";
        if (ssid == strips_)
            send(osc::encode("#reply", {type, name, 2, 2, 0, 0, ssid}));
        else
            send(osc::encode("#reply", {type, name, 1, 2, 0, 0, ssid, 0}));
    }
    send(osc::encode("#reply", {"end_route_list", std::int64_t{48000}, std::int64_t{48000 * 180}, 0}));
}

void PlayingArdour::report_strip(int ssid, const Send& send) const {
    const auto value = [&](std::string_view path, float number) {
        send(osc::encode(numbered(path, ssid), {number}));
    };
    send(osc::encode(numbered("/strip/name", ssid),
                     {ssid == strips_ ? std::string("Master") : strip_name(ssid)}));
    send(osc::encode(numbered("/strip/group", ssid), {" "}));
    value("/strip/gain", -6.0F);
    value("/strip/trimdB", 0.0F);
    send(osc::encode("/strip/pan_stereo_position", {std::int32_t{ssid}, 0.5F}));
    for (const auto* const button :
         {"/strip/mute", "/strip/solo", "/strip/recenable", "/strip/select", "/strip/hide", "/strip/solo_iso",
          "/strip/solo_safe", "/strip/polarity", "/strip/monitor_input", "/strip/monitor_disk",
          "/strip/record_safe", "/strip/expand"})
        value(button, 0.0F);
    for (const auto* const control : {"/strip/gain/automation", "/strip/trimdB/automation",
                                      "/strip/mute/automation", "/strip/pan_stereo_position/automation"})
        value(control, 0.0F);
    send(osc::encode(numbered("/strip/gain/automation_name", ssid), {"Manual"}));
    value("/strip/meter", -193.0F);
}

void PlayingArdour::report_everything(const Send& send) const {
    for (int ssid = 1; ssid <= strips_; ++ssid) report_strip(ssid, send);
    send(osc::encode("/session_name", {"bench"}));
    send(osc::encode("/transport_play", {0.0F}));
    send(osc::encode("/transport_stop", {1.0F}));
    send(osc::encode("/position/samples", {"0"}));
    send(osc::encode("/heartbeat", {1.0F}));
}

void PlayingArdour::answer(std::span<const std::byte> datagram, const Send& send) const {
    const auto message = osc::decode_message(datagram);
    if (!message) return;
    const auto path = message->address();
    if (path == "/set_surface" && message->size() == 0)
        return send(osc::encode(path, {0, 63, 1183, 0, 0, 0, 0, 0, 0}));
    if (path == "/set_surface" || path == "/refresh") return report_everything(send);
    if (path == "/strip/list") {
        list_strips(send);
        return report_everything(send);
    }
    if (path == "/transport_speed") return send(osc::encode(path, {0.0}));
    if (path == "/transport_frame") return send(osc::encode(path, {std::int64_t{0}}));
    if (!number_at_end(path) || message->size() != 0) return;
    if (path.starts_with("/strip/gain/")) return send(osc::encode(path, {-6.0F}));
    if (path.starts_with("/strip/trimdB/")) return send(osc::encode(path, {0.0F}));
    if (path.starts_with("/strip/pan_stereo_position/")) return send(osc::encode(path, {0.5F}));
    if (path.starts_with("/strip/mute/")) return send(osc::encode(path, {std::int32_t{0}}));
    if (path.starts_with("/strip/name/")) return send(osc::encode(path, {strip_name(*number_at_end(path))}));
}

void PlayingArdour::tick(const Send& send) {
    std::uniform_real_distribution<float> level(-60.0F, -3.0F);
    for (int ssid = 1; ssid <= strips_; ++ssid)
        send(osc::encode(numbered("/strip/meter", ssid), {level(random_)}));
    ++ticks_;
    send(osc::encode("/position/samples", {std::to_string(ticks_ * 4800)}));
    if (ticks_ % 10 == 0) send(osc::encode("/heartbeat", {ticks_ % 20 == 0 ? 0.0F : 1.0F}));
}

Instant make_ready(surface::Surface& session, const PlayingArdour& ardour) {
    Instant now{};
    std::deque<surface::Effect> effects;
    std::set<Instant> wakes;
    const auto keep = [&](surface::Effects& fresh) {
        effects.insert(effects.end(), std::make_move_iterator(fresh.begin()),
                       std::make_move_iterator(fresh.end()));
        fresh.clear();
    };
    surface::Effects fresh;
    session.start(now, fresh);
    keep(fresh);
    while (!session.ready() && (!effects.empty() || !wakes.empty())) {
        if (effects.empty()) {
            now = wakes.extract(wakes.begin()).value();
            session.wake(now, fresh);
            keep(fresh);
            continue;
        }
        const auto effect = std::move(effects.front());
        effects.pop_front();
        if (const auto* wake = std::get_if<surface::WakeAt>(&effect)) wakes.insert(wake->when);
        if (const auto* sent = std::get_if<surface::SendBytes>(&effect))
            ardour.answer(sent->bytes, [&](std::span<const std::byte> datagram) {
                session.receive(now, datagram, fresh);
            });
        keep(fresh);
    }
    if (!session.ready()) {
        std::fputs("The session never became ready: the benchmark means nothing.\n", stderr);
        std::exit(1);
    }
    return now;
}

}  // namespace kedge::bench
