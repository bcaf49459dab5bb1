#include "cli/daemon_news.hpp"

#include "cli/json_words.hpp"

#include <algorithm>

#include <boost/json.hpp>

namespace kedge::cli {

namespace json = boost::json;

const std::vector<Topic>& topics() {
    static const std::vector<Topic> all = {
        {"progress",
         "how far the command at work is, at most ten times a second",
         {"method", "doing", "share", "running_s"}},
        {"notice", "what the command at work tells its user in a line of its own", {"method", "text"}},
        {"pass",
         "a pass was recorded, or came to an end",
         {"id", "kind", "state", "session", "moves", "confirmed"}},
        {"connection", "the DAW was found, or lost", {"connected", "session", "strips", "why"}},
        {"strips", "strips were added, removed, renamed or reordered", {"added", "removed", "strips"}},
        {"controls", "controls the DAW reported, at most ten times a second", {"controls"}},
        {"meters", "what the meters showed last, at most ten times a second", {"meters"}},
        {"transport", "where the song is, at most ten times a second", {"rolling", "position_s"}},
    };
    return all;
}

void DaemonNews::event(Instant, const surface::Surface& surface, const surface::Event& event) {
    const MixerState& mixer = surface.mixer();
    if (std::holds_alternative<surface::Ready>(event)) {
        board_.tell("connection", {{"connected", true},
                                   {"session", mixer.session.name},
                                   {"strips", mixer.strips.size()},
                                   {"why", nullptr}});
    } else if (const auto* lost = std::get_if<surface::Lost>(&event)) {
        board_.tell("connection", {{"connected", false},
                                   {"session", mixer.session.name},
                                   {"strips", mixer.strips.size()},
                                   {"why", lost->why}});
    } else if (const auto* change = std::get_if<surface::StripsChanged>(&event)) {
        strips_changed(*change, mixer);
    } else if (const auto* control = std::get_if<surface::ControlReported>(&event)) {
        controls_.emplace(control->strip, control->control);
    } else if (const auto* meter = std::get_if<surface::MeterRead>(&event)) {
        if (board_.anybody_for("meters")) meters_[meter->strip] = meter->level;
    } else if (std::holds_alternative<surface::PositionReported>(event) ||
               std::holds_alternative<surface::TransportReported>(event)) {
        transport_changed_ = true;
    }
}

void DaemonNews::strips_changed(const surface::StripsChanged& change, const MixerState& mixer) {
    json::array added;
    for (const StripId id : change.added)
        if (const Strip* strip = mixer.find(id)) added.emplace_back(strip->name.name);
    board_.tell(
        "strips",
        {{"added", std::move(added)}, {"removed", change.removed.size()}, {"strips", mixer.strips.size()}});
}

void DaemonNews::pass(const Pass& pass) {
    const auto confirmed =
        std::count_if(pass.entries.begin(), pass.entries.end(),
                      [](const PassEntry& entry) { return entry.verdict == Verdict::confirmed; });
    board_.tell("pass", {{"id", pass.id.value},
                         {"kind", to_string(pass.kind)},
                         {"state", to_string(pass.state)},
                         {"session", pass.session},
                         {"moves", pass.entries.size()},
                         {"confirmed", confirmed}});
}

void DaemonNews::say(const std::string& words) {
    const rpc::Call* at_work = board_.at_work();
    board_.tell("notice", {{"method", at_work ? at_work->method : ""}, {"text", words}});
}

void DaemonNews::show(const engine::Progress& progress, Duration running) {
    progress_ = progress;
    const rpc::Call* at_work = board_.at_work();
    board_.tell("progress", {{"method", at_work ? at_work->method : ""},
                             {"doing", progress.doing},
                             {"share", progress.share},
                             {"running_s", std::chrono::duration<double>(running).count()}});
}

void DaemonNews::tick(const surface::Surface& surface) {
    tell_meters(surface);
    tell_controls(surface);
    if (std::exchange(transport_changed_, false)) {
        board_.tell("transport", {{"rolling", surface.rolling().value_or(false)},
                                  {"position_s", surface.position().value_or(SongTime()).seconds()}});
    }
}

void DaemonNews::tell_meters(const surface::Surface& surface) {
    json::array list;
    for (const auto& [id, level] : std::exchange(meters_, {}))
        if (const Strip* strip = surface.mixer().find(id))
            list.push_back(json::object{{"strip", strip->name.name}, {"level_db", json_of(level)}});
    if (!list.empty()) board_.tell("meters", {{"meters", std::move(list)}});
}

void DaemonNews::tell_controls(const surface::Surface& surface) {
    json::array list;
    for (const auto& [id, control] : std::exchange(controls_, {})) {
        if (control == Control::fader && surface.capabilities().nominal_levels) continue;
        const Strip* strip = surface.mixer().find(id);
        const auto value = strip ? strip->control(control) : std::nullopt;
        if (value)
            list.push_back(json::object{
                {"strip", strip->name.name}, {"control", to_string(control)}, {"value", json_of(*value)}});
    }
    if (!list.empty()) board_.tell("controls", {{"controls", std::move(list)}});
}

}  // namespace kedge::cli
