#include "mackie/lcd.hpp"

#include <algorithm>

namespace kedge::mackie {

Lcd::Lcd() {
    characters_.fill(midi::Data7(' '));
}

std::size_t Lcd::write(LcdOffset offset, const DisplayText& text) {
    const auto& characters = text.characters();
    const auto from = static_cast<std::size_t>(offset.index());
    const auto fitting = std::min(characters.size(), characters_.size() - from);
    std::copy_n(characters.begin(), fitting, characters_.begin() + offset.index());
    return characters.size() - fitting;
}

std::string Lcd::line(LcdLine line) const {
    return text({line, Slot()}, LcdOffset::line_length);
}

std::string Lcd::cell(LcdLine line, Slot slot) const {
    return text({line, slot}, LcdOffset::slot_width);
}

std::string Lcd::text(LcdOffset from, int length) const {
    const auto begin = characters_.begin() + from.index();
    return DisplayText({begin, begin + length}).ascii();
}

}  // namespace kedge::mackie
