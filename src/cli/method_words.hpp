#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

namespace CLI {
class App;
}

/// The commands of the command line as methods of the daemon, and back: `kedge roles set NAME ROLE` is
/// roles.set with the parameters strip and role, `--listen 45s` is the parameter listen. Nothing is listed
/// twice: what a command takes, its method takes.
namespace kedge::cli {

enum class ParameterKind { flag, number, text };
[[nodiscard]] std::string_view to_string(ParameterKind kind);

/// One parameter of a method.
struct Parameter {
    std::string name;  ///< without dashes
    ParameterKind kind = ParameterKind::text;
    bool many = false;        ///< a list of them too
    bool positional = false;  ///< written by its place on the command line
    bool required = false;
    std::string what;    ///< for a person
    bool whole = false;  ///< a number without a fraction
};

struct Method {
    std::string name;
    std::string what;
    std::vector<Parameter> parameters;
    [[nodiscard]] const Parameter* parameter(std::string_view wanted) const;
};

/// The name of a command's method: "roles.set".
[[nodiscard]] std::string method_name(const CLI::App& command);
/// The method of one command, with the parameters of its own; of `shared`, those of the whole command line
/// that it takes too.
[[nodiscard]] Method method_of(const CLI::App& command, const std::vector<std::string>& shared = {});

/// A usage error names a parameter that is unknown (and the nearest one), missing, of another type, or empty.
[[nodiscard]] Result<void> check_params(const Method& method, const boost::json::object& params);
/// The words of the command line for a call; the usage errors of check_params.
[[nodiscard]] Result<std::vector<std::string>> words_of_call(const Method& method,
                                                             const boost::json::object& params);
/// The parameters of a command that was parsed; those of `shared` too that were given.
[[nodiscard]] boost::json::object params_of_command(const CLI::App& command,
                                                    const std::vector<std::string>& shared = {});

}  // namespace kedge::cli
