#include "unit/reaper/stock_file.hpp"

#include "profiles/shipped_profiles.hpp"
#include "support/catch.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <vector>

namespace kedge::test {

using namespace kedge::reaper;

namespace {

std::vector<std::string> addresses_of(char letter, const std::string& rest) {
    switch (letter) {
        case 'T':
            return {"/track" + rest, "/track/@" + rest};
        case 'X':
            return {"/fx" + rest, "/fx/@" + rest, "/track/@/fx/@" + rest};
        case 'Q':
            return {"/fxeq" + rest, "/track/@/fxeq" + rest};
        case 'I':
            return {"/fxinst" + rest, "/track/@/fxinst" + rest};
        default:
            return {letter + rest};
    }
}

}  // namespace

std::string golden_pattern_text(std::string_view name) {
    const auto path = std::filesystem::path(KEDGE_SOURCE_DIR) / "tests" / "golden" / "reaper" / name;
    std::ifstream in(path, std::ios::binary);
    REQUIRE(in.good());
    return {std::istreambuf_iterator<char>(in), {}};
}

const PatternFile& stock_file() {
    static const PatternFile file = PatternFile::read(golden_pattern_text("stock.ReaperOSC"));
    return file;
}

const PatternFile& kedge_file() {
    static const PatternFile file = [] {
        for (const auto& shipped : shipped_profiles())
            if (shipped.path == "daws/kedge.ReaperOSC") return PatternFile::read(shipped.text);
        FAIL("daws/kedge.ReaperOSC is not shipped");
        return PatternFile();
    }();
    return file;
}

std::string words_of(std::span<const Pattern> patterns) {
    std::string words;
    for (const Pattern& pattern : patterns) {
        if (!words.empty()) words += ' ';
        words += letter(pattern.flag) + pattern.address;
    }
    return words;
}

std::string ignored_words(const PatternFile& file) {
    std::string words;
    for (const IgnoredLine& ignored : file.ignored())
        words += (ignored.spoils_file ? "!" : "") + std::to_string(ignored.line) + ": " + ignored.what + "\n";
    return words;
}

std::string expanded(std::string_view patterns) {
    std::istringstream in{std::string(patterns)};
    std::string words;
    for (std::string word; in >> word;)
        for (const auto& address : addresses_of(word[1], word.substr(2)))
            words += (words.empty() ? "" : " ") + word.substr(0, 1) + address;
    return words;
}

}  // namespace kedge::test
