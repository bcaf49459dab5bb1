#include "mackie/buttons.hpp"

#include <array>
#include <string_view>

namespace kedge::mackie {

namespace {

constexpr int first_key = static_cast<int>(Key::assign_track);

/// By note, from the first key's on.
constexpr auto key_words = std::to_array<std::string_view>({"assign track",
                                                            "assign send",
                                                            "assign pan",
                                                            "assign plug-in",
                                                            "assign EQ",
                                                            "assign instrument",
                                                            "bank left",
                                                            "bank right",
                                                            "channel left",
                                                            "channel right",
                                                            "flip",
                                                            "global view",
                                                            "name/value",
                                                            "SMPTE/beats",
                                                            "F1",
                                                            "F2",
                                                            "F3",
                                                            "F4",
                                                            "F5",
                                                            "F6",
                                                            "F7",
                                                            "F8",
                                                            "MIDI tracks",
                                                            "inputs",
                                                            "audio tracks",
                                                            "audio instruments",
                                                            "aux",
                                                            "busses",
                                                            "outputs",
                                                            "user",
                                                            "shift",
                                                            "option",
                                                            "control",
                                                            "alt",
                                                            "read/off",
                                                            "write",
                                                            "trim",
                                                            "touch",
                                                            "latch",
                                                            "group",
                                                            "save",
                                                            "undo",
                                                            "cancel",
                                                            "enter",
                                                            "marker",
                                                            "nudge",
                                                            "cycle",
                                                            "drop",
                                                            "replace",
                                                            "click",
                                                            "solo",
                                                            "rewind",
                                                            "fast forward",
                                                            "stop",
                                                            "play",
                                                            "record",
                                                            "up",
                                                            "down",
                                                            "left",
                                                            "right",
                                                            "zoom",
                                                            "scrub",
                                                            "user switch A",
                                                            "user switch B"});
static_assert(first_key + static_cast<int>(key_words.size()) - 1 == static_cast<int>(Key::user_switch_b));

constexpr auto slot_key_words = std::to_array<std::string_view>({"rec", "solo", "mute", "select", "V-Pot"});

}  // namespace

std::optional<Button> Button::at(midi::Data7 note) {
    if (note.value() > static_cast<int>(Key::user_switch_b)) return std::nullopt;
    if (note.value() >= first_key) return Button(static_cast<Key>(note.value()));
    const Slot slot(note.value() % Slot::count);
    return Button(static_cast<SlotKey>(note.value() - slot.index()), slot);
}

std::string to_string(Button button) {
    const auto note = static_cast<std::size_t>(button.note().value());
    if (button.key()) return std::string(key_words.at(note - first_key));
    return std::string(slot_key_words.at(note / Slot::count)) + " " + std::to_string(note % Slot::count + 1);
}

std::optional<Indicator> indicator_at(midi::Data7 note) {
    switch (const auto indicator = static_cast<Indicator>(note.value())) {
        case Indicator::smpte:
        case Indicator::beats:
        case Indicator::rude_solo:
            return indicator;
    }
    return std::nullopt;
}

}  // namespace kedge::mackie
