#include "engine/layer_turn.hpp"

#include "engine/song_ticks.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

namespace kedge::engine {

namespace {
double in_seconds(Duration span) {
    return std::chrono::duration<double>(span).count();
}
}  // namespace

void LayerTurn::begin() {
    bars_ = 0;
    const auto* span = std::get_if<Duration>(&span_);
    heard_ = span != nullptr && heard_ >= *span ? heard_ - *span : Duration{};
}

void LayerTurn::bar(int bar, bool rolling) {
    const bool another = last_bar_ && *last_bar_ != bar;
    last_bar_ = bar;
    if (another && rolling) ++bars_;
}

void LayerTurn::position(SongTime at, bool rolling) {
    const Duration moved = last_position_ ? at - *last_position_ : Duration{};
    last_position_ = at;
    if (rolling && moved > Duration{} && moved < largest_tick) heard_ += moved;
}

bool LayerTurn::over() const {
    if (const auto* bars = std::get_if<Bars>(&span_)) return bars_ >= bars->count;
    return heard_ >= std::get<Duration>(span_);
}

double LayerTurn::share() const {
    const auto* bars = std::get_if<Bars>(&span_);
    const double share = bars != nullptr ? static_cast<double>(bars_) / bars->count
                                         : in_seconds(heard_) / in_seconds(std::get<Duration>(span_));
    return std::min(share, 1.0);
}

std::string LayerTurn::words() const {
    if (const auto* bars = std::get_if<Bars>(&span_))
        return fmt::format("bar {} of {}", std::min(bars_ + 1, bars->count), bars->count);
    const Duration whole = std::get<Duration>(span_);
    return fmt::format("{} of {}", to_string(SongTime(std::min(heard_, whole))), to_string(SongTime(whole)));
}

}  // namespace kedge::engine
