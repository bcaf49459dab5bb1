#pragma once

// Debian's Catch2 2.13 is one header that does not pass our warnings: it is included here and nowhere else.
#pragma GCC system_header
#include <catch2/catch.hpp>
