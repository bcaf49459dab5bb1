#include "unit/abletonosc/scripted_live.hpp"

#include <algorithm>
#include <utility>

namespace kedge::test {

namespace {

constexpr int the_song = 0;

std::vector<LiveArgument> arguments_of(const osc::Message& message) {
    std::vector<LiveArgument> all;
    for (std::size_t i = 0; i < message.size(); ++i) {
        if (const auto whole = message.int32(i))
            all.emplace_back(*whole);
        else if (const auto number = message.float32(i))
            all.emplace_back(*number);
        else if (const auto text = message.string(i))
            all.emplace_back(std::string(*text));
    }
    return all;
}

bool same_numbers(const std::vector<LiveArgument>& a, const std::vector<LiveArgument>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) {
        const auto* left = std::get_if<std::int32_t>(&one);
        const auto* right = std::get_if<std::int32_t>(&other);
        return left && right && *left == *right;
    });
}

}  // namespace

ScriptedLive::ScriptedLive(std::vector<ScriptedTrack> with) : tracks(std::move(with)) {
    for (auto& track : tracks) track.object = next_object_++;
}

std::vector<LiveBytes> ScriptedLive::tick() {
    std::vector<LiveBytes> out;
    if (dead) {
        inbox_.clear();
        return out;
    }
    while (!inbox_.empty()) {
        const LiveBytes datagram = std::move(inbox_.front());
        inbox_.erase(inbox_.begin());
        const bool is_bundle = !osc::decode_message(datagram);
        if (is_bundle && !takes_bundles) continue;
        if (!take_all(osc::decode(datagram).messages, out)) break;
    }
    return without_the_lost(std::move(out));
}

bool ScriptedLive::take_all(const std::vector<osc::Message>& messages, std::vector<LiveBytes>& out) {
    for (const osc::Message& message : messages) {
        if (never_hears(message)) continue;
        heard.emplace_back(message.address());
        if (take(message, out)) continue;
        ++errors;
        out.push_back(live_frame("/live/error", {std::string("Error handling OSC message")}));
        return false;
    }
    return true;
}

std::vector<LiveBytes> ScriptedLive::without_the_lost(std::vector<LiveBytes> datagrams) const {
    std::erase_if(datagrams, [&](const LiveBytes& datagram) {
        const auto message = osc::decode_message(datagram);
        return dead || !message || loses(*message);
    });
    return datagrams;
}

bool ScriptedLive::take(const osc::Message& message, std::vector<LiveBytes>& out) {
    constexpr std::string_view song = "/live/song/";
    constexpr std::string_view track = "/live/track/";
    const auto address = message.address();
    if (address == "/live/test") {
        out.push_back(live_frame("/live/test", {std::string("ok")}));
        return true;
    }
    if (address.starts_with(song)) return of_song(address.substr(song.size()), message, out);
    if (address.starts_with(track)) return of_track(address.substr(track.size()), message, out);
    return false;
}

bool ScriptedLive::of_song(std::string_view word, const osc::Message& message, std::vector<LiveBytes>& out) {
    const auto slash = word.find('/');
    const auto deed = word.substr(0, slash);
    const auto property = slash == std::string_view::npos ? std::string_view() : word.substr(slash + 1);
    if (deed == "continue_playing" || deed == "stop_playing") {
        playing = deed == "continue_playing";
        changed(the_song, "is_playing", out);
        return true;
    }
    if (property == "track_data") {
        out.push_back(track_list());
        return true;
    }
    if (deed == "start_listen") return listen(the_song, property, {}, out);
    if (deed == "stop_listen") return stop(the_song, property, {});
    if (deed == "get") {
        const auto value = value_of(the_song, property);
        if (!value.empty()) out.push_back(live_frame("/live/song/get/" + std::string(property), value));
        return !value.empty();
    }
    if (deed != "set") return false;
    if (property == "current_song_time") time = message.float32(0).value_or(0.0F);
    if (property == "loop") loop = message.number(0).value_or(0.0) != 0.0;
    changed(the_song, property, out);
    return true;
}

bool ScriptedLive::of_track(std::string_view word, const osc::Message& message, std::vector<LiveBytes>& out) {
    const auto slash = word.find('/');
    const auto number = message.int32(0);
    if (slash == std::string_view::npos || !number || static_cast<std::size_t>(*number) >= tracks.size())
        return false;
    const auto deed = word.substr(0, slash);
    const auto property = word.substr(slash + 1);
    ScriptedTrack& track = tracks[static_cast<std::size_t>(*number)];
    if (deed == "start_listen") return listen(track.object, property, arguments_of(message), out);
    if (deed == "stop_listen") return stop(track.object, property, arguments_of(message));
    if (deed == "get") {
        auto answer = value_of(track.object, property);
        if (answer.empty()) return false;
        answer.insert(answer.begin(), *number);
        if (const auto mark = message.int32(1); mark && repeats_marks) answer.emplace_back(*mark);
        out.push_back(live_frame("/live/track/get/" + std::string(property), answer));
        return true;
    }
    const auto value = message.number(1);
    if (deed != "set" || !value) return false;
    if (property == "volume") track.volume = static_cast<float>(*value);
    if (property == "panning") track.panning = static_cast<float>(*value);
    if (property == "mute") track.mute = *value != 0.0;
    changed(track.object, property, out);
    return true;
}

LiveBytes ScriptedLive::track_list() const {
    std::vector<LiveArgument> all;
    for (const auto& track : tracks) {
        all.emplace_back(track.name);
        all.emplace_back(track.audio);
        all.emplace_back(track.midi);
        all.emplace_back(track.group);
    }
    return live_frame("/live/song/get/track_data", all);
}

std::vector<LiveArgument> ScriptedLive::value_of(int object, std::string_view property) const {
    if (object == the_song) {
        if (property == "is_playing") return {playing};
        if (property == "current_song_time") return {time};
        if (property == "tempo") return {tempo};
        if (property == "loop") return {loop};
        if (property == "loop_start") return {8.0F};
        if (property == "loop_length") return {16.0F};
        if (property == "song_length" && knows_length) return {240.0F};
        return {};
    }
    const auto track = std::find_if(tracks.begin(), tracks.end(),
                                    [&](const ScriptedTrack& one) { return one.object == object; });
    if (track == tracks.end()) return {};
    if (property == "volume") return {track->volume};
    if (property == "panning") return {track->panning};
    if (property == "mute") return {track->mute};
    if (property == "solo") return {track->solo};
    if (property == "output_meter_level") return {track->meter};
    return {};
}

bool ScriptedLive::listen(int object, std::string_view property, std::vector<LiveArgument> given,
                          std::vector<LiveBytes>& out) {
    if (value_of(object, property).empty()) return false;
    const auto known = std::find_if(listeners_.begin(), listeners_.end(), [&](const Listener& one) {
        return one.property == property && same_numbers(one.given, given);
    });
    if (known != listeners_.end()) {
        // Live will not take a listener off an object that it is not on.
        const bool on_a_parameter = property == "volume" || property == "panning";
        if (known->object != object && on_a_parameter) return false;
        if (known->object == object) listeners_.erase(known);
    }
    listeners_.push_back({object, std::string(property), std::move(given)});
    say(listeners_.back(), out);
    return true;
}

bool ScriptedLive::stop(int object, std::string_view property, const std::vector<LiveArgument>& given) {
    const auto known = std::find_if(listeners_.begin(), listeners_.end(), [&](const Listener& one) {
        return one.property == property && same_numbers(one.given, given);
    });
    if (known == listeners_.end()) return true;
    if (known->object != object) return false;
    listeners_.erase(known);
    return true;
}

void ScriptedLive::say(const Listener& listener, std::vector<LiveBytes>& out) const {
    auto value = value_of(listener.object, listener.property);
    if (value.empty()) return;
    value.insert(value.begin(), listener.given.begin(), listener.given.end());
    const std::string what = listener.object == the_song ? "song" : "track";
    out.push_back(live_frame("/live/" + what + "/get/" + listener.property, value));
}

void ScriptedLive::changed(int object, std::string_view property, std::vector<LiveBytes>& out) const {
    for (const auto& listener : listeners_)
        if (listener.object == object && listener.property == property) say(listener, out);
}

std::vector<LiveBytes> ScriptedLive::move_volume(std::size_t track, float volume) {
    tracks[track].volume = volume;
    std::vector<LiveBytes> out;
    changed(tracks[track].object, "volume", out);
    return without_the_lost(std::move(out));
}

std::vector<LiveBytes> ScriptedLive::show_meter(std::size_t track, float deflection) {
    tracks[track].meter = deflection;
    std::vector<LiveBytes> out;
    changed(tracks[track].object, "output_meter_level", out);
    return without_the_lost(std::move(out));
}

std::vector<LiveBytes> ScriptedLive::play_on_to(float beats) {
    time = beats;
    std::vector<LiveBytes> out;
    changed(the_song, "current_song_time", out);
    return without_the_lost(std::move(out));
}

void ScriptedLive::add(ScriptedTrack track, std::size_t at) {
    track.object = next_object_++;
    tracks.insert(tracks.begin() + static_cast<std::ptrdiff_t>(at), std::move(track));
}

void ScriptedLive::move(std::size_t from, std::size_t to) {
    ScriptedTrack track = std::move(tracks[from]);
    remove(from);
    tracks.insert(tracks.begin() + static_cast<std::ptrdiff_t>(to), std::move(track));
}

std::vector<LiveBytes> ScriptedLive::load() {
    listeners_.clear();
    inbox_.clear();
    return without_the_lost({live_frame("/live/startup")});
}

}  // namespace kedge::test
