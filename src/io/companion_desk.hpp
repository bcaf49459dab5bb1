#pragma once

#include "io/event_loop.hpp"
#include "surface/surface.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace kedge::io {

/// Where requests for the companion script inside a DAW are laid down, and answers by a file found. On the
/// loop's thread.
class CompanionDesk {
  public:
    /// `on_answer` is called from the loop with what a script left as its answer.
    CompanionDesk(EventLoop& loop, std::function<void(const std::string&)> on_answer);
    ~CompanionDesk();

    /// The file that the script looks into; without one requests are dropped.
    void use(std::optional<std::filesystem::path> file);
    /// Carries a HandOver out; messages that a script sends as its answer come to `reply_port`. False where
    /// the request could not be laid down.
    [[nodiscard]] bool hand_over(const surface::HandOver& hand, std::uint16_t reply_port);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kedge::io
