#pragma once

#include "rpc/call.hpp"

#include <string>
#include <string_view>

#include <boost/json.hpp>

namespace kedge::rpc {

/// The answer to a call that was carried out.
[[nodiscard]] boost::json::object answer(const boost::json::value& id, boost::json::value result);
/// The answer to one that was not: {"code", "message", "data": {"next", ...}}.
[[nodiscard]] boost::json::object answer(const Fault& fault);
/// What is told to those who subscribed.
[[nodiscard]] boost::json::object notification(std::string_view method, boost::json::object params);
/// A call, on the client's side.
[[nodiscard]] boost::json::object request(const boost::json::value& id, std::string_view method,
                                          boost::json::object params);

/// The document on one line, its end included. A byte that is no UTF-8 becomes U+FFFD.
[[nodiscard]] std::string line_of(const boost::json::value& document);

}  // namespace kedge::rpc
