#include "engine/suggestion_job.hpp"

#include "engine/unfinished.hpp"

#include <utility>

namespace kedge::engine {

SuggestionJob::SuggestionJob(StripId strip, control::Suggestion suggestion, std::string surface_name,
                             WallTime created, const journal::Journal& journal,
                             surface::PassRecorder& recorder)
    : PassJob("accepting", recorder),
      strip_(strip),
      suggestion_(std::move(suggestion)),
      surface_name_(std::move(surface_name)),
      created_(created),
      journal_(journal) {}

void SuggestionJob::start(Desk& desk) {
    apply(desk, order(desk));
}

Result<PassOrder> SuggestionJob::order(const Desk& desk) const {
    const std::string& session = desk.mixer().session.name;
    if (auto clear = check_nothing_unfinished(journal_, session); !clear)
        return tl::unexpected(clear.error());
    if (desk.mixer().find(strip_) == nullptr)
        return fail(ErrorKind::refused, "The strip of this suggestion is no longer in the mixer.",
                    "Listen again for other suggestions.");
    PassOrder order;
    order.header.kind = PassKind::refine;
    order.header.surface = surface_name_;
    order.header.session = session;
    order.header.created = created_;
    order.wishes.push_back({strip_, Control::fader, suggestion_.to, ControlValue(suggestion_.from),
                            suggestion_.rule, suggestion_.reason});
    return order;
}

void SuggestionJob::ended(PassEnd end) {
    settle_report(report_, std::move(end), "step", "Listen again for a suggestion from where it stands.");
}

}  // namespace kedge::engine
