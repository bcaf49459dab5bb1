#pragma once

#include "midi/message.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kedge::mackie {

/// Characters for a display, as the unit has them: 20 to 7E are ASCII, the others symbols of its own.
class DisplayText {
  public:
    DisplayText() = default;
    explicit DisplayText(std::vector<midi::Data7> characters) : characters_(std::move(characters)) {}
    /// What is not printable ASCII becomes a question mark, one for each character of UTF-8.
    [[nodiscard]] static DisplayText from_utf8(std::string_view text);

    [[nodiscard]] const std::vector<midi::Data7>& characters() const { return characters_; }
    /// As printable ASCII, question marks for the unit's symbols.
    [[nodiscard]] std::string ascii() const;
    bool operator==(const DisplayText&) const = default;

  private:
    std::vector<midi::Data7> characters_;
};

/// Whether a character of a display is printable ASCII.
[[nodiscard]] constexpr bool is_printable(int character) {
    return character >= 0x20 && character <= 0x7E;
}

}  // namespace kedge::mackie
