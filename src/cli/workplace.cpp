#include "cli/workplace.hpp"

#include "engine/observe_job.hpp"
#include "io/state_files.hpp"

namespace kedge::cli {

Result<journal::Journal*> Workplace::journal() {
    if (!journal_) {
        const auto folder = io::state_folder();
        if (!folder) return tl::unexpected(folder.error());
        auto opened = journal::open_journal((*folder / "journal.sqlite").string());
        if (!opened) return tl::unexpected(opened.error());
        journal_ = std::move(*opened);
    }
    return journal_.get();
}

Result<engine::TapeShelf*> Workplace::tapes() {
    if (!tapes_) {
        const auto folder = io::state_folder();
        if (!folder) return tl::unexpected(folder.error());
        tapes_ = std::make_unique<io::FileTapeShelf>(*folder / "tapes");
    }
    return tapes_.get();
}

Result<Connection*> Workplace::connection() {
    if (!connection_) {
        auto opened =
            loop_ ? Connection::open(settings_, progress_, *loop_) : Connection::open(settings_, progress_);
        if (!opened) return tl::unexpected(opened.error());
        connection_ = std::move(*opened);
    }
    return connection_.get();
}

Result<Connection*> Workplace::connected() {
    auto connection = this->connection();
    if (!connection) return connection;
    engine::ObserveJob glance(Duration::zero());
    if (const auto ran = (*connection)->run(glance); !ran) return tl::unexpected(ran.error());
    return connection;
}

std::string Workplace::session() const {
    return connection_ ? connection_->surface().mixer().session.name : std::string();
}

}  // namespace kedge::cli
