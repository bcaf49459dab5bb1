#include "ardour/strip_words.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace kedge::ardour {

namespace {

/// A word that Ardour says and kedge has no use for.
constexpr Word not_needed(std::string_view text) {
    return {text, StripWord::known, StripWord::known};
}

constexpr std::array words = {
    Word{"meter", StripWord::meter, StripWord::unknown},
    Word{"gain", StripWord::gain, StripWord::gain_automation},
    Word{"trimdB", StripWord::trim, StripWord::trim_automation},
    Word{"pan_stereo_position", StripWord::pan, StripWord::pan_automation},
    Word{"mute", StripWord::mute, StripWord::mute_automation},
    Word{"solo", StripWord::solo, StripWord::unknown},
    Word{"name", StripWord::name, StripWord::unknown},
    Word{"group", StripWord::group, StripWord::unknown},
    Word{"hide", StripWord::hide, StripWord::unknown},
    Word{"list", StripWord::list, StripWord::unknown},
    not_needed("select"),
    not_needed("expand"),
    not_needed("solo_iso"),
    not_needed("solo_safe"),
    not_needed("recenable"),
    not_needed("record_safe"),
    not_needed("monitor_input"),
    not_needed("monitor_disk"),
    not_needed("polarity"),
    not_needed("pan_stereo_width"),
    not_needed("pan_type"),
    not_needed("n_inputs"),
    not_needed("n_outputs"),
    not_needed("signal"),
};

constexpr std::size_t places = 64;
constexpr std::uint8_t nobody = 0xFF;
using Places = std::array<std::uint8_t, places>;

/// Length, first and third-last letter tell the words apart. `spread` chooses where they fall.
constexpr std::size_t place_of(std::string_view text, std::size_t spread) {
    const auto letter = [&](std::size_t at) { return std::size_t{static_cast<unsigned char>(text[at])}; };
    return (text.size() * spread + letter(0) * 3 + letter(text.size() - 3)) % places;
}

constexpr std::size_t shortest = 3;

/// Where each word stands when they fall like this; nullopt when two fall on one place.
constexpr std::optional<Places> places_with(std::size_t spread) {
    Places taken{};
    taken.fill(nobody);
    for (std::size_t i = 0; i < words.size(); ++i) {
        auto& place = taken[place_of(words[i].text, spread)];
        if (place != nobody) return std::nullopt;
        place = static_cast<std::uint8_t>(i);
    }
    return taken;
}

struct Table {
    std::size_t spread = 0;
    Places word_at{};
};

constexpr Table table = [] {
    for (std::size_t spread = 1; spread < places * 8; ++spread)
        if (const auto found = places_with(spread)) return Table{spread, *found};
    return Table{};
}();
static_assert(table.spread > 0, "choose other letters for place_of");

}  // namespace

const Word* find_word(std::string_view text) {
    if (text.size() < shortest) return nullptr;
    const std::uint8_t at = table.word_at[place_of(text, table.spread)];
    return at != nobody && words[at].text == text ? &words[at] : nullptr;
}

}  // namespace kedge::ardour
