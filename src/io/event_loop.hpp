#pragma once

#include "core/time.hpp"

#include <functional>
#include <memory>

namespace kedge::io {

/// What the one loop thread waits on: everything of src/io that is opened on the same loop is served by
/// whoever pumps it. Outlives what is opened on it. Not to be shared between threads.
class EventLoop {
  public:
    EventLoop();
    ~EventLoop();

    /// Waits until one thing happens, at most `span`, and does what is to be done for it.
    void run_one_for(Duration span);
    /// Goes on like this until `done` says so, at most `span`. Returns whether it did.
    bool run_until(const std::function<bool()>& done, Duration span);
    /// Calls `what` on the loop's thread for every SIGINT, SIGTERM and SIGHUP from now on; they end the
    /// process no more (io/end_signals.hpp).
    void on_end_signal(std::function<void()> what);
    /// Calls `what` once, soon, when what is being done now is over.
    void post(std::function<void()> what);
    /// Calls `what` every `period`, as long as the loop lives.
    void every(Duration period, std::function<void()> what);

    /// For the sources of src/io: see io/asio_context.hpp.
    struct Context;
    [[nodiscard]] Context& context() { return *context_; }

  private:
    std::unique_ptr<Context> context_;
};

}  // namespace kedge::io
