#pragma once

#include "control/controller_map.hpp"
#include "core/result.hpp"

#include <cstddef>
#include <string>

/// A tablet as a controller: every address that it may use is a control, with a motor or a light.
namespace kedge::tablet {

struct TabletPart {
    control::ControlSpec control;
    control::ControlFeedback feedback;
    control::Binding binding;
};

/// The control of this name (PartCall::name) and what it is the hand for: a part of a strip or of a role.
[[nodiscard]] TabletPart tablet_part(const std::string& name, const control::Target& target);

/// Strips in view, the selected one and the master, all their parts. From 1 place on (asserted).
[[nodiscard]] control::ControllerMap tablet_map(const FaderScale& levels, std::size_t places);

/// The same with one part more.
void add_part(control::ControllerMap& map, const TabletPart& part);

}  // namespace kedge::tablet
