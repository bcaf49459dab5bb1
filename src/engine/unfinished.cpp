#include "engine/unfinished.hpp"

#include <fmt/format.h>

namespace kedge::engine {

Result<void> check_nothing_unfinished(const journal::Journal& journal, const std::string& session) {
    const auto unfinished = journal.unfinished(session);
    if (!unfinished) return tl::unexpected(unfinished.error());
    if (unfinished->empty()) return {};
    const Pass& pass = unfinished->back();
    return fail(ErrorKind::refused,
                fmt::format("Pass {} ({}) of session '{}' was cut off and is not settled.", pass.id.value,
                            to_string(pass.kind), session),
                pass.kind == PassKind::rebuild
                    ? "`kedge recover` says where its mutes stand; `kedge recover --roll-back` opens them."
                : pass.kind == PassKind::fader_law
                    ? "`kedge recover --roll-back` puts its fader back."
                    : "`kedge recover` says where its controls stand; `kedge recover --finish` or `kedge "
                      "recover --roll-back` settles it.");
}

}  // namespace kedge::engine
