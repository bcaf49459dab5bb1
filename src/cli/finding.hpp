#pragma once

#include <string>

namespace kedge::cli {

/// What `kedge doctor` found, and what to do where it is not good.
struct Finding {
    bool good = true;
    std::string what;
    std::string next;
};

}  // namespace kedge::cli
