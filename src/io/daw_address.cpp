#include "io/daw_address.hpp"

#include <charconv>

#include <fmt/format.h>

namespace kedge::io {

namespace {

tl::unexpected<Error> bad_address(const std::string& text) {
    return fail(ErrorKind::usage, fmt::format("'{}' is not an address.", text),
                "Write HOST:PORT, such as 127.0.0.1:3819; the port is 1 to 65535.");
}

}  // namespace

Result<DawAddress> parse_address(const std::string& text, DawAddress fallback) {
    const auto colon = text.rfind(':');
    const std::string host = text.substr(0, colon);
    if (text.empty() || host.find(':') != std::string::npos) return bad_address(text);
    if (!host.empty()) fallback.host = host;
    if (colon == std::string::npos) return fallback;
    const std::string port = text.substr(colon + 1);
    unsigned number = 0;
    const auto [end, problem] = std::from_chars(port.data(), port.data() + port.size(), number);
    if (problem != std::errc() || end != port.data() + port.size() || number == 0 || number > 65'535)
        return bad_address(text);
    fallback.port = static_cast<std::uint16_t>(number);
    return fallback;
}

bool is_this_machine(const DawAddress& address) {
    return address.host == "localhost" || address.host.starts_with("127.");
}

}  // namespace kedge::io
