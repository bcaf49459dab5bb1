#include "engine/line_report.hpp"

#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

Error not_written(const LineEnd& end, const std::string& what) {
    const Pass& pass = *end.pass;
    const Error cause = end.cause.value_or(Error{ErrorKind::refused, "Nothing is known of why.", {}});
    switch (pass.state) {
        case PassState::prepared:
            return {ErrorKind::no_daw,
                    fmt::format("The DAW fell silent in the middle of the {} (pass {}): {}", what,
                                pass.id.value, cause.message),
                    "`kedge recover` says where the pass stands, and finishes it or rolls it back."};
        case PassState::rolled_back:
            return {ErrorKind::rolled_back,
                    fmt::format("The {} was not written, and all is as it was. {}", what, cause.message),
                    cause.next};
        default:
            return {ErrorKind::refused,
                    fmt::format("The {} was not written, nor wholly taken back. {}", what, cause.message),
                    fmt::format("`kedge show {}` says which faders do not hold what they held before.",
                                pass.id.value)};
    }
}

}  // namespace

void settle_line_report(LineReport& report, LineEnd end, const std::string& what,
                        const std::string& by_force) {
    if (end.refused) {
        report.error = std::move(end.refused);
        return;
    }
    report.pass = end.pass;
    if (end.pass && end.pass->state != PassState::applied) {
        report.error = not_written(end, what);
    } else if (end.cause) {
        report.error = std::move(end.cause);
    } else if (const auto left = report.conflicts.size() + report.gone.size(); left > 0) {
        report.error =
            Error{ErrorKind::conflict,
                  fmt::format("{} left alone: {}.",
                              left == 1 ? std::string("One fader was") : fmt::format("{} faders were", left),
                              report.conflicts.empty() ? "not there any more"
                                                       : "changed by hand since, or not there any more"),
                  by_force};
    }
}

}  // namespace kedge::engine
