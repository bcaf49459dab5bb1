#pragma once

#include "hui/messages.hpp"
#include "support/random_midi.hpp"

#include <random>

namespace kedge::test {

/// Random messages of a HUI and its host from a generator whose seed the test prints.
class RandomHui {
  public:
    explicit RandomHui(std::mt19937& random) : random_(random) {}

    [[nodiscard]] midi::Message any_midi() { return random_.message(); }
    [[nodiscard]] int number(int below) { return random_.number(below); }

    /// Texts of one to four zones.
    [[nodiscard]] hui::ToHui to_hui();
    [[nodiscard]] hui::FromHui from_hui();

  private:
    template <typename Kind>
    [[nodiscard]] Kind place() {
        return Kind(random_.number(Kind::count));
    }
    template <typename Kind>
    [[nodiscard]] Kind ticks() {
        const int far = 1 + random_.number(Kind::most);
        return Kind(random_.number(2) == 0 ? far : -far);
    }
    [[nodiscard]] bool coin() { return random_.number(2) == 0; }
    [[nodiscard]] hui::Switch any_switch();
    [[nodiscard]] hui::Switch pressed_switch();
    [[nodiscard]] hui::ShowLabel label();
    [[nodiscard]] hui::ShowText text();
    [[nodiscard]] hui::ShowTime time();

    RandomMidi random_;
};

}  // namespace kedge::test
