#pragma once

#include <cstdint>

namespace kedge::test {

/// Whether this is a sanitizer's build, which makes every step some five to ten times slower: long sweeps
/// take a part of their steps.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool sanitized = true;
#elif defined(__has_feature)
inline constexpr bool sanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
inline constexpr bool sanitized = false;
#endif

/// How many steps of a sweep are taken in this build.
constexpr std::uint32_t steps(std::uint32_t all) {
    return sanitized ? all / 4 : all;
}

}  // namespace kedge::test
