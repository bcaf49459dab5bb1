#include "mackie/device_messages.hpp"

#include "mackie/display_text.hpp"

#include <algorithm>
#include <vector>

namespace kedge::mackie {

FirmwareVersion::FirmwareVersion(std::string_view text) {
    const auto shown = DisplayText::from_utf8(text);
    characters_.fill(midi::Data7(' '));
    std::copy_n(shown.characters().begin(), std::min(shown.characters().size(), characters_.size()),
                characters_.begin());
}

std::string FirmwareVersion::ascii() const {
    return DisplayText({characters_.begin(), characters_.end()}).ascii();
}

}  // namespace kedge::mackie
