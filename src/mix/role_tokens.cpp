#include "mix/role_tokens.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace kedge::mix {

namespace {

enum class Kind { separator, lower, upper, digit, mark };

/// One code point, folded: what kind it is and the text it stands for.
struct Folded {
    Kind kind = Kind::separator;
    std::string text;
};

struct Decoded {
    char32_t point = 0;
    std::size_t length = 1;
};

/// Reads one code point; a byte that starts none is 0, one byte long.
Decoded decode(std::string_view rest) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(rest[i]); };
    const std::uint8_t first = byte(0);
    if (first < 0x80) return {first, 1};
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (length == 0 || first > 0xF4 || rest.size() < length) return {};
    char32_t point = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return {};
        point = (point << 6U) | (byte(i) & 0x3FU);
    }
    return {point, length};
}

/// U+00C0 to U+017F without their accents, in order; '.' where there is no letter, '2' where there are two.
constexpr std::string_view latin_base =
    "aaaaaa2ceeeeiiiidnooooo.ouuuuy22aaaaaa2ceeeeiiiidnooooo.ouuuuy2y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii22jjkkkllllllllllnnnnnnnnnoooooo22rrrrrrsssssssstttttt"
    "uuuuuuuuuuuu"
    "wwyyyzzzzzzs";
static_assert(latin_base.size() == 0x180 - 0xC0);

std::string two_letters(char32_t point) {
    switch (point) {
        case 0xC6:
        case 0xE6:
            return "ae";
        case 0xDE:
        case 0xFE:
            return "th";
        case 0xDF:
            return "ss";
        case 0x132:
        case 0x133:
            return "ij";
        default:
            return "oe";
    }
}

Folded fold_latin(char32_t point) {
    const char base = latin_base[point - 0xC0];
    if (base == '.') return {};
    // Latin-1 has its capitals first; in Latin Extended-A capitals are even up to U+0138 and odd from there
    // to U+0148.
    const bool swapped = (point >= 0x139 && point <= 0x148) || point >= 0x179;
    const bool upper = point < 0x100 ? point < 0xDF : (point % 2 == 0) != swapped;
    return {upper ? Kind::upper : Kind::lower, base == '2' ? two_letters(point) : std::string(1, base)};
}

std::string two_bytes(char32_t point) {
    return {static_cast<char>(0xC0U | (point >> 6U)), static_cast<char>(0x80U | (point & 0x3FU))};
}

Folded fold_cyrillic(char32_t point) {
    const bool upper = point < 0x430;
    char32_t lower = point;
    if (point < 0x410)
        lower += 0x50;
    else if (upper)
        lower += 0x20;
    if (lower == 0x451) lower = 0x435;  // ё is typed as е
    if (lower == 0x439) lower = 0x438;  // й may come as и with a combining mark
    return {upper ? Kind::upper : Kind::lower, two_bytes(lower)};
}

Folded fold(char32_t point) {
    if (point >= '0' && point <= '9') return {Kind::digit, std::string(1, static_cast<char>(point))};
    if (point >= 'a' && point <= 'z') return {Kind::lower, std::string(1, static_cast<char>(point))};
    if (point >= 'A' && point <= 'Z')
        return {Kind::upper, std::string(1, static_cast<char>(point - 'A' + 'a'))};
    if (point == '\'' || point == 0x2019) return {Kind::mark, {}};
    if (point >= 0xC0 && point < 0x180) return fold_latin(point);
    if (point >= 0x300 && point < 0x370) return {Kind::mark, {}};
    if (point >= 0x400 && point < 0x460) return fold_cyrillic(point);
    return {};
}

/// Every letter and digit of the text, folded; marks are gone already.
std::vector<Folded> fold_all(std::string_view utf8) {
    std::vector<Folded> all;
    all.reserve(utf8.size());
    while (!utf8.empty()) {
        const Decoded one = decode(utf8);
        utf8.remove_prefix(one.length);
        if (Folded folded = fold(one.point); folded.kind != Kind::mark) all.push_back(std::move(folded));
    }
    return all;
}

bool is_letter(Kind kind) {
    return kind == Kind::lower || kind == Kind::upper;
}

/// Whether a cut goes before `now`: a number against a word, "hiHat", and the last capital of "OHLeft".
bool cut_before(Kind before, Kind now, Kind next) {
    if (is_letter(before) != is_letter(now)) return true;
    if (before == Kind::lower && now == Kind::upper) return true;
    return before == Kind::upper && now == Kind::upper && next == Kind::lower;
}

}  // namespace

std::string fold_letters(std::string_view utf8) {
    std::string text;
    for (const Folded& one : fold_all(utf8)) {
        if (one.kind != Kind::separator)
            text += one.text;
        else if (!text.empty() && text.back() != ' ')
            text += ' ';
    }
    if (!text.empty() && text.back() == ' ') text.pop_back();
    return text;
}

std::vector<RoleToken> split_name(std::string_view utf8) {
    const std::vector<Folded> all = fold_all(utf8);
    std::vector<RoleToken> tokens;
    Kind before = Kind::separator;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Kind now = all[i].kind;
        if (now != Kind::separator) {
            const bool glued = before != Kind::separator;
            const Kind next = i + 1 < all.size() ? all[i + 1].kind : Kind::separator;
            if (!glued || cut_before(before, now, next)) tokens.push_back({{}, now == Kind::digit, glued});
            tokens.back().text += all[i].text;
        }
        before = now;
    }
    return tokens;
}

}  // namespace kedge::mix
