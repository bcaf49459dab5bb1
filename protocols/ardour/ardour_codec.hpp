#pragma once

#include "core/decibels.hpp"
#include "core/pan.hpp"
#include "core/strip.hpp"
#include "osc/osc.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Ardour's OSC words: paths and numbers to values and back. Pure; safe from any thread.
namespace kedge::ardour {

/// How a strip number is written in a path: "3", "03", "003" … Ardour reads them all as 3, tells values of
/// its own accord under the plain one, and answers or refuses under the one it was asked or given.
struct Spelling {
    int zeros = 0;  ///< before the first digit
    constexpr auto operator<=>(const Spelling&) const = default;
};
inline constexpr Spelling plain_spelling{0};
inline constexpr Spelling spelling_of_set{1};
inline constexpr Spelling spelling_of_first_question{2};
/// Spellings for questions: one comes again only after so many.
inline constexpr std::size_t question_spellings = 13;

/// What a `/strip/…` (or `/master/…`) message speaks of.
enum class StripWord {
    name,
    group,
    hide,
    solo,
    mute,
    gain,
    trim,
    pan,
    meter,
    mute_automation,
    gain_automation,
    trim_automation,
    pan_automation,
    list,   ///< "/strip/list" without arguments: the strips changed, ask again
    known,  ///< a path Ardour sends that we do not need (select, recenable, expand …)
    unknown,
};

/// What stands behind "/strip/" or "/master/" taken apart: the word and the strip number.
struct StripPath {
    StripWord word = StripWord::unknown;
    /// 0: not in the path, or not read as the word is of no use; -1: no strip's number.
    std::int32_t ssid = 0;
    Spelling spelling;
};

/// Takes "gain/3", "gain/automation/3", "gain" … apart. The number may be missing from the path (Ardour sends
/// pans that way): then it is the first argument.
[[nodiscard]] StripPath parse_strip_path(std::string_view path);

/// The strip number that a text is, -1 for a number that is no strip's, 0 for what is none or is too long.
[[nodiscard]] std::int32_t strip_number(std::string_view text);

/// Below this a level on the wire means silence: Ardour writes -193 and -200 for it.
[[nodiscard]] Decibels level_from_wire(double db);
/// What to send for a level: silence as -200, which Ardour takes for minus infinity.
[[nodiscard]] float level_to_wire(Decibels level);
/// What Ardour answers when it is asked for a level: it uses a fast logarithm, up to 0.1 dB off at -20 dB
/// and 0.23 dB at -60.
[[nodiscard]] Decibels answer_for(Decibels exact);
/// The level behind such an answer, exact to 0.001 dB.
[[nodiscard]] Decibels level_from_answer(double db);
/// Ardour's OSC pan runs from 0 = right to 1 = left.
[[nodiscard]] Pan pan_from_wire(double position);
[[nodiscard]] float pan_to_wire(Pan pan);

/// "AT", "MB", "V", "MA" … ; nullopt for a type we do not know.
[[nodiscard]] std::optional<StripKind> kind_from_wire(std::string_view type);

/// The path's word for a control: "gain", "trimdB", "pan_stereo_position", "mute".
[[nodiscard]] std::string_view wire_word(Control control);

/// The handshake. `types` and `feedback` are bit sets as in the README's tables.
[[nodiscard]] std::vector<std::byte> set_surface(std::int32_t types, std::int32_t feedback);
[[nodiscard]] std::vector<std::byte> set_feedback(std::int32_t feedback);
[[nodiscard]] std::vector<std::byte> set_control(std::int32_t ssid, Control control,
                                                 const ControlValue& value);
/// Asks for a value: the number in the path, because the answer then names the strip and the question.
[[nodiscard]] std::vector<std::byte> query_control(std::int32_t ssid, Control control, Spelling spelling);
/// The number in the path: as arguments of two types it is misread.
[[nodiscard]] std::vector<std::byte> set_automation(std::int32_t ssid, Control control, AutomationMode mode);
/// Takes hold of a control, or lets it go. A pan on an ordinary strip knows no touch: Ardour does not answer.
[[nodiscard]] std::vector<std::byte> touch_control(std::int32_t ssid, Control control, bool held);
/// A place in the song by its bars.
struct BarBeat {
    int bar = 1;
    int beat = 1;
    constexpr auto operator<=>(const BarBeat&) const = default;
};
/// "002|03|0440": bar, beat and ticks, as Ardour tells them; nullopt for anything else, and for bars and
/// beats that no song has.
[[nodiscard]] std::optional<BarBeat> bar_from_wire(std::string_view text);
/// 0 Manual, 1 Play, 2 Write, 3 Touch, 4 Latch; nullopt for anything else.
[[nodiscard]] std::optional<AutomationMode> mode_from_wire(double mode);

}  // namespace kedge::ardour
