#pragma once

#include "core/result.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

/// OSC 1.0: bytes to values and back, on top of oscpack. No socket here. Everything is safe from any thread.
namespace kedge::osc {

/// The four bytes at `from` as OSC writes a number.
[[nodiscard]] inline std::uint32_t big_endian32(const std::byte* from) {
    const auto byte = [&](std::size_t i) { return std::to_integer<std::uint32_t>(from[i]); };
    return (byte(0) << 24) | (byte(1) << 16) | (byte(2) << 8) | byte(3);
}

/// A decoded message: a view into the bytes it was decoded from, valid as long as they are. Never owns, never
/// allocates.
class Message {
  public:
    [[nodiscard]] std::string_view address() const { return address_; }
    /// Type tags without the comma: "if", "" for none.
    [[nodiscard]] std::string_view types() const { return types_; }
    [[nodiscard]] std::size_t size() const { return types_.size(); }

    /// The argument as exactly this type; nullopt for another type or past the end.
    [[nodiscard]] std::optional<std::int32_t> int32(std::size_t index) const;
    [[nodiscard]] std::optional<float> float32(std::size_t index) const;
    [[nodiscard]] std::optional<std::int64_t> int64(std::size_t index) const;
    [[nodiscard]] std::optional<double> float64(std::size_t index) const;
    [[nodiscard]] std::optional<std::string_view> string(std::size_t index) const;
    /// Any number (i, f, h, d, T, F) as a double, NaN and infinities as they came; nullopt for another type.
    [[nodiscard]] std::optional<double> number(std::size_t index) const {
        // Nearly all that comes are messages with one number of four bytes.
        if (index == 0 && types_.size() == 1 && end_ - arguments_ >= std::ptrdiff_t{sizeof(float)}) {
            const auto word = big_endian32(arguments_);
            if (types_[0] == 'f') return static_cast<double>(std::bit_cast<float>(word));
            if (types_[0] == 'i') return static_cast<double>(std::bit_cast<std::int32_t>(word));
        }
        return any_number(index);
    }

  private:
    friend struct Decoder;
    [[nodiscard]] std::optional<double> any_number(std::size_t index) const;

    std::string_view address_;
    std::string_view types_;
    const std::byte* arguments_ = nullptr;
    const std::byte* end_ = nullptr;
};

/// Calls `sink(message)` for every message of a datagram, bundles unpacked (nested up to 8 deep), in order.
/// Returns false when the bytes are not OSC; messages decoded before the fault were delivered. Never throws
/// for bad input. Addresses without a leading slash ("#reply") are let through: Ardour sends them.
class Decoded {
  public:
    std::vector<Message> messages;
    bool malformed = false;
};
[[nodiscard]] Decoded decode(std::span<const std::byte> datagram);

/// The hot path: at most one message, no bundle, no allocation. nullopt when malformed or a bundle.
[[nodiscard]] std::optional<Message> decode_message(std::span<const std::byte> datagram);

/// An argument that there is not: N.
struct Nil {
    constexpr bool operator==(const Nil&) const = default;
};
/// An argument to encode: i, f, h, d, s, T or F, N.
using Argument = std::variant<std::int32_t, float, std::int64_t, double, std::string_view, bool, Nil>;

/// One message as a datagram.
[[nodiscard]] std::vector<std::byte> encode(std::string_view address,
                                            std::initializer_list<Argument> arguments);
[[nodiscard]] std::vector<std::byte> encode(std::string_view address,
                                            std::span<const Argument> arguments = {});

/// Bytes of a bundle before its first message, and before each message.
inline constexpr std::size_t bundle_head = 16;
inline constexpr std::size_t bundle_element_head = 4;
/// Encoded messages as one datagram, in their order, with the time tag "immediately".
[[nodiscard]] std::vector<std::byte> encode_bundle(std::span<const std::vector<std::byte>> messages);

}  // namespace kedge::osc
