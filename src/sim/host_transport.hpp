#pragma once

#include "core/time.hpp"
#include "sim/audio_engine.hpp"
#include "sim/song.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace kedge::sim {

/// In what the transports of DAWs differ.
struct TransportRules {
    bool arrows_go_by_marker = false;  ///< rewind and forward jump to markers instead of winding
    bool stop_returns = false;         ///< to where the song was started from
    bool stops_at_end = false;         ///< of the last sound
};

/// The transport of a DAW as the buttons of a surface work it.
class HostTransport {
  public:
    /// The engine outlives it.
    HostTransport(AudioEngine& engine, TransportRules rules) : engine_(&engine), rules_(rules) { forget(); }

    /// While it plays it begins again where it was started.
    void play();
    void stop();
    /// What winds goes on until it is stopped or played.
    void rewind();
    void fast_forward();
    void to_start();
    void to_end();
    /// To the marker before (-1) or after (1); where there is none, to that end of the song.
    void go_to_marker(int way);
    void add_marker();
    void toggle_loop() { loops_ = !loops_; }
    void toggle_record() { records_ = !records_; }
    void toggle_click() { clicks_ = !clicks_; }
    void set_loop(SongRange range) { loop_ = range; }
    void locate(SongTime to);
    /// Another song was opened.
    void forget();

    /// So much time went by: winds, loops and ends.
    void run(Duration span);

    [[nodiscard]] bool rolls() const { return engine_->rolling(); }
    [[nodiscard]] int winds() const { return winds_; }  ///< -1 backward, 1 forward
    [[nodiscard]] bool loops() const { return loops_; }
    [[nodiscard]] bool records() const { return records_; }
    [[nodiscard]] bool clicks() const { return clicks_; }
    [[nodiscard]] SongTime position() const;
    [[nodiscard]] const std::vector<Marker>& markers() const { return markers_; }

  private:
    void wind(int way);
    void wind_on(Duration span);

    AudioEngine* engine_;
    TransportRules rules_;
    std::vector<Marker> markers_;
    std::int64_t started_at_ = 0;
    SongRange loop_{};
    int winds_ = 0;
    bool loops_ = false;
    bool records_ = false;
    bool clicks_ = false;
};

}  // namespace kedge::sim
