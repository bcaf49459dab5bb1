#pragma once

#include "midi/message.hpp"

#include <array>
#include <cstdint>

namespace kedge::mackie {

/// A unit's serial number.
struct Serial {
    std::array<midi::Data7, 7> numbers;
    constexpr bool operator==(const Serial&) const = default;
};
struct Challenge {
    std::array<midi::Data7, 4> numbers;
    constexpr bool operator==(const Challenge&) const = default;
};
struct Response {
    std::array<midi::Data7, 4> numbers;
    constexpr bool operator==(const Response&) const = default;
};

/// By how many bits the second number of a response is shifted. What is published does not agree on it.
enum class ResponseShift : std::uint8_t {
    by_fourth,  ///< by the challenge's fourth number, as Ardour does
    by_four,    ///< by four, as written down elsewhere
};

/// What a host answers to a challenge.
[[nodiscard]] Response response_to(const Challenge& challenge, ResponseShift shift);

/// Whether this answers the challenge, by either shift.
[[nodiscard]] bool answers(const Challenge& challenge, const Response& response);

/// A challenge whose fourth number is four: there is one response to it, whatever the shift.
inline constexpr Challenge plain_challenge = {
    {midi::Data7(0x57), midi::Data7(0x18), midi::Data7(0x61), midi::Data7(0x04)}};

/// A serial number that begins with "XYZ": on hearing it REAPER sends everything anew.
inline constexpr Serial greeting_serial = {{midi::Data7('X'), midi::Data7('Y'), midi::Data7('Z'),
                                            midi::Data7(0x57), midi::Data7(0x18), midi::Data7(0x61),
                                            midi::Data7(0x05)}};

}  // namespace kedge::mackie
