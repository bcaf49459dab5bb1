#include "mackie/display_text.hpp"

namespace kedge::mackie {

namespace {

constexpr char no_such_character = '?';

/// A byte of UTF-8 that goes on with the character before.
bool continues_character(unsigned char byte) {
    return (byte & 0xC0U) == 0x80U;
}

}  // namespace

DisplayText DisplayText::from_utf8(std::string_view text) {
    std::vector<midi::Data7> characters;
    characters.reserve(text.size());
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (continues_character(byte)) continue;
        characters.emplace_back(is_printable(byte) ? byte : no_such_character);
    }
    return DisplayText(std::move(characters));
}

std::string DisplayText::ascii() const {
    std::string text;
    text.reserve(characters_.size());
    for (const midi::Data7 character : characters_)
        text += is_printable(character.value()) ? static_cast<char>(character.value()) : no_such_character;
    return text;
}

}  // namespace kedge::mackie
