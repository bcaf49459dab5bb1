#pragma once

#include "cli/connection.hpp"
#include "cli/settings.hpp"
#include "engine/tape_shelf.hpp"
#include "io/event_loop.hpp"
#include "journal/journal.hpp"

#include <memory>

namespace kedge::cli {

/// What commands work with: the journal and the connection to the DAW, opened when first asked for and then
/// kept, so that several commands may run one after the other.
class Workplace {
  public:
    /// `settings` and `progress` outlive the workplace.
    Workplace(const Settings& settings, ProgressView& progress) : settings_(settings), progress_(progress) {}
    /// A workplace on a loop that serves others too; it outlives the workplace.
    Workplace(const Settings& settings, ProgressView& progress, io::EventLoop& loop)
        : settings_(settings), progress_(progress), loop_(&loop) {}

    [[nodiscard]] const Settings& settings() const { return settings_; }
    /// The user's journal in the state folder.
    Result<journal::Journal*> journal();
    /// Where tapes are kept, in the state folder.
    Result<engine::TapeShelf*> tapes();
    /// The connection; its mixer is known once a job has run.
    Result<Connection*> connection();
    /// The connection, its mixer known. No DAW is an error that says what to turn on.
    Result<Connection*> connected();
    /// The session that the DAW has open, when it was connected to; else empty.
    [[nodiscard]] std::string session() const;

  private:
    const Settings& settings_;
    ProgressView& progress_;
    io::EventLoop* loop_ = nullptr;
    std::unique_ptr<journal::Journal> journal_;
    std::unique_ptr<engine::TapeShelf> tapes_;
    std::unique_ptr<Connection> connection_;
};

}  // namespace kedge::cli
