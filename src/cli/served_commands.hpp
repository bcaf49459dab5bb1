#pragma once

#include "cli/method_words.hpp"
#include "cli/outcome.hpp"
#include "cli/workplace.hpp"
#include "rpc/switchboard.hpp"

#include <string>
#include <vector>

#include <boost/json.hpp>

namespace kedge::cli {

/// A command of the command line that the daemon serves too.
struct ServedCommand {
    Method method;
    rpc::Manner manner;
};
/// Every one of them, in the order of `kedge --help`.
[[nodiscard]] std::vector<ServedCommand> served_commands();

/// Carries a served command out. What is wrong with its words is a usage error.
Outcome serve(Workplace& place, const std::string& method, const boost::json::object& params);

}  // namespace kedge::cli
