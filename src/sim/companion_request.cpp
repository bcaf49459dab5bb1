#include "sim/companion_request.hpp"

#include "sim/request_fields.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace kedge::sim {

namespace {

constexpr std::array<std::pair<std::string_view, AutomationMode>, 5> modes_by_word = {
    {{"manual", AutomationMode::manual},
     {"play", AutomationMode::play},
     {"write", AutomationMode::write},
     {"touch", AutomationMode::touch},
     {"latch", AutomationMode::latch}}};

std::optional<Gain> gain_of(std::string_view text) {
    const auto gain = number_of<double>(text);
    return gain && *gain >= 0.0 && *gain <= 100.0 ? std::optional(Gain(*gain)) : std::nullopt;
}

std::optional<std::string> take_fader(const Fields& fields, CompanionRequest& request) {
    RequestedFader fader;
    fader.strip = plain(field(fields, 1));
    const auto mode = std::find_if(modes_by_word.begin(), modes_by_word.end(),
                                   [&](const auto& each) { return each.first == field(fields, 2); });
    if (mode == modes_by_word.end()) return fmt::format("The request has the mode '{}'.", field(fields, 2));
    fader.mode = mode->second;
    const auto rest = gain_of(field(fields, 3));
    if (!rest) return fmt::format("The request has the gain '{}'.", field(fields, 3));
    fader.rest = *rest;
    request.faders.push_back(std::move(fader));
    return std::nullopt;
}

std::optional<std::string> take_point(const Fields& fields, CompanionRequest& request) {
    const auto at = number_of<std::int64_t>(field(fields, 1));
    if (request.faders.empty() || !at || *at < 0) return "The request has a point that is none.";
    auto& points = request.faders.back().points;
    if (!points.empty() && points.back().at >= *at) return "The request's points are not in order of time.";
    const auto gain = gain_of(field(fields, 2));
    if (!gain) return fmt::format("The request has the gain '{}'.", field(fields, 2));
    points.push_back({*at, *gain});
    return std::nullopt;
}

/// What is wrong with a line, if anything.
std::optional<std::string> take_line(const Fields& fields, CompanionRequest& request) {
    const auto word = field(fields, 0);
    if (word == "request") {
        request.number = number_of<std::int32_t>(field(fields, 1)).value_or(0);
    } else if (word == "session") {
        request.session = plain(field(fields, 1));
    } else if (word == "read") {
        request.reads.push_back(plain(field(fields, 1)));
    } else if (word == "write") {
        request.undo_name = plain(field(fields, 1));
    } else if (word == "fader") {
        return take_fader(fields, request);
    } else if (word == "point") {
        return take_point(fields, request);
    } else {
        return fmt::format("The request has the word '{}'.", word);
    }
    return std::nullopt;
}

}  // namespace

CompanionRequest read_companion_request(std::string_view text) {
    CompanionRequest request;
    bool ended = false;
    const auto wrong = [&](std::string why) {
        if (!request.wrong) request.wrong = std::move(why);
    };
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        const Fields fields = fields_of(text.substr(0, end));
        text.remove_prefix(end + 1);
        if (ended) wrong("The request goes on after its end.");
        if (field(fields, 0) == "reply" && request.version.empty()) {
            request.reply_port = number_of<std::uint16_t>(field(fields, 1));
        } else if (request.version.empty()) {
            if (field(fields, 0) != "kedge-companion") wrong("The request is none of kedge's.");
            request.version = field(fields, 1).empty() ? "?" : std::string(field(fields, 1));
        } else if (field(fields, 0) == "end") {
            ended = true;
        } else if (const auto why = take_line(fields, request)) {
            wrong(*why);
        }
    }
    if (!ended) wrong("The request has no end.");
    if (request.reads.empty() == !request.undo_name.has_value() ||
        request.faders.empty() == request.undo_name.has_value())
        wrong("The request asks for nothing that can be done.");
    return request;
}

}  // namespace kedge::sim
