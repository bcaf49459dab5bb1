#pragma once

#include "control/control_source.hpp"
#include "core/fader_position.hpp"
#include "midi/message.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <variant>
#include <vector>

namespace kedge::control {

/// By its place among the controls that the reader was made with.
using ControlIndex = std::size_t;

struct ControlMoved {
    ControlIndex control = 0;
    FaderPosition to;
    bool operator==(const ControlMoved&) const = default;
};
struct ControlTurned {
    ControlIndex control = 0;
    int ticks = 0;  ///< clockwise above 0, never 0
    bool operator==(const ControlTurned&) const = default;
};
struct ControlPressed {
    ControlIndex control = 0;
    bool down = true;
    bool operator==(const ControlPressed&) const = default;
};
/// Of the control that is touched.
struct ControlTouched {
    ControlIndex control = 0;
    bool touched = true;
    bool operator==(const ControlTouched&) const = default;
};
using ControlNews = std::variant<ControlMoved, ControlTurned, ControlPressed, ControlTouched>;

/// Messages of one controller as what was done with its controls. Pure; one reader for each port.
class ControlReader {
  public:
    /// The names are all different, and each TouchOf names one of them that is no TouchOf (asserted). Where
    /// several controls have one source, all of them hear it.
    explicit ControlReader(std::span<const ControlSpec> controls);

    /// What the message says; nothing for one that is half of a value, or of no control.
    [[nodiscard]] std::vector<ControlNews> read(const midi::Message& message);
    /// Messages that were no control's: counted, and shown by `kedge status`.
    [[nodiscard]] std::uint64_t unknown() const { return unknown_; }
    /// Halves of values that were heard are forgotten: the port was plugged in anew.
    void reset();

  private:
    enum class Kind : std::uint8_t { controller, pitch_bend, note, poly_pressure, nrpn };
    struct Key {
        Kind kind = Kind::controller;
        midi::Channel channel;
        int number = 0;
        auto operator<=>(const Key&) const = default;
    };
    struct Heard {
        ControlIndex control = 0;
        bool coarse = false;  ///< the first of two
        int bits = 7;
    };
    /// What the data entry of a channel is for.
    struct Parameter {
        std::optional<midi::Data7> high;
        std::optional<midi::Data7> low;
    };

    void add(ControlIndex control, const ControlSource& source);
    void read_controller(const midi::ControlChange& change, std::vector<ControlNews>& out);
    void read_entry(const midi::ControlChange& change, std::vector<ControlNews>& out);
    bool tell(const Key& key, int value, std::vector<ControlNews>& out);
    void tell(const Heard& heard, int value, std::vector<ControlNews>& out) const;

    struct Make {
        ControlMake make;
        ControlIndex touched = 0;  ///< of a TouchOf
    };
    std::vector<Make> makes_;
    std::multimap<Key, Heard> heard_;
    std::map<ControlIndex, midi::Data7> coarse_;  ///< said, and not yet the fine half
    std::array<Parameter, 16> parameters_;
    std::uint64_t unknown_ = 0;
};

}  // namespace kedge::control
