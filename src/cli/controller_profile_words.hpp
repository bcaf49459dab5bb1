#pragma once

#include "core/fader_position.hpp"

#include <array>
#include <initializer_list>
#include <string_view>

/// The keys of a controller's profile, and the words among which a value is one: those of a list stand in the
/// order of its enum's values. They are read and written by the same ones.
namespace kedge::cli::profile_words {

using ProfileKeys = std::initializer_list<std::string_view>;
inline const ProfileKeys file_keys = {"name",   "ports",       "channel", "strips",         "setup",
                                      "notes",  "from_memory", "hello",   "hello_every_ms", "faders",
                                      "motors", "controls",    "pages",   "display"};
inline const ProfileKeys control_keys = {"name",         "is",    "from",      "top",       "turns",
                                         "of",           "motor", "motor_top", "wants_own", "light",
                                         "light_values", "ring",  "ring_form"};
inline const ProfileKeys fader_keys = {"levels", "anchors", "bits", "takeover"};
inline const ProfileKeys motor_keys = {"touch", "quiet_ms"};
inline const ProfileKeys display_keys = {"kind", "model"};
inline const ProfileKeys page_keys = {"name", "strips", "roles", "controls"};
inline const ProfileKeys binding_keys = {"to", "takeover", "press", "tick_db", "fine_tick_db", "pan_tick"};

/// What a control is.
enum class Make { fader, encoder, button, touch };
inline constexpr std::array<std::string_view, 4> make_words = {"fader", "encoder", "button", "touch"};
inline constexpr std::array<std::string_view, 3> ring_words = {"mackie", "thirteen", "position"};
inline constexpr std::array<std::string_view, 4> takeover_words = {"jump", "pickup", "scale", "catch up"};
inline constexpr std::array<std::string_view, 3> button_words = {"toggle", "momentary", "hold"};
inline constexpr std::array<std::string_view, 1> display_words = {"mackie"};
inline constexpr std::array<std::string_view, 3> law_words = {"ardour", "reaper", "live"};

inline constexpr int least_bits = 7;
inline constexpr int most_bits = 14;
/// How far apart the positions of a fader of so many bits lie.
constexpr int step_of(int bits) {
    const int steps = (1 << bits) - 1;
    return (FaderPosition::top + steps - 1) / steps;
}

}  // namespace kedge::cli::profile_words
