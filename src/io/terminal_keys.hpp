#pragma once

#include "io/event_loop.hpp"

#include <functional>
#include <memory>

namespace kedge::io {

/// Tells of every key that is pressed on this process's terminal, as long as it lives: keys arrive at once
/// and are not shown. Ctrl-C stays the signal that it is; Ctrl-Z and Ctrl-\ are keys like any other, so that
/// nobody stops or drops what is to be brought to its end. What was typed before, or after the key, is
/// thrown away, and the terminal is put back as it was at the end.
class TerminalKeys {
  public:
    /// `on_key` is called on the loop's thread. nullptr when stdin is no terminal, or is one that another
    /// process has (kedge runs in the background): then no key comes. The loop outlives this.
    [[nodiscard]] static std::unique_ptr<TerminalKeys> open(EventLoop& loop, std::function<void()> on_key);
    ~TerminalKeys();
    TerminalKeys(const TerminalKeys&) = delete;
    TerminalKeys& operator=(const TerminalKeys&) = delete;

  private:
    struct State;
    explicit TerminalKeys(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace kedge::io
