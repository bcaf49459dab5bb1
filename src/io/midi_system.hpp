#pragma once

#include "io/jack_watch.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <RtMidi.h>

namespace kedge::io {

/// One MIDI system that was found on this machine.
class MidiSystem {
  public:
    /// The first that is there, or the one that is asked for; nullopt where there is none.
    static std::optional<MidiSystem> open(const std::string& client, std::optional<RtMidi::Api> only = {});

    [[nodiscard]] RtMidi::Api api() const { return api_; }
    /// False for good once it went away.
    [[nodiscard]] bool is_there() const { return !jack_ || jack_->is_there(); }
    /// Whether a program can have ports of its own.
    [[nodiscard]] bool has_own_ports() const { return api_ != RtMidi::WINDOWS_MM; }
    /// How a port of ours is called: "1 in".
    [[nodiscard]] std::string own_port(std::size_t unit, const char* way) const;
    /// nullptr where it is not JACK.
    [[nodiscard]] const JackWatch* jack() const { return jack_.get(); }
    /// Asked after ends were opened: false when the system went away meanwhile, and with it perhaps what it
    /// knew of this process, without a word. Then all ends are to be abandoned, and this. Blocks up to a
    /// second.
    [[nodiscard]] bool goes_on() const { return !jack_ || jack_->sees_two_periods(); }
    /// After each end that is opened or closed.
    void let_others_follow() const {
        if (jack_) jack_->let_others_follow();
    }
    void abandon() {
        if (jack_) JackWatch::abandon(std::move(jack_));
    }

  private:
    MidiSystem(RtMidi::Api api, std::string client, std::unique_ptr<JackWatch> jack)
        : api_(api), client_(std::move(client)), jack_(std::move(jack)) {}

    RtMidi::Api api_;
    std::string client_;
    std::unique_ptr<JackWatch> jack_;
};

}  // namespace kedge::io
