#include "reaper/pattern_file.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace kedge::reaper;

void check(bool holds) {
    if (!holds) std::abort();
}

void check_ignored(const PatternFile& file) {
    check(file.ignored().size() <= PatternFile::most_ignored + 1);
    int before = 0;
    for (const IgnoredLine& ignored : file.ignored()) {
        check(ignored.line > before && !ignored.what.empty());
        before = ignored.line;
    }
}

/// What a pattern is filled in to is matched by it again, wherever that can be told: with '*', '?', or
/// something that continues a number behind an '@' it cannot.
void check_round_trip(const PatternIndex& index, std::size_t key, std::size_t place, const Pattern& pattern) {
    const std::vector<int> numbers(static_cast<std::size_t>(pattern.wildcards), 7);
    const auto address = address_of(pattern, numbers);
    bool is_matched = false;
    for (const Matched& matched : index.match(address)) {
        check(matched.numbers.size() <= static_cast<std::size_t>(most_wildcards));
        is_matched = is_matched || (matched.key == key && matched.pattern == place);
    }
    const auto behind = pattern.address.find_first_of("0123456789,_*?");
    check(is_matched || behind != std::string::npos);
}

}  // namespace

// Anyone may hand over a pattern file, and anyone may send an address to it: the text up to the first 0xFE is
// the file, what follows is an address.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const auto end = text.find('\xFE');
    const PatternFile file = PatternFile::read(text.substr(0, end));
    check_ignored(file);
    const PatternIndex index(file);
    for (std::size_t key = 0; key < file.keys().size(); ++key)
        for (std::size_t place = 0; place < file.keys()[key].patterns.size(); ++place)
            check_round_trip(index, key, place, file.keys()[key].patterns[place]);
    if (end != std::string::npos) (void)index.match(std::string_view(text).substr(end + 1));
    return 0;
}
