#include "mix/balance_profile.hpp"

#include <cstdlib>

// A profile anyone may edit is taken or refused with a message, never believed blindly.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const auto profile = kedge::mix::load_balance("fuzz.toml", text);
    if (!profile && profile.error().message.empty()) std::abort();
    return 0;
}
