#pragma once

#include "core/result.hpp"
#include "rpc/call.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <boost/json.hpp>

namespace kedge::rpc {

/// What the daemon answered: a result, or the fault.
struct Answer {
    boost::json::value id;
    boost::json::value result;
    std::optional<Fault> fault;
};
/// What the daemon tells of its own accord.
struct Notice {
    std::string method;
    boost::json::object params;
};
using Reply = std::variant<Answer, Notice>;

/// Reads one line from a daemon; not for batches. An error of kind refused when it is neither.
[[nodiscard]] Result<Reply> parse_reply(std::string_view line);

}  // namespace kedge::rpc
