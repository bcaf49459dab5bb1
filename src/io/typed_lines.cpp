#include "io/typed_lines.hpp"

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace kedge::io {

std::vector<std::string> TypedLines::take() {
    std::vector<std::string> lines;
    std::array<char, 512> bytes{};
    pollfd in{STDIN_FILENO, POLLIN, 0};
    while (!ended_ && poll(&in, 1, 0) > 0) {
        const auto size = read(STDIN_FILENO, bytes.data(), bytes.size());
        if (size <= 0) {
            ended_ = true;
            if (!begun_.empty()) lines.push_back(std::exchange(begun_, {}));
            break;
        }
        for (const char each : std::string_view(bytes.data(), static_cast<std::size_t>(size))) {
            if (each == '\n')
                lines.push_back(std::exchange(begun_, {}));
            else
                begun_ += each;
        }
    }
    return lines;
}

}  // namespace kedge::io
