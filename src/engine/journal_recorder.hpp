#pragma once

#include "engine/unfinished.hpp"
#include "journal/journal.hpp"
#include "surface/pass_runner.hpp"

namespace kedge::engine {

/// Lets the pass runner write to the journal, and tells the journal's watcher.
class JournalRecorder : public surface::PassRecorder {
  public:
    explicit JournalRecorder(journal::Journal& journal) : journal_(journal) {}
    /// Refused while another pass of the session is unfinished: nobody writes over what is not settled.
    Result<PassId> record_prepared(const Pass& pass) override {
        if (auto clear = check_nothing_unfinished(journal_, pass.session); !clear)
            return tl::unexpected(clear.error());
        auto id = journal_.append(pass);
        if (id && journal_.watcher) {
            Pass recorded = pass;
            recorded.id = *id;
            journal_.watcher(recorded);
        }
        return id;
    }
    Result<void> record_outcome(const Pass& pass) override {
        auto settled = journal_.settle(pass);
        if (settled && journal_.watcher) journal_.watcher(pass);
        return settled;
    }

  private:
    journal::Journal& journal_;
};

}  // namespace kedge::engine
