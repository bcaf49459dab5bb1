#pragma once

namespace kedge::cli {

/// Tells the user on stderr what a key is for, before work that any key ends.
void say_that_any_key_ends_it();

}  // namespace kedge::cli
