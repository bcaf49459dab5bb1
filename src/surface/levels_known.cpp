#include "surface/levels_known.hpp"

namespace kedge::surface {

Result<void> check_levels_known(const Capabilities& capabilities) {
    if (!capabilities.nominal_levels) return {};
    return fail(ErrorKind::refused, "At which levels the faders of this DAW stand is not known yet.",
                "`kedge learn-fader` finds it out by one of its faders, which it puts back.");
}

}  // namespace kedge::surface
