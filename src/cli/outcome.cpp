#include "cli/outcome.hpp"

#include "cli/json_out.hpp"
#include "cli/settings.hpp"

#include <iostream>
#include <utility>

namespace kedge::cli {

Outcome Outcome::failed(const Error& why) {
    Outcome outcome;
    outcome.fail_with(why);
    return outcome;
}

void Outcome::fail_with(const Error& why) {
    error = why;
    exit = exit_code(why.kind);
}

boost::json::object Outcome::whole_document() const {
    auto whole = document;
    if (error) whole["error"] = json_of(*error);
    return whole;
}

int print(const Settings& settings, const Outcome& outcome) {
    if (settings.json) {
        print_document(outcome.whole_document());
    } else {
        std::cout << outcome.text;
    }
    std::cout.flush();
    if (outcome.error) {
        std::cerr << "kedge: " << outcome.error->message << "\n";
        if (!outcome.error->next.empty()) std::cerr << "       " << outcome.error->next << "\n";
    }
    return outcome.exit;
}

int report(const Settings& settings, const Error& error) {
    return print(settings, Outcome::failed(error));
}

}  // namespace kedge::cli
