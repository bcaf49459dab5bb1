#pragma once

#include "mackie/handshake.hpp"
#include "mackie/host_messages.hpp"
#include "mackie/meters.hpp"
#include "sim/banked_host_settings.hpp"

#include <optional>

namespace kedge::sim {

/// In what DAWs differ as hosts of a Mackie Control.
struct MackieHostSettings {
    BankedHostSettings shared{};

    enum class Greeting {
        asks,    ///< four queries when a port is plugged in; a unit hears nothing before it has answered
        silent,  ///< nothing is asked; a unit that says it was turned on is told everything anew
    };
    Greeting greeting = Greeting::silent;
    bool any_message_turns_on = false;  ///< where it asks: for surfaces without a handshake
    mackie::ResponseShift shift = mackie::ResponseShift::by_fourth;
    bool splash = false;             ///< a text all over the LCD before the first bank
    bool extenders_as_main = false;  ///< SysEx to extenders have the main unit's model
    bool repaints_when_plugged = false;
    bool resets_when_leaving = true;

    bool master_fader = true;
    bool last_cell_is_short = false;  ///< the last strip's text has no blank behind it
    enum class Rings {
        with_centre_led,  ///< a dot, to the nearest, and the LED below in the middle
        dot,              ///< a dot, cut off; the middle where there is no strip
    };
    Rings rings = Rings::with_centre_led;
    bool soloed_blinks = false;
    bool flips = true;               ///< Flip puts the pans on the faders; else it does nothing
    bool press_centres_pan = false;  ///< a V-Pot pushed; with shift it does in any case

    /// Meters are switched on so when a unit begins, or with them_when_rolling while the song plays alone.
    std::optional<mackie::MeterMode> meter_mode{};
    bool meter_mode_follows_transport = false;

    enum class Automation {
        ardour,  ///< read, write, touch, and group for off, when they are let go; LEDs of the first selected
                 ///< strip
        reaper,  ///< all five, when they are pressed; LEDs blink where selected strips differ
    };
    Automation automation = Automation::ardour;
    Duration save_lit{};  ///< zero: never
    Duration undo_lit{};
    bool held_keys_light_up = false;  ///< banks, channels, markers
    bool marker_is_a_modifier =
        false;  ///< held, rewind and forward go to markers; alone it adds one when let go

    enum class Clock { beats, smpte, seconds, samples, minutes };
    Clock clock = Clock::beats;
    enum class Digits { ardour, reaper };
    Digits digits = Digits::ardour;  ///< how they are set, and where the SMPTE/beats key leads
    mackie::DigitChannel digits_on = mackie::DigitChannel::first;
    int frames_a_second = 25;
    Duration clock_every = std::chrono::milliseconds(100);
    Duration clock_resaid{};  ///< the whole time again at least so often; zero: never
    enum class Assignment { nothing, first_strip, mixer };
    Assignment assignment = Assignment::nothing;
};

/// Ardour 7 with a Mackie Control Universal Pro.
[[nodiscard]] MackieHostSettings as_ardour();
/// The driver that Cockos published, at its defaults.
[[nodiscard]] MackieHostSettings as_reaper();
/// No DAW that is known: what each allows itself, and all of it at once.
[[nodiscard]] MackieHostSettings as_stubborn();

}  // namespace kedge::sim
