#pragma once

#include "banked/meter_steps.hpp"
#include "core/decibels.hpp"
#include "core/fader_scale.hpp"
#include "core/strip_label.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What Mackie Control and HUI have in common: a surface shows a window of the mixer's strips, and banks it.
namespace kedge::banked {

enum class SurfaceProtocol { mackie, hui };

enum class Known { yes, no, unknown };

/// How sure a profile is of one of its values.
enum class Certainty {
    certain,      ///< from the DAW's source, its manual or a look at it
    from_memory,  ///< nobody has checked it
    unknown,      ///< it has no value
};

/// A button as its protocol numbers it.
struct SurfaceButton {
    std::uint8_t zone = 0;    ///< of a HUI; 0 on a Mackie Control
    std::uint8_t number = 0;  ///< the note on a Mackie Control, the port in its zone on a HUI
    bool operator==(const SurfaceButton&) const = default;
};

/// How something is done by buttons. Those before the last are held meanwhile; the last one does it.
struct ButtonUse {
    Known exists = Known::unknown;
    std::vector<SurfaceButton> press;  ///< empty unless it exists
    bool operator==(const ButtonUse&) const = default;
};

/// How far a press of Bank moves the window.
enum class BankStep {
    whole_surface,  ///< by all strips of all units
    one_unit,       ///< by eight, however many units there are
    unknown,
};

/// What is shown when fewer strips are left than the surface has.
enum class LastBank {
    partial,      ///< those, and empty places behind them
    overlapping,  ///< the window stops where it is full, and shows some strips again
    wrapping,     ///< behind the last strip the first ones come again
    unknown,
};

/// Who lets a meter fall.
enum class MeterFall {
    host,  ///< the DAW tells every fall
    unit,  ///< the DAW tells rises alone, and takes the unit to let its meter fall
    unknown,
};

/// What the time display shows until somebody switches it.
enum class TimeShown {
    smpte,
    beats,
    project,  ///< what the project's own ruler shows
    unknown,
};

/// Whose automation mode the buttons set.
enum class ModeScope {
    selected,  ///< that of the selected strips
    global,    ///< of all at once
    none,      ///< no button sets any
    unknown,
};

/// What the DAW says of a pan beneath the strip's name.
enum class PanText {
    shares,  ///< of both sides, whenever a bank is shown: "L33R67"
    none,
    unknown,
};

struct FaderFacts {
    std::optional<FaderScale> scale;         ///< nullopt: it has to be found out
    std::optional<int> bits;                 ///< of a position that the DAW makes use of, at most 14
    Known echoes = Known::unknown;           ///< it says the position back that it was told
    Known waits_for_touch = Known::unknown;  ///< it ignores a fader that moves untouched
};

struct LabelFacts {
    std::optional<int> width;  ///< characters of a strip's name, without the gap behind it
    Shortening shortening = Shortening::unknown;
};

struct BankFacts {
    BankStep step = BankStep::unknown;
    LastBank last = LastBank::unknown;
};

struct PanFacts {
    std::optional<int> ticks;  ///< of a V-Pot, from one end of a pan to the other
    PanText text = PanText::unknown;
};

struct MeterFacts {
    std::optional<MeterSteps> steps;
    MeterFall fall = MeterFall::unknown;
    std::optional<Decibels> fall_per_second;  ///< of what is shown, whoever makes it fall
    Known rolling_only = Known::unknown;      ///< nothing is told while the transport stands
};

struct TimeFacts {
    TimeShown shows = TimeShown::unknown;
    ButtonUse change;            ///< to the other format, or to the next one
    std::optional<int> channel;  ///< the MIDI channel of the digits, counted from 1; none on a HUI
};

struct ButtonFacts {
    ButtonUse to_start;
    ButtonUse save;
    ButtonUse undo;
    ButtonUse marker;  ///< sets one at the playhead
};

struct AutomationFacts {
    ModeScope scope = ModeScope::unknown;
    ButtonUse read;
    ButtonUse touch;
    ButtonUse latch;
    ButtonUse write;
    ButtonUse off;
};

/// A DAW as the host of a Mackie Control or a HUI.
struct DawProfile {
    std::string name;
    SurfaceProtocol protocol = SurfaceProtocol::mackie;
    std::vector<std::string> setup;    ///< what to do in the DAW, step by step, for a person
    std::vector<std::string> missing;  ///< what cannot be done there, for a person
    std::vector<std::string> notes;    ///< what is odd there, for a person
    FaderFacts fader;
    LabelFacts labels;
    BankFacts banks;
    PanFacts pan;
    MeterFacts meters;
    TimeFacts time;
    ButtonFacts buttons;
    AutomationFacts automation;
    /// By the key of the file, "fader.law".
    std::map<std::string, Certainty, std::less<>> certainties;

    /// Unknown for a key that there is not.
    [[nodiscard]] Certainty certainty_of(std::string_view key) const;
};

}  // namespace kedge::banked
