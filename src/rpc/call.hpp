#pragma once

#include "rpc/codes.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <boost/json.hpp>

namespace kedge::rpc {

/// No batch holds more calls.
inline constexpr std::size_t largest_batch = 64;

/// A method called by a client. `params` are by name; none is an empty object.
struct Call {
    std::optional<boost::json::value>
        id;  ///< string, number or null; absent in a notification, which nobody answers
    std::string method;
    boost::json::object params;
};

/// What a call is answered with instead of a result. Message and `next` are sentences for a person.
struct Fault {
    boost::json::value id;  ///< null when the call's own could not be read
    Code code = Code::internal_error;
    std::string message;
    std::string next;               ///< what to do; may be empty
    boost::json::object data = {};  ///< more, by name
};

/// What one line asks for, in order.
struct Incoming {
    bool batch = false;  ///< the answers go into one array, on one line
    std::vector<std::variant<Call, Fault>> items;
};

/// Reads one line. Anything at all may be in it: what is no call becomes the fault to answer with. A
/// notification that cannot be carried out is left out, as nobody may answer it.
[[nodiscard]] Incoming parse(std::string_view line);

}  // namespace kedge::rpc
