#include "sim/simulated_live.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

/// What AbletonOSC knows of the song.
namespace kedge::sim {

namespace {

constexpr std::array<std::string_view, 2> properties_read = {"is_playing", "song_length"};
constexpr std::array<std::string_view, 5> properties_written = {"current_song_time", "loop", "loop_length",
                                                                "loop_start", "tempo"};

// Live's own limits, in beats a minute.
constexpr double slowest_tempo = 20.0;
constexpr double fastest_tempo = 999.0;

template <typename Words>
bool is_among(const Words& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

LiveOutcome SimulatedLive::on_song(std::string_view word, const LiveValues& values) {
    const auto slash = word.find('/');
    const auto deed = word.substr(0, slash);
    if (slash != std::string_view::npos)
        return on_song_property(deed, std::string(word.substr(slash + 1)), values);
    if (deed == "stop_playing") {
        stop();
        return LiveDone{};
    }
    if (deed != "start_playing" && deed != "continue_playing") return LiveUnknown{};
    play(deed == "start_playing");
    return LiveDone{};
}

LiveOutcome SimulatedLive::on_song_property(std::string_view deed, const std::string& property,
                                            const LiveValues& values) {
    if (deed == "get" && property == "num_tracks")
        return LiveValues{static_cast<std::int32_t>(engine_.strips().size())};
    if (deed == "get" && property == "track_names") return track_names(values);
    if (deed == "get" && property == "track_data") return track_data(values);
    const bool written = is_among(properties_written, property);
    if (!written && !is_among(properties_read, property)) return LiveUnknown{};
    if (deed == "get") {
        LiveValues answer{song_value(property)};
        if (settings_.repeats_questions) answer.insert(answer.end(), values.begin(), values.end());
        return answer;
    }
    if (deed == "set" && written) return set_song(property, values);
    if (deed != "start_listen" && deed != "stop_listen") return LiveUnknown{};
    // The song is always where it was: nothing hinders this.
    if (deed == "stop_listen") {
        static_cast<void>(listeners_.stop(LiveListeners::the_song, property, values));
    } else {
        static_cast<void>(listeners_.start(LiveListeners::the_song, property, values));
        say_song({LiveListeners::the_song, property, values});
    }
    return LiveDone{};
}

LiveValue SimulatedLive::song_value(std::string_view property) const {
    if (property == "is_playing") return engine_.rolling();
    if (property == "loop") return loops_;
    if (property == "loop_start") return static_cast<float>(loop_start_.count);
    if (property == "loop_length") return static_cast<float>(loop_length_.count);
    if (property == "tempo") return static_cast<float>(tempo_.beats_a_minute);
    if (property == "song_length") return static_cast<float>(beats_at(engine_.song_samples()).count);
    return static_cast<float>(beats_at(engine_.position()).count);
}

LiveOutcome SimulatedLive::set_song(std::string_view property, const LiveValues& values) {
    if (values.empty()) return LiveException{"tuple index out of range"};
    const auto value = number_of(values.front());
    if (!value) return LiveException{"Python argument types did not match C++ signature"};
    const bool is_tempo = property == "tempo";
    if (!(*value >= (is_tempo ? slowest_tempo : 0.0)) || (is_tempo && *value > fastest_tempo))
        return LiveException{"Invalid value. Check the parameters range with min/max"};
    if (property == "current_song_time") {
        engine_.locate(sample_at({*value}));
        return LiveDone{};
    }
    const LiveValue before = song_value(property);
    if (is_tempo) tempo_.beats_a_minute = *value;
    if (property == "loop") loops_ = *value != 0.0;
    if (property == "loop_start") loop_start_ = {*value};
    if (property == "loop_length") loop_length_ = {*value};
    if (song_value(property) != before) tell_song(property);
    return LiveDone{};
}

void SimulatedLive::say_song(const LiveListeners::Listener& listener) {
    LiveValues values = listener.asked_with;
    values.push_back(song_value(listener.property));
    say(latest_host_, "/live/song/get/" + listener.property, values);
}

void SimulatedLive::tell_song(std::string_view property) {
    for (const auto& listener : listeners_.on(LiveListeners::the_song, property)) say_song(listener);
}

}  // namespace kedge::sim
