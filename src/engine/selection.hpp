#pragma once

#include "core/pass.hpp"
#include "core/result.hpp"

#include <string>
#include <vector>

namespace kedge::engine {

/// Which controls of a pass or a snapshot are meant: those of these strips and of these kinds. An empty list
/// means all of them.
struct Selection {
    std::vector<std::string> strips;  ///< as the DAW shows them; a name takes all strips that bear it
    std::vector<Control> controls;

    [[nodiscard]] bool whole() const { return strips.empty() && controls.empty(); }
    [[nodiscard]] bool takes(const StripName& strip, Control control) const;
    /// A usage error that names the first strip of the selection that is not among `known`. `of` says whose
    /// strips they are: "pass 3".
    [[nodiscard]] Result<void> check(const std::vector<StripName>& known, const std::string& of) const;
};

}  // namespace kedge::engine
