#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kedge::test {

/// What AbletonOSC sends that kedge never does is put together here: booleans and nothings.
struct LiveNil {};
using LiveArgument = std::variant<std::int32_t, float, bool, std::string, LiveNil>;
[[nodiscard]] std::vector<std::byte> live_frame(std::string_view address,
                                                const std::vector<LiveArgument>& arguments = {});
/// The bytes of a text, its zeros too.
[[nodiscard]] std::vector<std::byte> live_bytes(std::string_view text);

}  // namespace kedge::test
