#pragma once

#include "unit/ardour/scripted_ardour.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace kedge::test {

/// The frames of a folder of tests/golden/ardour ("valid", "invalid") by name, without ".osc".
[[nodiscard]] std::map<std::string, Bytes> golden_frames(std::string_view folder);

/// Datagrams in one file, each after its length as two bytes, the higher first.
[[nodiscard]] std::vector<Bytes> golden_datagrams(std::string_view file);

/// As OSC: "/strip/gain/2 f -3", messages of a bundle joined by " + ", "malformed" at the end if it is.
[[nodiscard]] std::string in_osc(const Bytes& frame);

/// What a session that is Ready with 18 strips makes of it: "strip 2 fader -3.0 dB", "counted as malformed",
/// "nothing".
[[nodiscard]] std::string as_heard(const Bytes& frame);

struct GoldenRow {
    std::string_view name;
    std::string_view osc;
    std::string_view heard;
};

/// Every frame of the folder is as its row says; a frame without a row fails, and a row without a frame.
void check_golden(std::string_view folder, std::span<const GoldenRow> rows);

}  // namespace kedge::test
