#include "sim/live_values.hpp"

#include <algorithm>

namespace kedge::sim {

namespace {

struct AsArgument {
    osc::Argument operator()(osc::Nil nothing) const { return nothing; }
    osc::Argument operator()(bool truth) const { return truth; }
    osc::Argument operator()(std::int32_t number) const { return number; }
    osc::Argument operator()(float number) const { return number; }
    osc::Argument operator()(const std::string& text) const { return std::string_view(text); }
};

LiveValue value_at(const osc::Message& message, std::size_t index) {
    if (const auto whole = message.int32(index)) return *whole;
    if (const auto text = message.string(index)) return std::string(*text);
    const char type = message.types()[index];
    if (type == 'T' || type == 'F') return type == 'T';
    if (const auto number = message.number(index)) return static_cast<float>(*number);
    return osc::Nil{};
}

bool is_same(const LiveValue& a, const LiveValue& b) {
    const auto left = number_of(a);
    const auto right = number_of(b);
    return left && right ? *left == *right : a == b;
}

}  // namespace

LiveValues live_values(const osc::Message& message) {
    LiveValues values;
    for (std::size_t i = 0; i < message.size(); ++i) values.push_back(value_at(message, i));
    return values;
}

std::vector<std::byte> live_message(std::string_view address, const LiveValues& values) {
    std::vector<osc::Argument> arguments;
    for (const LiveValue& value : values) arguments.push_back(std::visit(AsArgument{}, value));
    return osc::encode(address, arguments);
}

std::optional<double> number_of(const LiveValue& value) {
    if (const auto* truth = std::get_if<bool>(&value)) return *truth ? 1.0 : 0.0;
    if (const auto* whole = std::get_if<std::int32_t>(&value)) return *whole;
    if (const auto* number = std::get_if<float>(&value)) return *number;
    return std::nullopt;
}

bool is_same_key(const LiveValues& a, const LiveValues& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), is_same);
}

}  // namespace kedge::sim
