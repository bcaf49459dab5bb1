#pragma once

#include "banked/banked_session.hpp"
#include "banked/daw_profile.hpp"
#include "core/result.hpp"

#include <cstddef>
#include <memory>

namespace kedge::cli {

/// A control surface of so many units (1 to 4) at a DAW of which this is known. A usage error when too little
/// is known to mix there, naming what.
[[nodiscard]] Result<std::unique_ptr<banked::BankedSession>> banked_surface(const banked::DawProfile& daw,
                                                                            std::size_t units);

}  // namespace kedge::cli
