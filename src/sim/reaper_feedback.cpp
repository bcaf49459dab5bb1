#include "sim/reaper_feedback.hpp"

#include "osc/osc.hpp"

#include <utility>

namespace kedge::sim {

ReaperFeedback::ReaperFeedback(const reaper::PatternFile& file, ReaperOutbox& outbox) : outbox_(&outbox) {
    for (const auto& each : file.keys())
        if (!each.patterns.empty()) patterns_.emplace(each.key, &each.patterns);
}

std::optional<ReaperFeedback::Argument> ReaperFeedback::form_of(reaper::Flag flag, const ReaperValue& value) {
    const auto number = [](const std::optional<double>& form) -> std::optional<Argument> {
        if (!form) return std::nullopt;
        return static_cast<float>(*form);
    };
    switch (flag) {
        case reaper::Flag::raw:
            return number(value.raw);
        case reaper::Flag::normalized:
        case reaper::Flag::boolean:
        case reaper::Flag::trigger:
            return number(value.normalized);
        case reaper::Flag::text:
            if (!value.text) return std::nullopt;
            return *value.text;
        case reaper::Flag::rotary:
        case reaper::Flag::integer:
            break;
    }
    return std::nullopt;
}

bool ReaperFeedback::is_echo(const std::string& address, reaper::Flag flag) const {
    return flag != reaper::Flag::boolean && flag != reaper::Flag::trigger && flag == processed_flag_ &&
           address == processed_;
}

void ReaperFeedback::say(std::string_view key, std::span<const int> numbers, const ReaperValue& value) {
    const auto found = patterns_.find(key);
    if (found == patterns_.end()) return;
    for (const reaper::Pattern& pattern : *found->second) {
        if (pattern.wildcards != static_cast<int>(numbers.size())) continue;
        const auto argument = form_of(pattern.flag, value);
        if (!argument) continue;
        const std::string address = reaper::address_of(pattern, numbers);
        if (is_echo(address, pattern.flag)) continue;
        const auto [place, is_new] = said_.try_emplace(address);
        if (!is_new && place->second == argument) continue;
        place->second = argument;
        const auto* text = std::get_if<std::string>(&*argument);
        outbox_->add(osc::encode(address, {text ? osc::Argument(std::string_view(*text))
                                                : osc::Argument(std::get<float>(*argument))}));
    }
}

void ReaperFeedback::forget_texts(std::string_view key, std::span<const int> numbers) {
    const auto found = patterns_.find(key);
    if (found == patterns_.end()) return;
    for (const reaper::Pattern& pattern : *found->second)
        if (pattern.flag == reaper::Flag::text && pattern.wildcards == static_cast<int>(numbers.size()))
            said_.erase(reaper::address_of(pattern, numbers));
}

void ReaperFeedback::processing(std::string_view address, reaper::Flag flag) {
    processed_ = address;
    processed_flag_ = flag;
    if (const auto found = said_.find(processed_); found != said_.end()) found->second.reset();
}

}  // namespace kedge::sim
