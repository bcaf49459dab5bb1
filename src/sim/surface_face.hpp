#pragma once

#include "core/fader_position.hpp"
#include "core/pan.hpp"
#include "midi/message.hpp"
#include "sim/surface_place.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace kedge::sim {

/// The LEDs that every strip of a surface has.
enum class StripLamp : std::uint8_t { rec, solo, mute, select };
inline constexpr std::array strip_lamps = {StripLamp::solo, StripLamp::mute, StripLamp::select,
                                           StripLamp::rec};

/// What a surface can show of strips, whatever it speaks.
class SurfaceFace {
  public:
    virtual ~SurfaceFace() = default;

    virtual void show_label(SurfacePlace place, const std::string& text) = 0;
    /// Under the label.
    virtual void show_value(SurfacePlace place, const std::string& text) = 0;
    virtual void show_fader(SurfacePlace place, FaderPosition position) = 0;
    /// nullopt: there is no strip.
    virtual void show_pan(SurfacePlace place, std::optional<Pan> pan) = 0;
    virtual void show_lamp(SurfacePlace place, StripLamp lamp, bool lit) = 0;
    /// `side` is 0, and 1 for the right one of two.
    virtual void show_meter(SurfacePlace place, int side, int segments) = 0;
    virtual void show_overload(SurfacePlace place, int side, bool on) = 0;
};

}  // namespace kedge::sim
