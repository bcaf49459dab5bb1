#pragma once

#include "reaper/pattern_file.hpp"

#include <span>
#include <string>
#include <string_view>

namespace kedge::test {

/// A pattern file in tests/golden/reaper as text.
std::string golden_pattern_text(std::string_view name);
/// REAPER's stock patterns, read once.
const reaper::PatternFile& stock_file();
/// kedge's own pattern file, read once.
const reaper::PatternFile& kedge_file();

/// The patterns as a file has them: "n/track/volume n/track/@/volume".
std::string words_of(std::span<const reaper::Pattern> patterns);
/// Each ignored line as "3: what", with a "!" in front where it spoils the file.
std::string ignored_words(const reaper::PatternFile& file);

/// A key with all its patterns in short: behind the flag, T stands for the current track's and any track's
/// address, X and Q so for an insert and for ReaEQ, I for the instrument.
struct KeyRow {
    std::string_view key;
    std::string_view patterns;
};
/// What stands for the short patterns in a file.
std::string expanded(std::string_view patterns);

}  // namespace kedge::test
