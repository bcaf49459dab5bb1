#pragma once

#include "core/time.hpp"

#include <optional>
#include <string>
#include <variant>

namespace kedge::engine {

/// So many bars of the song, by the DAW's own tempo and meter; above 0.
struct Bars {
    int count = 1;
    constexpr bool operator==(const Bars&) const = default;
};
/// How long a layer is heard before the next one comes in: bars, or song time above 0.
using LayerSpan = std::variant<Bars, Duration>;

/// Counts how long a layer was heard, by what the DAW reports while its song plays. A transport that stands
/// lets nothing pass, and a jump counts as no more than one bar, or no time at all.
class LayerTurn {
  public:
    explicit LayerTurn(LayerSpan span) : span_(span) {}

    /// The next layer's turn begins. What the last one was heard too long is not forgotten: turns stay on the
    /// grid.
    void begin();
    void bar(int bar, bool rolling);
    void position(SongTime at, bool rolling);

    [[nodiscard]] bool over() const;
    /// 0..1
    [[nodiscard]] double share() const;
    /// "bar 3 of 8", "0:04.2 of 0:15.0"
    [[nodiscard]] std::string words() const;

  private:
    LayerSpan span_;
    int bars_ = 0;
    Duration heard_{};
    std::optional<int> last_bar_;
    std::optional<SongTime> last_position_;
};

}  // namespace kedge::engine
