#pragma once

#include "control/control_source.hpp"
#include "control/scribble.hpp"
#include "core/fader_position.hpp"
#include "midi/message.hpp"

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

/// What a controller can be told about a control, and by which messages.
namespace kedge::control {

/// A motor: its position, in the form in which the device itself would say it.
struct MotorBack {
    ControlSource to;
    int top = 127;  ///< the number at the upper end, from 1
    /// Whether it wants to be told what it says itself: else its servo goes back. (Mackie's do.)
    bool wants_own = false;
    bool operator==(const MotorBack&) const = default;
};

enum class Light : std::uint8_t { off, on, blinking };

/// The light of a button; a device that cannot blink has `blinking` as `on`.
struct LightBack {
    ControlSource to;
    midi::Data7 off{0};
    midi::Data7 on{127};
    midi::Data7 blinking{127};
    /// It shows by itself what a hand did: told once the DAW has answered, and not before.
    bool lights_itself = false;
    bool operator==(const LightBack&) const = default;
};

/// How the lights around a pot are written.
enum class RingForm : std::uint8_t {
    mackie,    ///< eleven lights in two bits of shape and four of place: a V-Pot's
    thirteen,  ///< 1 to 13 is one light, 0 none, as Behringer's own
    position,  ///< the pot's position, 0 to 127
};
/// A pan is shown from the middle, everything else from the left.
enum class RingShape : std::uint8_t { from_left, from_middle };

struct RingBack {
    midi::Channel channel;
    midi::Data7 number;
    RingForm form = RingForm::mackie;
    bool operator==(const RingBack&) const = default;
};

/// Scribble strips, a cell for each place; as a Mackie Control's LCD has them, in its SysEx.
struct DisplayBack {
    midi::Data7 model{0x14};  ///< one of mackie::Model
    bool operator==(const DisplayBack&) const = default;
};

using ControlFeedback = std::variant<MotorBack, LightBack, RingBack>;

[[nodiscard]] std::vector<midi::Message> messages_for(const MotorBack& motor, FaderPosition at);
[[nodiscard]] std::vector<midi::Message> messages_for(const LightBack& light, Light state);
/// nullopt is dark, where the form knows that.
[[nodiscard]] std::vector<midi::Message> messages_for(const RingBack& ring, RingShape shape,
                                                      std::optional<FaderPosition> at);
/// The cell of a place from 0 to 7 (asserted).
[[nodiscard]] midi::Message message_for(const DisplayBack& display, const ShowText& text);

}  // namespace kedge::control
