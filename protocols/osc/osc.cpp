#include "osc/osc.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include <oscpack/osc/OscOutboundPacketStream.h>
#include <oscpack/osc/OscReceivedElements.h>

namespace kedge::osc {

namespace {

constexpr int deepest_bundle = 8;
constexpr std::size_t smallest_bundle = 16;

std::uint64_t big_endian64(const std::byte* from) {
    return (std::uint64_t{big_endian32(from)} << 32U) | big_endian32(from + 4);
}

std::size_t padded(std::size_t length_with_end) {
    return (length_with_end + 3U) & ~std::size_t{3};
}

/// Whether one of the bytes is 0: eight at a time, the last eight wherever they begin.
bool has_zero_in(std::span<const std::byte> bytes) {
    constexpr std::size_t wide = sizeof(std::uint64_t);
    if (bytes.size() < wide) return std::find(bytes.begin(), bytes.end(), std::byte{0}) != bytes.end();
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t tops = 0x8080808080808080;
    std::uint64_t found = 0;
    const auto look_at = [&](std::size_t at) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, wide);
        found |= (word - ones) & ~word & tops;
    };
    for (std::size_t at = 0; at + wide < bytes.size(); at += wide) look_at(at);
    look_at(bytes.size() - wide);
    return found != 0;
}

/// Bytes an argument takes, nullopt when it does not end before `end`. Strings and blobs say their size
/// themselves; oscpack found the message well-formed, but it reads on over padding that is not zero, and we
/// do not.
std::optional<std::size_t> size_of(char type, const std::byte* at, const std::byte* end) {
    const auto left = static_cast<std::size_t>(end - at);
    std::size_t size = 0;
    switch (type) {
        case 'i':
        case 'f':
        case 'c':
        case 'r':
        case 'm':
            size = 4;
            break;
        case 'h':
        case 'd':
        case 't':
            size = 8;
            break;
        case 's':
        case 'S': {
            const auto* zero = static_cast<const std::byte*>(std::memchr(at, 0, left));
            if (!zero) return std::nullopt;
            size = padded(static_cast<std::size_t>(zero - at) + 1);
            break;
        }
        case 'b':
            if (left < 4) return std::nullopt;
            size = 4 + padded(big_endian32(at));
            break;
        default:
            break;
    }
    if (size > left) return std::nullopt;
    return size;
}

/// Whether oscpack can be given these bytes at all: it asserts on a length that is no multiple of four.
bool plausible(std::span<const std::byte> datagram) {
    return !datagram.empty() && datagram.size() % 4 == 0;
}

bool is_bundle(std::span<const std::byte> datagram) {
    return datagram.size() >= smallest_bundle && std::memcmp(datagram.data(), "#bundle", 8) == 0;
}

}  // namespace

struct Decoder {
    /// The text at an offset, when it ends there and its padding is zero.
    static std::optional<std::string_view> text(std::span<const std::byte> bytes, std::size_t at) {
        if (at >= bytes.size()) return std::nullopt;
        const auto* begin = reinterpret_cast<const char*>(bytes.data()) + at;
        const std::string_view rest(begin, bytes.size() - at);
        const auto zero = rest.find('\0');
        if (zero == std::string_view::npos) return std::nullopt;
        const auto end = padded(zero + 1);
        if (end > rest.size() ||
            rest.substr(zero, end - zero).find_first_not_of('\0') != std::string_view::npos)
            return std::nullopt;
        return rest.substr(0, zero);
    }

    static std::optional<Message> view(std::span<const std::byte> bytes) {
        Message message;
        const auto address = text(bytes, 0);
        if (!address) return std::nullopt;
        message.address_ = *address;
        message.end_ = bytes.data() + bytes.size();
        message.arguments_ = message.end_;
        const std::size_t tags_at = padded(address->size() + 1);
        if (tags_at == bytes.size()) return message;
        const auto tags = text(bytes, tags_at);
        if (!tags || tags->empty()) return std::nullopt;
        message.types_ = tags->substr(1);
        message.arguments_ = bytes.data() + tags_at + padded(tags->size() + 1);
        return message;
    }

    /// oscpack adds up the sizes of blobs as they say them, and walks out of the datagram.
    static bool blobs_end_within(const Message& message) {
        if (message.types_.find('b') == std::string_view::npos) return true;
        const std::byte* at = message.arguments_;
        for (const char type : message.types_) {
            const auto size = size_of(type, at, message.end_);
            if (!size) return false;
            at += *size;
        }
        return true;
    }

    /// A name, a position, a mode in words: the most of what is left when the numbers are gone. Nothing
    /// remains for oscpack to find.
    static bool is_one_string(const Message& message) {
        if (message.types_ != "s") return false;
        const auto size = size_of('s', message.arguments_, message.end_);
        return size && *size == static_cast<std::size_t>(message.end_ - message.arguments_);
    }

    static std::optional<Message> message(std::span<const std::byte> bytes) {
        if (!plausible(bytes)) return std::nullopt;
        const auto seen = view(bytes);
        if (!seen || !blobs_end_within(*seen)) return std::nullopt;
        if (is_one_string(*seen)) return seen;
        try {
            const ::osc::ReceivedPacket packet(reinterpret_cast<const char*>(bytes.data()),
                                               static_cast<::osc::osc_bundle_element_size_t>(bytes.size()));
            const ::osc::ReceivedMessage received(packet);
            return seen;
        } catch (const ::osc::Exception&) {
            return std::nullopt;
        }
    }

    /// A message with one number of four bytes, as every meter and fader sends: looked at in place, which
    /// takes a fraction of the time of a whole parse. False for any other, well-formed or not.
    static bool one_number(std::span<const std::byte> bytes, Message& message) {
        constexpr std::size_t word = 4;
        constexpr std::size_t tags_and_value = 2 * word;
        if (bytes.size() % word != 0 || bytes.size() < word + tags_and_value) return false;
        const auto* text = reinterpret_cast<const char*>(bytes.data());
        const std::size_t address_end = bytes.size() - tags_and_value;
        const auto tags = big_endian32(bytes.data() + address_end);
        constexpr std::uint32_t a_float = 0x2C660000;  // ",f"
        constexpr std::uint32_t an_int = 0x2C690000;   // ",i"
        if (tags != a_float && tags != an_int) return false;
        // The address ends in its last word: zeros behind it, none before.
        const auto last = big_endian32(bytes.data() + address_end - word);
        const auto padding = static_cast<unsigned>(std::countr_zero(last)) / 8U;
        if (padding == 0 || has_zero_in(bytes.first(address_end - padding))) return false;
        message.address_ = {text, address_end - padding};
        message.types_ = {text + address_end + 1, 1};
        message.arguments_ = bytes.data() + address_end + word;
        message.end_ = message.arguments_ + word;
        return true;
    }

    /// Out of the way of the hot path, which then builds its message where it is returned.
    [[gnu::noinline]] static void whole(std::span<const std::byte> bytes, std::optional<Message>& into) {
        into = message(bytes);
    }

    static bool all(std::span<const std::byte> bytes, int depth, std::vector<Message>& into) {
        if (!plausible(bytes)) return false;
        if (!is_bundle(bytes)) {
            const auto one = message(bytes);
            if (one) into.push_back(*one);
            return one.has_value();
        }
        if (depth >= deepest_bundle) return false;
        auto rest = bytes.subspan(smallest_bundle);
        while (!rest.empty()) {
            if (rest.size() < 4) return false;
            const std::size_t size = big_endian32(rest.data());
            rest = rest.subspan(4);
            if (size > rest.size() || !all(rest.first(size), depth + 1, into)) return false;
            rest = rest.subspan(size);
        }
        return true;
    }

    static const std::byte* argument_of_type(const Message& message, std::size_t index, char type) {
        if (index >= message.size() || message.types()[index] != type) return nullptr;
        const std::byte* at = message.arguments_;
        for (std::size_t i = 0; i < index; ++i) {
            const auto size = size_of(message.types_[i], at, message.end_);
            if (!size) return nullptr;
            at += *size;
        }
        return size_of(type, at, message.end_) ? at : nullptr;
    }
};

std::optional<std::int32_t> Message::int32(std::size_t index) const {
    const auto* at = Decoder::argument_of_type(*this, index, 'i');
    if (!at) return std::nullopt;
    return std::bit_cast<std::int32_t>(big_endian32(at));
}

std::optional<float> Message::float32(std::size_t index) const {
    const auto* at = Decoder::argument_of_type(*this, index, 'f');
    if (!at) return std::nullopt;
    return std::bit_cast<float>(big_endian32(at));
}

std::optional<std::int64_t> Message::int64(std::size_t index) const {
    const auto* at = Decoder::argument_of_type(*this, index, 'h');
    if (!at) return std::nullopt;
    return std::bit_cast<std::int64_t>(big_endian64(at));
}

std::optional<double> Message::float64(std::size_t index) const {
    const auto* at = Decoder::argument_of_type(*this, index, 'd');
    if (!at) return std::nullopt;
    return std::bit_cast<double>(big_endian64(at));
}

std::optional<std::string_view> Message::string(std::size_t index) const {
    const auto* at = Decoder::argument_of_type(*this, index, 's');
    if (!at) return std::nullopt;
    return std::string_view(reinterpret_cast<const char*>(at));
}

std::optional<double> Message::any_number(std::size_t index) const {
    if (index >= size()) return std::nullopt;
    const auto as_double = [](auto value) -> std::optional<double> {
        if (!value) return std::nullopt;
        return static_cast<double>(*value);
    };
    switch (types_[index]) {
        case 'i':
            return as_double(int32(index));
        case 'f':
            return as_double(float32(index));
        case 'h':
            return as_double(int64(index));
        case 'd':
            return float64(index);
        case 'T':
            return 1.0;
        case 'F':
            return 0.0;
        default:
            return std::nullopt;
    }
}

Decoded decode(std::span<const std::byte> datagram) {
    Decoded decoded;
    decoded.malformed = !Decoder::all(datagram, 0, decoded.messages);
    return decoded;
}

std::optional<Message> decode_message(std::span<const std::byte> datagram) {
    // One name for all returns: the message is built where the caller wants it.
    std::optional<Message> message(std::in_place);
    if (is_bundle(datagram)) {
        message.reset();
    } else if (!Decoder::one_number(datagram, *message)) {
        Decoder::whole(datagram, message);
    }
    return message;
}

std::vector<std::byte> encode(std::string_view address, std::span<const Argument> arguments) {
    std::size_t room = padded(address.size() + 1) + padded(arguments.size() + 2);
    for (const Argument& argument : arguments) {
        const auto* text = std::get_if<std::string_view>(&argument);
        room += text ? padded(text->size() + 1) : 8;
    }
    std::vector<std::byte> bytes(room + 16);
    ::osc::OutboundPacketStream stream(reinterpret_cast<char*>(bytes.data()), bytes.size());
    const std::string path(address);
    stream << ::osc::BeginMessage(path.c_str());
    for (const Argument& argument : arguments) {
        if (const auto* number = std::get_if<std::int32_t>(&argument))
            stream << static_cast<::osc::int32>(*number);
        if (const auto* number = std::get_if<float>(&argument)) stream << *number;
        if (const auto* number = std::get_if<std::int64_t>(&argument))
            stream << static_cast<::osc::int64>(*number);
        if (const auto* number = std::get_if<double>(&argument)) stream << *number;
        if (const auto* text = std::get_if<std::string_view>(&argument)) stream << std::string(*text).c_str();
        if (const auto* truth = std::get_if<bool>(&argument)) stream << *truth;
        if (std::holds_alternative<Nil>(argument)) stream << ::osc::OscNil;
    }
    stream << ::osc::EndMessage;
    bytes.resize(stream.Size());
    return bytes;
}

std::vector<std::byte> encode(std::string_view address, std::initializer_list<Argument> arguments) {
    return encode(address, std::span(arguments.begin(), arguments.size()));
}

std::vector<std::byte> encode_bundle(std::span<const std::vector<std::byte>> messages) {
    constexpr std::string_view head("#bundle\0\0\0\0\0\0\0\0\x01", bundle_head);
    std::vector<std::byte> bytes(bundle_head);
    std::memcpy(bytes.data(), head.data(), head.size());
    for (const auto& message : messages) {
        for (unsigned shift = 32; shift > 0; shift -= 8)
            bytes.push_back(static_cast<std::byte>((message.size() >> (shift - 8U)) & 0xFFU));
        bytes.insert(bytes.end(), message.begin(), message.end());
    }
    return bytes;
}

}  // namespace kedge::osc
