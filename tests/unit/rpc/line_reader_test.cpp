#include "rpc/line_reader.hpp"

#include "support/catch.hpp"

#include <random>

using namespace kedge;

namespace {

/// The lines of a text, split without a LineReader.
std::vector<std::string> lines_of_text(const std::string& text) {
    std::vector<std::string> lines;
    std::string line;
    for (const char c : text) {
        if (c != '\n') {
            line += c;
            continue;
        }
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (!line.empty()) lines.push_back(line);
        line.clear();
    }
    return lines;
}

}  // namespace

TEST_CASE("Lines are whole however the bytes are cut") {
    const auto seed = GENERATE(range(1U, 50U));
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::string text;
    for (int i = 0; i < 200; ++i) text += "ab{}\"\r\n\n\n"[random() % 9];
    rpc::LineReader reader;
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t piece = random() % 7;
        REQUIRE(reader.feed(std::string_view(text).substr(at, piece), lines));
        at += piece;
    }
    CHECK(lines == lines_of_text(text));
    CHECK(reader.pending() == text.size() - 1 - text.rfind('\n'));
}

TEST_CASE("The longest line is read, one byte more ends the conversation") {
    rpc::LineReader reader(8);
    std::vector<std::string> lines;
    CHECK(reader.feed("12345678\nabc", lines));
    CHECK(reader.feed("defgh\n", lines));
    REQUIRE(lines == std::vector<std::string>{"12345678", "abcdefgh"});
    CHECK_FALSE(reader.feed("first\n123456789\nlater\n", lines));
    CHECK(lines.back() == "first");
    CHECK(reader.overflowed());
    CHECK_FALSE(reader.feed("\nlater\n", lines));
    CHECK(lines.size() == 3);
    CHECK(reader.pending() == 0);
}

TEST_CASE("A line without an end is given up as soon as it is too long") {
    rpc::LineReader reader;
    std::vector<std::string> lines;
    const std::string piece(64 * 1024, 'x');
    std::size_t fed = 0;
    while (reader.feed(piece, lines)) {
        fed += piece.size();
        REQUIRE(reader.pending() <= rpc::longest_request);
    }
    CHECK(fed == rpc::longest_request);
    CHECK(lines.empty());
}
