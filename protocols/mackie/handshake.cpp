#include "mackie/handshake.hpp"

namespace kedge::mackie {

namespace {

midi::Data7 low_seven(int number) {
    return midi::Data7(number & 0x7F);
}

/// Of a number of seven bits; by seven and more nothing is left.
int shifted_right(int number, int by) {
    return by < 7 ? number >> by : 0;
}

}  // namespace

Response response_to(const Challenge& challenge, ResponseShift shift) {
    const int c0 = challenge.numbers[0].value();
    const int c1 = challenge.numbers[1].value();
    const int c2 = challenge.numbers[2].value();
    const int c3 = challenge.numbers[3].value();
    const int by = shift == ResponseShift::by_four ? 4 : c3;
    return {{low_seven(c0 + (c1 ^ 0x0A) - c3), low_seven(shifted_right(c2, by) ^ (c0 + c3)),
             low_seven((c3 - (c2 << 2)) ^ (c0 | c1)), low_seven(c1 - c2 + (0xF0 ^ (c3 << 4)))}};
}

bool answers(const Challenge& challenge, const Response& response) {
    return response == response_to(challenge, ResponseShift::by_fourth) ||
           response == response_to(challenge, ResponseShift::by_four);
}

}  // namespace kedge::mackie
