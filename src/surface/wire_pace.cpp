#include "surface/wire_pace.hpp"

#include <algorithm>

namespace kedge::surface {

namespace {

constexpr std::size_t least_room = 8;
constexpr int most_doublings = 3;

}  // namespace

RunnerPacing pacing_for(const Capabilities& capabilities, RunnerPacing pacing) {
    if (capabilities.longest_turn <= Duration::zero()) return pacing;
    constexpr std::size_t all_at_once = 4096;
    constexpr int few_sends = 4;
    constexpr int few_restores = 10;
    pacing.first_in_flight = pacing.most_in_flight = all_at_once;
    pacing.most_sends = std::min(pacing.most_sends, few_sends);
    pacing.most_restores = std::min(pacing.most_restores, few_restores);
    return pacing;
}

WirePace::WirePace(const RunnerPacing& pacing)
    : pacing_(pacing), room_(std::min(pacing.first_in_flight, pacing.most_in_flight)) {}

/// Smoothed as TCP does it (RFC 6298).
void WirePace::answered(Duration delay) {
    room_ = std::min(room_ + 1, pacing_.most_in_flight);
    if (!any_) {
        any_ = true;
        usual_ = delay;
        spread_ = delay / 2;
        return;
    }
    const Duration off = delay > usual_ ? delay - usual_ : usual_ - delay;
    spread_ = (3 * spread_ + off) / 4;
    usual_ = (7 * usual_ + delay) / 8;
}

void WirePace::missed() {
    room_ = std::max(room_ / 2, std::min(least_room, pacing_.most_in_flight));
}

Duration WirePace::answer_time(int waits_in_vain) const {
    Duration time = pacing_.answer_time;
    if (any_)
        time = std::clamp(usual_ + 4 * spread_, pacing_.least_answer_time,
                          std::max(pacing_.least_answer_time, pacing_.most_answer_time));
    const Duration most = std::max(time, pacing_.most_answer_time);
    return std::min(time * (1 << std::min(waits_in_vain, most_doublings)), most);
}

}  // namespace kedge::surface
