#pragma once

namespace kedge::cli {

/// The kedge command. Exit codes: 0 done, 1 failed, 2 usage, 3 no DAW, 4 rolled back, 5 conflicts left.
int run(int argc, char** argv);

}  // namespace kedge::cli
