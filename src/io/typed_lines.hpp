#pragma once

#include <string>
#include <vector>

namespace kedge::io {

/// What is typed on standard input, or comes over a pipe, line by line; it never waits. On the loop thread.
class TypedLines {
  public:
    /// Whole lines that came since; what stands before the end of input is a line as well.
    [[nodiscard]] std::vector<std::string> take();
    [[nodiscard]] bool ended() const { return ended_; }

  private:
    std::string begun_;
    bool ended_ = false;
};

}  // namespace kedge::io
