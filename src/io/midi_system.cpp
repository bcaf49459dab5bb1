#include "io/midi_system.hpp"

#include "io/midi_end.hpp"
#include "io/midi_quiet.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace kedge::io {

namespace {

/// JACK comes first: a machine that runs it runs its DAW on it.
std::vector<RtMidi::Api> midi_apis() {
    std::vector<RtMidi::Api> found;
    RtMidi::getCompiledApi(found);
    std::erase(found, RtMidi::RTMIDI_DUMMY);
    std::stable_partition(found.begin(), found.end(),
                          [](RtMidi::Api api) { return api == RtMidi::UNIX_JACK; });
    return found;
}

}  // namespace

std::optional<MidiSystem> MidiSystem::open(const std::string& client, std::optional<RtMidi::Api> only) {
    quiet_midi_libraries();
    for (const RtMidi::Api api : midi_apis()) {
        if (only && api != *only) continue;
        if (api == RtMidi::UNIX_JACK) {
            if (auto jack = JackWatch::open(client + "-watch")) {
                jack->let_others_follow();
                return MidiSystem(api, client, std::move(jack));
            }
        } else if (MidiEnd<RtMidiIn>::open(api, client)) {
            return MidiSystem(api, client, nullptr);
        }
    }
    return std::nullopt;
}

std::string MidiSystem::own_port(std::size_t unit, const char* way) const {
    const auto name = fmt::format("{} {}", unit + 1, way);
    return api_ == RtMidi::MACOSX_CORE ? client_ + " " + name : name;  // ports have no owner there
}

}  // namespace kedge::io
