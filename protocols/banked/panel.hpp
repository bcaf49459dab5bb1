#pragma once

#include "banked/daw_profile.hpp"
#include "core/fader_position.hpp"
#include "core/pan.hpp"
#include "core/time.hpp"
#include "surface/surface.hpp"

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

/// What Mackie Control and HUI have in common: a surface that shows a window of the DAW's strips.
namespace kedge::banked {

/// A strip of the window, over all units from the left, from 0.
using SlotNumber = std::size_t;

/// What stands on a slot now. The displays and LEDs of a surface are all that is known of the DAW: each keeps
/// what was told last, whenever that was.
struct SlotShown {
    std::string label;  ///< of the strip's name, as far as there is room; blanks cut
    /// What stands beneath it, likewise; where one display shows the value of whatever is moved, that while
    /// this strip's fader is held.
    std::string value;
    std::optional<FaderPosition> fader;  ///< as told; nullopt before that
    std::optional<Pan> pan;              ///< as the text beneath said last of this strip, where it says pans
    bool muted = false;
    bool soloed = false;
    bool selected = false;
    bool operator==(const SlotShown&) const = default;
};

// --- what the DAW says, as far as it matters here

/// It is there: something came that only a host says.
struct HostHeard {
    bool operator==(const HostHeard&) const = default;
};
/// Was written, also with the text that stood there.
struct LabelWritten {
    SlotNumber slot = 0;
    bool operator==(const LabelWritten&) const = default;
};
/// What stands beneath a strip's name, likewise.
struct ValueWritten {
    SlotNumber slot = 0;
    bool operator==(const ValueWritten&) const = default;
};
/// A fader was sent somewhere, also to where it stood.
struct FaderSent {
    SlotNumber slot = 0;
    bool operator==(const FaderSent&) const = default;
};
struct MasterFaderSent {
    FaderPosition position;
    bool operator==(const MasterFaderSent&) const = default;
};
/// What stands beneath a label says a pan now.
struct PanWritten {
    SlotNumber slot = 0;
    bool operator==(const PanWritten&) const = default;
};
/// The faders show something else than before.
struct FlipShown {
    bool flipped = false;
    bool operator==(const FlipShown&) const = default;
};
/// Mute, solo, select or what else a slot shows was written.
struct SlotWritten {
    SlotNumber slot = 0;
    bool operator==(const SlotWritten&) const = default;
};
/// A meter's reading, in the surface's steps: 0 for none.
struct MeterShown {
    SlotNumber slot = 0;
    std::uint8_t step = 0;
    bool operator==(const MeterShown&) const = default;
};
struct RollingShown {
    bool rolling = false;
    bool operator==(const RollingShown&) const = default;
};
/// The time display changed.
struct ClockShown {
    bool operator==(const ClockShown&) const = default;
};
/// Which strip stands on the first slot, for surfaces with a display of that; its text changed.
struct BankShown {
    bool operator==(const BankShown&) const = default;
};
using PanelNews = std::variant<HostHeard, LabelWritten, ValueWritten, FaderSent, MasterFaderSent, PanWritten,
                               FlipShown, SlotWritten, MeterShown, RollingShown, ClockShown, BankShown>;

/// Buttons that mean the same in every DAW. A panel need not have all.
enum class PanelKey : std::uint8_t {
    bank_left,
    bank_right,
    channel_left,
    channel_right,
    flip,
    play,
    stop,
    save,
    time_format,  ///< the time display, between time and bars
};

/// What the time display shows, where it counts hours.
struct TimeCode {
    int hours = 0;
    int minutes = 0;
    int seconds = 0;
    int frames = 0;
    bool operator==(const TimeCode&) const = default;
};

/// What a panel hears, and what it has to answer by itself.
struct PanelOut {
    std::vector<PanelNews> news;
    surface::Effects effects;  ///< bytes for the DAW
};

/// A unit in front of the DAW, with its extenders: what stands on them, and hands for their controls.
/// A pure state machine. Positions and ports are right by contract (asserted); what comes over the wire may
/// be anything.
class Panel {
  public:
    virtual ~Panel() = default;

    /// A port was plugged in: what stood on its unit is gone, and it says who it is.
    virtual void plugged(std::size_t port, PanelOut& out) = 0;
    virtual void unplugged(std::size_t port) = 0;
    virtual void receive(Instant now, std::size_t port, std::span<const std::byte> bytes, PanelOut& out) = 0;
    /// Says once more who it is, which makes some DAWs tell everything anew.
    virtual void announce(PanelOut& out) = 0;
    /// Seems to be gone, and then to be there again, which makes some DAWs tell everything anew. In between
    /// lies absence() at least.
    virtual void leave(surface::Effects& out) = 0;
    virtual void come_back(surface::Effects& out) = 0;
    [[nodiscard]] virtual Duration absence() const = 0;

    // --- hands
    [[nodiscard]] virtual bool has(PanelKey key) const = 0;
    /// One that it has (asserted).
    virtual void press(PanelKey key, bool down, surface::Effects& out) = 0;
    /// Any other, by the protocol's own numbers; those that it does not know are left out.
    virtual void press(SurfaceButton button, bool down, surface::Effects& out) = 0;
    virtual void press_mute(SlotNumber slot, surface::Effects& out) = 0;
    virtual void touch(SlotNumber slot, bool touched, surface::Effects& out) = 0;
    virtual void move(SlotNumber slot, FaderPosition to, surface::Effects& out) = 0;
    /// Whether the next can be done (asserted there).
    [[nodiscard]] virtual bool has_knobs() const { return false; }
    /// Clockwise above 0. What a tick is worth, each DAW decides.
    virtual void turn_knob(SlotNumber /*slot*/, int /*ticks*/, surface::Effects& /*out*/) { assert(false); }

    // --- what stands there
    [[nodiscard]] virtual std::size_t ports() const = 0;
    [[nodiscard]] virtual std::size_t slots() const = 0;
    [[nodiscard]] virtual const SlotShown& slot(SlotNumber number) const = 0;
    [[nodiscard]] virtual bool has_master() const = 0;
    [[nodiscard]] virtual std::optional<FaderPosition> master() const = 0;
    /// nullopt while the display counts bars, or nothing that can be read.
    [[nodiscard]] virtual std::optional<TimeCode> time() const = 0;
    /// The faders show pans, or whatever else than levels.
    [[nodiscard]] virtual bool flipped() const { return false; }
    /// Until when the DAW may stay silent; nullopt where silence says nothing.
    [[nodiscard]] virtual std::optional<Instant> lost_at() const { return std::nullopt; }
    /// What could not be read, and what could.
    virtual void count(surface::Counters& counters) const = 0;
};

}  // namespace kedge::banked
