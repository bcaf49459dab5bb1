// What a display says of a pan: any text is a pan, that as it is written says the same, or none.

#include "banked/pan_text.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace kedge;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto pan = banked::pan_in(text);
    if (!pan) return 0;
    if (banked::is_resting_pan(text)) std::abort();
    const auto right = std::lround((pan->position() + 1.0) * 50.0);
    const auto again = banked::pan_in("L" + std::to_string(100 - right) + "R" + std::to_string(right));
    if (!again || std::abs(again->position() - pan->position()) > banked::pan_text_step) std::abort();
    return 0;
}
