#pragma once

#include "banked/banked_session.hpp"
#include "banked/daw_profile.hpp"

#include <cstddef>
#include <memory>

namespace kedge::cli {

/// A control surface of so many units (1 to 4) at a DAW of which this is known. Where the faders' law is not
/// known its levels are nominal (Capabilities::nominal_levels): good for learning it.
[[nodiscard]] std::unique_ptr<banked::BankedSession> banked_surface(const banked::DawProfile& daw,
                                                                    std::size_t units);

}  // namespace kedge::cli
