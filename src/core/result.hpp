#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace kedge {

/// Why an expected failure happened, by kind: the command line turns it into an exit code.
enum class ErrorKind {
    usage,        ///< the words or files given to us are wrong; exit 2
    no_daw,       ///< nobody answers, or the connection was lost; exit 3
    refused,      ///< the DAW or a rule of ours says no; exit 1
    rolled_back,  ///< a pass could not be completed and was taken back; exit 4
    conflict,     ///< somebody moved the control since; exit 5
    storage,      ///< journal, tape or profile cannot be read or written; exit 1
    interrupted,  ///< the user stopped it; exit 1
};

/// An expected failure: what happened and what to do next. Both are sentences for a person.
struct Error {
    ErrorKind kind = ErrorKind::refused;
    std::string message;  ///< the cause: "No answer from 127.0.0.1:3819 within 3 s."
    std::string next;     ///< the next step: which menu, which port, which command. May be empty.
};

template <typename T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, std::string message, std::string next = {}) {
    return tl::unexpected<Error>(Error{kind, std::move(message), std::move(next)});
}

}  // namespace kedge
