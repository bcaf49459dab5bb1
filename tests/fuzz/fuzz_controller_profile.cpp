#include "cli/controller_profile_text.hpp"
#include "cli/controller_profiles.hpp"

#include <cstdlib>
#include <string>

// Any text: a controller's profile, or an error that says what to do. One that was read is written so that it
// is read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const auto profile = kedge::cli::read_controller_profile("fuzz.toml", text);
    if (!profile) {
        if (profile.error().message.empty() || profile.error().next.empty()) std::abort();
        return 0;
    }
    if (!kedge::cli::read_controller_profile("again.toml", kedge::cli::text_of_profile(*profile)))
        std::abort();
    return 0;
}
