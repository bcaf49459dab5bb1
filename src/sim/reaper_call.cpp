#include "sim/reaper_call.hpp"

#include "sim/reaper_words.hpp"

namespace kedge::sim {

std::optional<double> ReaperCall::argument() const {
    const auto as_double = [](auto value) -> std::optional<double> {
        if (!value) return std::nullopt;
        return static_cast<double>(*value);
    };
    if (flag == reaper::Flag::text) {
        const auto text = arguments->text();
        if (!text) return std::nullopt;
        return leading_number(*text);
    }
    if (const auto real = as_double(arguments->real())) return real;
    return as_double(arguments->whole());
}

std::optional<double> ReaperCall::number() const {
    const auto value = argument();
    if (!value && flag == reaper::Flag::trigger) return 1.0;
    return value;
}

int ReaperCall::trigger() const {
    switch (flag) {
        case reaper::Flag::boolean: {
            const auto value = argument();
            return value == 0.0 ? -1 : value == 1.0 ? 1 : 0;
        }
        case reaper::Flag::trigger:
            return argument().value_or(1.0) == 1.0 ? 1 : 0;
        case reaper::Flag::rotary: {
            const double turned = argument().value_or(rotary_center);
            return turned < rotary_center ? -1 : turned > rotary_center ? 1 : 0;
        }
        case reaper::Flag::normalized:
            // Asked as a trigger, REAPER reads the argument and makes nothing of it.
            static_cast<void>(argument());
            return 0;
        case reaper::Flag::raw:
        case reaper::Flag::text:
        case reaper::Flag::integer:
            break;
    }
    return 0;
}

}  // namespace kedge::sim
