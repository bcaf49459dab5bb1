// What a display says of a fader: any text is a level in bounds, silence, or none.

#include "banked/fader_law.hpp"
#include "banked/level_text.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace kedge;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto level = banked::read_level_text(text);
    if (level && !level->is_silence() && (level->db() > 40.0 || level->db() < -200.0)) std::abort();
    if (level && !level->is_silence() && text.find_first_of("0123456789") == std::string_view::npos)
        std::abort();
    // Seven characters for each position, as a cell of a display has them.
    std::vector<surface::FaderText> shown;
    constexpr std::size_t cell = 7;
    for (std::size_t at = 0; at + cell <= size; at += cell) {
        const auto next = banked::next_to_try(shown);
        if (!next) break;
        shown.push_back({*next, std::string(text.substr(at, cell))});
    }
    const auto law = banked::learn_law(shown);
    if (law && law->anchors.size() < 2) std::abort();
    return 0;
}
