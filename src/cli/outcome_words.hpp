#pragma once

#include "cli/outcome.hpp"
#include "rpc/reply.hpp"
#include "rpc/switchboard.hpp"

namespace kedge::cli {

/// An outcome as the daemon answers with it: {"document", "text", "exit"}, or a fault that holds the same
/// beside its error.
[[nodiscard]] rpc::Outcome answer_of(const Outcome& outcome);
/// And back, on the client's side.
[[nodiscard]] Outcome outcome_of(const rpc::Answer& answer);
/// An error as a fault.
[[nodiscard]] rpc::Fault fault_of(const Error& error);

}  // namespace kedge::cli
