#pragma once

#include "osc/osc.hpp"
#include "reaper/pattern_file.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::sim {

/// The arguments of a message as REAPER takes them: one after the other, each only as the type it came in.
class ReaperArguments {
  public:
    explicit ReaperArguments(const osc::Message& message) : message_(&message) {}

    /// REAPER knows int32, float and string; a message with anything else is none.
    [[nodiscard]] static bool are_known(const osc::Message& message) {
        return message.types().find_first_not_of("ifs") == std::string_view::npos;
    }
    /// The next argument, which is then used up; nullopt, and nothing is used, when it is of another type.
    std::optional<std::int32_t> whole() { return take(message_->int32(next_)); }
    std::optional<float> real() { return take(message_->float32(next_)); }
    std::optional<std::string_view> text() { return take(message_->string(next_)); }

  private:
    template <typename Value>
    std::optional<Value> take(std::optional<Value> value) {
        if (value) ++next_;
        return value;
    }
    const osc::Message* message_;
    std::size_t next_ = 0;
};

/// A message that fits a pattern, once for each number of a list in its address.
struct ReaperCall {
    std::string_view key;
    reaper::Flag flag = reaper::Flag::raw;
    std::vector<int> numbers;  ///< in the order of the address
    std::string command;       ///< of an action: "_RS…"; else empty
    ReaperArguments* arguments = nullptr;
    double rotary_center = 0.0;

    /// A number as the flag has it: n, f, b, t, r and i take floats and whole numbers, s the number its text
    /// begins with. A trigger without an argument is 1. Uses up the argument.
    [[nodiscard]] std::optional<double> number() const;
    /// A number only if there is an argument.
    [[nodiscard]] std::optional<double> argument() const;
    /// 1 for on, forward or pressed, -1 for off and backward, 0 for what REAPER ignores. Uses up the
    /// argument.
    [[nodiscard]] int trigger() const;
};

}  // namespace kedge::sim
