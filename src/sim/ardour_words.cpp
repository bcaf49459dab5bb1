#include "sim/ardour_words.hpp"

#include <charconv>
#include <cmath>
#include <system_error>

namespace kedge::sim {

float to_wire(Decibels level, double silent) {
    return static_cast<float>(level.is_silence() ? silent : level.db());
}

float query_answer(Decibels level) {
    const double ratio = level.gain().ratio();
    int exponent = 0;
    const double mantissa = std::frexp(ratio, &exponent) * 2.0;
    const double octaves = (-mantissa / 3.0 + 2.0) * mantissa - 2.0 / 3.0 + exponent - 2;
    return static_cast<float>(ratio <= 0.0 ? -766.79 : 20.0 * octaves / 3.3125);
}

float pan_to_wire(Pan pan) {
    return static_cast<float>((1.0 - pan.position()) / 2.0);
}

std::int32_t number_in(std::string_view text) {
    std::int32_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc() && end == text.data() + text.size() ? number : -1;
}

std::string strip_path(std::string_view word, std::int32_t ssid) {
    return "/strip/" + std::string(word) + "/" + std::to_string(ssid);
}

void send(Peer to, std::string_view address, std::initializer_list<osc::Argument> arguments,
          std::vector<Datagram>& out) {
    out.push_back({to, osc::encode(address, arguments)});
}

}  // namespace kedge::sim
