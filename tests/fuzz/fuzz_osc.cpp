#include "osc/osc.hpp"

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <span>

namespace {

using kedge::osc::Message;

void require(bool holds) {
    if (!holds) std::abort();
}

/// The text lies within the datagram: a view that points elsewhere is read here, and found by ASan.
void read(std::string_view text, std::span<const std::byte> datagram) {
    const auto* begin = reinterpret_cast<const char*>(datagram.data());
    require(text.empty() || (text.data() >= begin && text.data() + text.size() <= begin + datagram.size()));
    require(text.find('\0') == std::string_view::npos);
}

/// Every way to read every argument, and one past the end.
void read(const Message& message, std::span<const std::byte> datagram) {
    read(message.address(), datagram);
    read(message.types(), datagram);
    require(message.size() == message.types().size());
    for (std::size_t i = 0; i <= message.size(); ++i) {
        const bool is_number =
            message.int32(i) || message.float32(i) || message.int64(i) || message.float64(i);
        const auto text = message.string(i);
        require(!is_number || !text);
        // A number of any type is one; true and false are more of them.
        require(!is_number || message.number(i));
        require(!text || !message.number(i));
        if (text) read(*text, datagram);
        if (i == message.size()) require(!is_number && !text && !message.number(i));
    }
}

/// A message of the types that we can write comes back as it was.
void write_again(const Message& message) {
    std::vector<kedge::osc::Argument> arguments;
    for (std::size_t i = 0; i < message.size(); ++i) {
        if (const auto whole = message.int32(i)) arguments.emplace_back(*whole);
        if (const auto real = message.float32(i)) arguments.emplace_back(*real);
        if (const auto whole = message.int64(i)) arguments.emplace_back(*whole);
        if (const auto real = message.float64(i)) arguments.emplace_back(*real);
        if (const auto text = message.string(i)) arguments.emplace_back(*text);
    }
    if (arguments.size() != message.size() || message.address().empty()) return;
    const auto bytes = kedge::osc::encode(message.address(), arguments);
    const auto again = kedge::osc::decode_message(bytes);
    require(again && again->address() == message.address() && again->types() == message.types());
    for (std::size_t i = 0; i < message.size(); ++i) {
        require(again->string(i) == message.string(i));
        const auto a = message.number(i);
        const auto b = again->number(i);
        require(a.has_value() == b.has_value());
        if (a) require(*a == *b || (std::isnan(*a) && std::isnan(*b)));
    }
}

}  // namespace

// Whatever the datagram, it is taken apart or refused, and nothing beyond its bytes is read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    const auto decoded = kedge::osc::decode(bytes);
    for (const auto& message : decoded.messages) {
        read(message, bytes);
        write_again(message);
    }
    if (const auto one = kedge::osc::decode_message(bytes)) {
        read(*one, bytes);
        require(!decoded.malformed && decoded.messages.size() == 1);
        require(decoded.messages[0].address() == one->address());
    }
    return 0;
}
