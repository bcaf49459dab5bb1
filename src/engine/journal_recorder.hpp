#pragma once

#include "engine/unfinished.hpp"
#include "journal/journal.hpp"
#include "surface/pass_runner.hpp"

namespace kedge::engine {

/// Lets the pass runner write to the journal.
class JournalRecorder : public surface::PassRecorder {
  public:
    explicit JournalRecorder(journal::Journal& journal) : journal_(journal) {}
    /// Refused while another pass of the session is unfinished: nobody writes over what is not settled.
    Result<PassId> record_prepared(const Pass& pass) override {
        if (auto clear = check_nothing_unfinished(journal_, pass.session); !clear)
            return tl::unexpected(clear.error());
        return journal_.append(pass);
    }
    Result<void> record_outcome(const Pass& pass) override { return journal_.settle(pass); }

  private:
    journal::Journal& journal_;
};

}  // namespace kedge::engine
