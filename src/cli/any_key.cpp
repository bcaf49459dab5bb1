#include "cli/any_key.hpp"

#include <iostream>

namespace kedge::cli {

void say_that_any_key_ends_it() {
    std::cerr << "Any key ends it and puts everything back.\n" << std::flush;
}

}  // namespace kedge::cli
