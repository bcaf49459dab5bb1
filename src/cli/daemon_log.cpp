#include "cli/daemon_log.hpp"

#include <iostream>

#include <fmt/format.h>

namespace kedge::cli {

void DaemonLog::event(Instant, const surface::Surface& surface, const surface::Event& event) {
    if (std::holds_alternative<surface::Ready>(event)) {
        const MixerState& mixer = surface.mixer();
        std::cerr << fmt::format("kedge: connected to {}: session '{}', {} strips.\n", daw_,
                                 mixer.session.name, mixer.strips.size());
    } else if (const auto* lost = std::get_if<surface::Lost>(&event)) {
        lost_why_ = lost->why;
        std::cerr << fmt::format("kedge: {} does not answer: {}. Looking for it goes on.\n", daw_, lost->why);
    }
}

}  // namespace kedge::cli
