#include "sim/host_transport.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kedge::sim {

namespace {

/// How fast it winds, against playing.
constexpr int winding_speed = 4;

}  // namespace

void HostTransport::forget() {
    markers_ = engine_->song().markers;
    std::stable_sort(markers_.begin(), markers_.end(),
                     [](const Marker& a, const Marker& b) { return a.at < b.at; });
    started_at_ = 0;
    loop_ = {};
    winds_ = 0;
    loops_ = records_ = clicks_ = false;
}

SongTime HostTransport::position() const {
    return SongTime::from_samples(engine_->position(), engine_->song().rate);
}

void HostTransport::play() {
    winds_ = 0;
    if (engine_->rolling()) {
        engine_->locate(started_at_);
        return;
    }
    started_at_ = engine_->position();
    engine_->play();
}

void HostTransport::stop() {
    winds_ = 0;
    const bool rolled = engine_->rolling();
    engine_->stop();
    if (rolled && rules_.stop_returns) engine_->locate(started_at_);
}

void HostTransport::rewind() {
    if (rules_.arrows_go_by_marker) {
        go_to_marker(-1);
    } else {
        wind(-1);
    }
}

void HostTransport::fast_forward() {
    if (rules_.arrows_go_by_marker) {
        go_to_marker(1);
    } else {
        wind(1);
    }
}

void HostTransport::wind(int way) {
    engine_->stop();
    winds_ = way;
}

void HostTransport::to_start() {
    locate(SongTime());
}

void HostTransport::to_end() {
    locate(SongTime::from_samples(engine_->song_samples(), engine_->song().rate));
}

void HostTransport::go_to_marker(int way) {
    const SongTime here = position();
    if (way < 0) {
        const auto last = std::find_if(markers_.rbegin(), markers_.rend(),
                                       [&](const Marker& marker) { return marker.at < here; });
        locate(last == markers_.rend() ? SongTime() : last->at);
        return;
    }
    const auto next = std::find_if(markers_.begin(), markers_.end(),
                                   [&](const Marker& marker) { return marker.at > here; });
    if (next == markers_.end()) {
        to_end();
    } else {
        locate(next->at);
    }
}

void HostTransport::add_marker() {
    const SongTime here = position();
    const auto before = std::find_if(markers_.begin(), markers_.end(),
                                     [&](const Marker& marker) { return marker.at > here; });
    markers_.insert(before, {fmt::format("mark{}", markers_.size() + 1), here});
}

void HostTransport::locate(SongTime to) {
    started_at_ = to.samples(engine_->song().rate);
    engine_->locate(started_at_);
}

void HostTransport::wind_on(Duration span) {
    const auto samples = SongTime(span).samples(engine_->song().rate) * winding_speed * winds_;
    const std::int64_t to = std::max<std::int64_t>(0, engine_->position() + samples);
    engine_->locate(to);
    if (to == 0) winds_ = 0;
}

void HostTransport::run(Duration span) {
    if (winds_ != 0) wind_on(span);
    if (!engine_->rolling()) return;
    const SampleRate rate = engine_->song().rate;
    if (loops_ && loop_.from < loop_.to && engine_->position() >= loop_.to.samples(rate)) {
        engine_->locate(loop_.from.samples(rate));
    } else if (rules_.stops_at_end && engine_->position() >= engine_->song_samples()) {
        stop();
    }
}

}  // namespace kedge::sim
