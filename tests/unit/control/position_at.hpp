#pragma once

#include "core/fader_position.hpp"

namespace kedge::control::test {

inline FaderPosition at(int value) {
    return FaderPosition(value);
}

}  // namespace kedge::control::test
