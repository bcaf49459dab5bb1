#include "control/turn_encoding.hpp"

namespace kedge::control {

int ticks_in(midi::Data7 value, TurnEncoding encoding) {
    constexpr int sign = 0x40;
    const int said = value.value();
    const bool is_signed = (said & sign) != 0;
    const int size = said & (sign - 1);
    switch (encoding) {
        case TurnEncoding::twos_complement:
            return is_signed ? said - 2 * sign : said;
        case TurnEncoding::binary_offset:
            return said - sign;
        case TurnEncoding::sign_is_back:
            return is_signed ? -size : size;
        case TurnEncoding::sign_is_clockwise:
            return is_signed ? size : -size;
    }
    return 0;
}

}  // namespace kedge::control
