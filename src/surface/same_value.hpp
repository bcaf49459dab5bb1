#pragma once

#include "core/capabilities.hpp"
#include "core/strip.hpp"

namespace kedge::surface {

/// Whether a surface that reads back only so exactly shows both values as one. Silence is any level that a
/// fader all the way down is reported at (Ardour: -193 dB), whatever the tolerance. Values of different kinds
/// are never the same.
[[nodiscard]] bool same_value(const ControlValue& a, const ControlValue& b, const Capabilities& capabilities);

}  // namespace kedge::surface
