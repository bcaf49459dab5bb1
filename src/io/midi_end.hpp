#pragma once

#include "io/midi_quiet.hpp"

#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <RtMidi.h>

namespace kedge::io {

/// One end of RtMidi: an RtMidiIn or an RtMidiOut. RtMidi throws, or prints, where nobody listens to its
/// errors: both stop here.
template <typename Port>
class MidiEnd {
  public:
    /// nullptr when the MIDI system is not there.
    static std::unique_ptr<MidiEnd> open(RtMidi::Api api, const std::string& client) {
        constexpr unsigned longest_queue = 1;  // RtMidi's own; a callback leaves it empty
        const QuietCerr quiet;
        auto end = std::make_unique<MidiEnd>();
        const bool made = end->did([&] {
            if constexpr (std::is_same_v<Port, RtMidiIn>) {
                end->port_ = std::make_unique<RtMidiIn>(api, client, longest_queue);
            } else {
                end->port_ = std::make_unique<RtMidiOut>(api, client);
            }
            end->port_->setErrorCallback(note, &end->complained_);
            end->port_->getPortCount();  // without a server JACK complains here, not before
        });
        return made ? std::move(end) : nullptr;
    }
    /// Whether RtMidi did it without a complaint.
    template <typename Call>
    bool did(const Call& call) {
        complained_ = false;
        try {
            call();
        } catch (const RtMidiError&) {
            complained_ = true;
        }
        return !complained_;
    }
    /// The ports that it may be connected to; nullopt when they changed meanwhile.
    std::optional<std::vector<std::string>> names() {
        std::vector<std::string> names;
        const bool read = did([&] {
            const unsigned count = port_->getPortCount();
            for (unsigned i = 0; i < count; ++i) names.push_back(port_->getPortName(i));
        });
        return read ? std::optional(std::move(names)) : std::nullopt;
    }
    Port& port() { return *port_; }

  private:
    static void note(RtMidiError::Type type, const std::string&, void* complained) {
        if (type != RtMidiError::DEBUG_WARNING) *static_cast<bool*>(complained) = true;
    }
    bool complained_ = false;
    std::unique_ptr<Port> port_;
};

}  // namespace kedge::io
