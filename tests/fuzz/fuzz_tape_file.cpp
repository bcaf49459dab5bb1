#include "measure/tape_file.hpp"

#include <cstdlib>

// Whatever the bytes, decoding gives a tape or an error; a tape that was taken is the same after writing it
// again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    const auto tape = kedge::measure::decode_tape(bytes);
    if (!tape) return 0;
    const auto again = kedge::measure::encode_tape(*tape);
    if (!kedge::measure::decode_tape(again)) std::abort();
    return 0;
}
