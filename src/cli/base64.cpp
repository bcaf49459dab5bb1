#include "cli/base64.hpp"

#include <cstdint>

namespace kedge::cli {

namespace {
constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view white = " \t\r\n";
}  // namespace

std::string to_base64(std::string_view bytes) {
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const auto group = bytes.substr(at, 3);
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < 3; ++i)
            bits = (bits << 8) | (i < group.size() ? static_cast<unsigned char>(group[i]) : 0U);
        for (std::size_t i = 0; i < 4; ++i)
            text += i <= group.size() ? letters[(bits >> (18 - 6 * i)) & 63U] : '=';
    }
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string bytes;
    std::uint32_t bits = 0;
    std::size_t known = 0;  // letters of the group of four
    std::size_t ends = 0;   // '=' at the end
    for (const char letter : text) {
        if (white.find(letter) != std::string_view::npos) continue;
        if (letter == '=') {
            ++ends;
            continue;
        }
        const auto value = letters.find(letter);
        if (value == std::string_view::npos || ends > 0) return std::nullopt;
        bits = (bits << 6) | static_cast<std::uint32_t>(value);
        if (++known < 4) continue;
        for (const int shift : {16, 8, 0}) bytes += static_cast<char>((bits >> shift) & 0xFFU);
        bits = 0;
        known = 0;
    }
    if (known == 1 || (known == 0 ? ends > 0 : known + ends != 4)) return std::nullopt;
    if (known >= 2) bytes += static_cast<char>((bits >> (known == 2 ? 4 : 10)) & 0xFFU);
    if (known == 3) bytes += static_cast<char>((bits >> 2) & 0xFFU);
    return bytes;
}

}  // namespace kedge::cli
