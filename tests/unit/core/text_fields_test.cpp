#include "core/text_fields.hpp"

#include "support/catch.hpp"

#include <string>

using namespace kedge;

TEST_CASE("a field says any bytes, and ends neither itself nor its line") {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
    const std::string field = in_a_field(bytes);
    CHECK(field.find_first_of("\t\n\r") == std::string::npos);
    CHECK(from_a_field(field) == bytes);
    CHECK(in_a_field("A\tB\n100%\x7F é") == "A%09B%0A100%25%7F é");
}

TEST_CASE("a field that nobody should write says something all the same") {
    CHECK(from_a_field("100%") == "100%");
    CHECK(from_a_field("%4") == "%4");
    CHECK(from_a_field("%zz%41") == "%zzA");
    CHECK(from_a_field("%-1") == "%-1");
}

TEST_CASE("numbers stand alone in their field") {
    CHECK(number_in_whole<int>("-12") == -12);
    CHECK(number_in_whole<double>("1e-7") == 1e-7);
    for (const std::string wrong : {"", " 1", "1 ", "1x", "+1"}) CHECK_FALSE(number_in_whole<int>(wrong));
    std::string_view text = "a\tb\t";
    CHECK(take_up_to('\t', text) == "a");
    CHECK(take_up_to('\t', text) == "b");
    CHECK(take_up_to('\t', text).empty());
}
