#pragma once

#include "control/control_source.hpp"
#include "control/controller_map.hpp"
#include "midi/message.hpp"

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kedge::control {

/// A control, as far as its messages tell what it is.
struct Recognised {
    ControlSource source;
    /// The likeliest; a TouchOf has no name yet: it is of the other control that was heard.
    ControlMake make;
    /// What else it may be by the same messages; empty when they are plain.
    std::vector<ControlMake> or_else;
    /// `momentary` for a button that remembers by itself whether it is on, one message for each press.
    ButtonWay way = ButtonWay::toggle;
    bool operator==(const Recognised&) const = default;
};

/// What one hand moved, by the messages of it: turn an encoder clockwise first, press a button once. Two
/// controllers are one control of 14 bits as MIDI pairs them: 32 numbers apart, the coarse one first, each
/// fine one right after it. Pure.
class ControlRecognition {
  public:
    void hear(const midi::Message& message);
    void forget() { *this = ControlRecognition(); }

    /// In the order in which they were first heard.
    [[nodiscard]] std::vector<Recognised> controls() const;

  private:
    struct Stream {
        ControlSource source;
        std::vector<int> values;
        std::size_t first = 0;  ///< of all messages
    };
    struct Parameter {
        std::optional<midi::Data7> high;
        std::optional<midi::Data7> low;
        std::optional<midi::Data7> entry;
    };

    void hear_controller(const midi::ControlChange& change);
    bool hear_fine(const midi::ControlChange& change);
    bool hear_parameter(const midi::ControlChange& change);
    Stream& stream_of(const ControlSource& source);

    std::vector<Stream> streams_;
    std::array<Parameter, 16> parameters_;
    std::optional<midi::ControlChange> before_;  ///< the message before this one, where it was a controller's
    std::size_t messages_ = 0;
};

/// Whether a message may be of both.
[[nodiscard]] bool share_messages(const ControlSource& a, const ControlSource& b);

/// "fader or pot (cc 7 ch 1)", "encoder, twos complement, or encoder, sign is back (cc 16 ch 1)".
[[nodiscard]] std::string to_string(const Recognised& control);

}  // namespace kedge::control
