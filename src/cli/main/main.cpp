#include "cli/command_line.hpp"

int main(int argc, char** argv) {
    return kedge::cli::run(argc, argv);
}
