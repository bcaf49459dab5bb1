#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace kedge::io {

/// A client's end of a daemon's socket, for the command line: one thread, which waits. Errors are of kind
/// refused, but for give_up().
class UnixClient {
  public:
    /// nullptr when nobody answers there.
    [[nodiscard]] static std::unique_ptr<UnixClient> connect(const std::filesystem::path& path);
    ~UnixClient();

    /// `line` has its end.
    Result<void> send(std::string_view line);
    /// The next line, without its end, waited for at most so long.
    [[nodiscard]] Result<std::string> receive(Duration patience);
    /// Calls `what`, from within receive(), for every Ctrl-C, SIGTERM and SIGHUP from now on.
    void on_end_signal(std::function<void()> what);
    /// Calls `what`, from within receive(), for every key on this process's terminal from now on. Returns
    /// whether any can come.
    bool on_key(std::function<void()> what);
    /// From within receive(): it ends at once, with an error of kind interrupted.
    void give_up();

  private:
    struct State;
    explicit UnixClient(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace kedge::io
