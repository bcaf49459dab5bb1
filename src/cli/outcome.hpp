#pragma once

#include "core/result.hpp"

#include <optional>
#include <string>

#include <boost/json.hpp>

namespace kedge::cli {

struct Settings;

/// What a command has to say: a document for --json, the same in words for a person, and how it ended. A
/// command gives it back and prints nothing, so that it may run in another process than the one that prints.
struct Outcome {
    boost::json::object document;  ///< without the error, which is added when it is printed
    std::string text;              ///< ends with a line end, or is empty
    std::optional<Error> error;
    int exit = 0;

    /// Nothing but an error, and its exit code.
    static Outcome failed(const Error& why);
    /// The error of work that also has something to show.
    void fail_with(const Error& why);
    /// The document, with the error in it when there is one.
    [[nodiscard]] boost::json::object whole_document() const;
};

/// Prints an outcome the way the settings ask for, an error as two sentences on stderr, and gives its exit
/// code.
int print(const Settings& settings, const Outcome& outcome);
/// Likewise, when there is nothing but an error.
int report(const Settings& settings, const Error& error);

}  // namespace kedge::cli
