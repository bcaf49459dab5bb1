#include "hui/display_text.hpp"

namespace kedge::hui {

namespace {

constexpr bool is_ascii(int code) {
    return code >= 0x20 && code <= 0x7E;
}

template <std::size_t length>
Codes<length> codes_of(std::string_view text) {
    Codes<length> codes;
    codes.fill(midi::Data7(' '));
    for (std::size_t i = 0; i < length && i < text.size(); ++i) {
        const int code = static_cast<unsigned char>(text[i]);
        codes[i] = midi::Data7(is_ascii(code) ? code : '?');
    }
    return codes;
}

}  // namespace

Label label_of(std::string_view text) {
    return codes_of<4>(text);
}

ZoneText zone_text_of(std::string_view text) {
    return codes_of<10>(text);
}

std::string in_ascii(std::span<const midi::Data7> codes) {
    std::string text;
    for (const auto code : codes) text += is_ascii(code.value()) ? static_cast<char>(code.value()) : '?';
    return text;
}

}  // namespace kedge::hui
