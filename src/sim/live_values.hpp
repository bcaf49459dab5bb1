#pragma once

#include "osc/osc.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Values as AbletonOSC's Python has them.
namespace kedge::sim {

using LiveValue = std::variant<osc::Nil, bool, std::int32_t, float, std::string>;
using LiveValues = std::vector<LiveValue>;

struct LiveDone {};     ///< and nothing is answered
struct LiveUnknown {};  ///< nothing has such an address
struct LiveException {
    std::string words;
};
/// What a message comes to; values are its answer.
using LiveOutcome = std::variant<LiveDone, LiveValues, LiveUnknown, LiveException>;

/// A message's arguments; one of a type that is none of these is nothing.
[[nodiscard]] LiveValues live_values(const osc::Message& message);
[[nodiscard]] std::vector<std::byte> live_message(std::string_view address, const LiveValues& values);

/// A truth counts as 0 or 1; nullopt for a text and for nothing.
[[nodiscard]] std::optional<double> number_of(const LiveValue& value);
/// Whether Python takes both for one key of a dictionary: 1, 1.0 and True are the same.
[[nodiscard]] bool is_same_key(const LiveValues& a, const LiveValues& b);

}  // namespace kedge::sim
