#pragma once

#include "core/result.hpp"

#include <optional>
#include <string_view>

namespace kedge::rpc {

/// Why a call was not answered with a result. The first five are JSON-RPC's own; from -32000 down they are
/// kedge's.
enum class Code : int {
    parse_error = -32700,       ///< the line is not JSON
    invalid_request = -32600,   ///< JSON, but no JSON-RPC 2.0 call
    method_not_found = -32601,  ///< no such method
    invalid_params = -32602,    ///< a parameter is unknown, missing, or of another type
    internal_error = -32603,    ///< a bug

    usage = -32000,        ///< ErrorKind::usage
    no_daw = -32001,       ///< ErrorKind::no_daw
    refused = -32002,      ///< ErrorKind::refused
    rolled_back = -32003,  ///< ErrorKind::rolled_back
    conflict = -32004,     ///< ErrorKind::conflict
    storage = -32005,      ///< ErrorKind::storage
    interrupted = -32006,  ///< ErrorKind::interrupted

    busy = -32010,              ///< another command is at work
    too_large = -32011,         ///< the request is longer than longest_request; the connection is closed
    too_many_clients = -32012,  ///< the daemon serves no more at once; the connection is closed
    ending = -32013,            ///< the daemon was told to end
};

[[nodiscard]] Code code_of(ErrorKind kind);
/// nullopt for the codes that stand for no kind of kedge's own.
[[nodiscard]] std::optional<ErrorKind> kind_of(Code code);

}  // namespace kedge::rpc
