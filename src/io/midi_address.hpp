#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::io {

/// The MIDI ports of a control surface, one pair for each unit.
struct MidiAddress {
    /// Of each unit the name of the DAW's ports, or a part of both names: "ardour:mackie control" stands for
    /// "ardour:mackie control out" and "... in". Where no part will do, both: "the one that sends | the one
    /// that takes". Empty: kedge has ports of its own there, which the DAW is to be connected to.
    std::vector<std::string> units = {""};
    /// What programs see as the owner of our ports. Where it is taken, JACK makes it "kedge-01".
    std::string client = "kedge";

    [[nodiscard]] std::string text() const;
};

/// Ports of a machine's MIDI system, by their full names.
struct MidiPortNames {
    std::vector<std::string> from;  ///< that send
    std::vector<std::string> to;    ///< that take
};

/// Of a unit's two ports what their names have in them.
struct MidiUnitNames {
    std::string from;
    std::string to;
};

/// Units parted by commas. A usage error when there are more than `most`, or two of one name.
[[nodiscard]] Result<MidiAddress> parse_midi_address(const std::string& text, std::size_t most);

/// What stands for one unit: one name for both ports, or two parted by '|'.
[[nodiscard]] MidiUnitNames names_of_unit(const std::string& unit);

/// Which of the ports a name means: the one called exactly so, else the only one that has it in its name.
/// nullopt when there is none; an error of kind usage when it may be several, naming them.
[[nodiscard]] Result<std::optional<std::size_t>> port_meant(const std::string& name,
                                                            const std::vector<std::string>& ports);

/// Whether a port is of this client, also under the name that JACK gave it where the first was taken:
/// "kedge:1 in" and "kedge-01:1 in", and CoreMIDI's "kedge 1 in"; not "kedge-sim:1 in".
[[nodiscard]] bool is_port_of(std::string_view client, std::string_view port);

}  // namespace kedge::io
