#include "core/text_fields.hpp"

#include <algorithm>

namespace kedge {

std::string in_a_field(std::string_view text) {
    std::string field;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte < 0x20 || byte == 0x7F || letter == '%') {
            constexpr std::string_view digits = "0123456789ABCDEF";
            field += {'%', digits[byte >> 4U], digits[byte & 0xFU]};
        } else {
            field += letter;
        }
    }
    return field;
}

std::string from_a_field(std::string_view field) {
    std::string text;
    for (std::size_t i = 0; i < field.size(); ++i) {
        unsigned byte = 0;
        const auto hex = field.substr(std::min(i + 1, field.size()), 2);
        const auto [end, problem] = std::from_chars(hex.data(), hex.data() + hex.size(), byte, 16);
        if (field[i] == '%' && hex.size() == 2 && problem == std::errc() && end == hex.data() + 2) {
            text += static_cast<char>(byte);
            i += 2;
        } else {
            text += field[i];
        }
    }
    return text;
}

std::string_view take_up_to(char end, std::string_view& text) {
    const auto at = std::min(text.find(end), text.size());
    const auto taken = text.substr(0, at);
    text.remove_prefix(std::min(at + 1, text.size()));
    return taken;
}

bool take_start(std::string_view start, std::string_view& text) {
    if (!text.starts_with(start)) return false;
    text.remove_prefix(start.size());
    return true;
}

}  // namespace kedge
