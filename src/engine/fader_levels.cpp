#include "engine/fader_levels.hpp"

namespace kedge::engine {

FaderLevels::FaderLevels(Desk& desk, std::span<const StripId> strips)
    : reader_(desk.surface().capabilities()) {
    for (const StripId strip : strips) questions_[strip] = reader_.add(strip, Control::fader);
    reader_.start(desk);
}

std::optional<Decibels> FaderLevels::level(StripId strip) const {
    const auto question = questions_.find(strip);
    if (question == questions_.end()) return std::nullopt;
    const auto answer = reader_.answer(question->second);
    return answer ? std::optional(std::get<Decibels>(*answer)) : std::nullopt;
}

}  // namespace kedge::engine
