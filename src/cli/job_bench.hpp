#pragma once

#include "cli/connection.hpp"
#include "cli/outcome.hpp"
#include "cli/workplace.hpp"
#include "journal/journal.hpp"

#include <optional>
#include <string>
#include <utility>

#include <boost/json.hpp>

namespace kedge::cli {

/// The journal, and the DAW of the workplace with its mixer known.
struct Bench {
    journal::Journal* journal;
    Connection* connection;
};

inline Result<Bench> bench_of(Workplace& place) {
    const auto journal = place.journal();
    if (!journal) return tl::unexpected(journal.error());
    const auto connection = place.connected();
    if (!connection) return tl::unexpected(connection.error());
    return Bench{*journal, *connection};
}

/// The outcome of a job that is over.
inline Outcome outcome_of(boost::json::object document, std::string text, const std::optional<Error>& error) {
    Outcome outcome;
    outcome.document = std::move(document);
    outcome.text = std::move(text);
    if (error) outcome.fail_with(*error);
    return outcome;
}

}  // namespace kedge::cli
