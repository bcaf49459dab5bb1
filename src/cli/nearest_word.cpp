#include "cli/nearest_word.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <vector>

namespace kedge::cli {

namespace {

// A slip of the finger is short; a page pasted in by mistake must not cost a page squared.
constexpr std::size_t longest = 64;

/// Letters changed, added, dropped or swapped with their neighbour (optimal string alignment).
std::size_t letters_apart(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before = last;
        last = row;
    }
    return last[b.size()];
}

}  // namespace

std::string_view nearest_word(std::string_view wrong, std::span<const std::string_view> known) {
    assert(!known.empty());
    wrong = wrong.substr(0, longest);
    return *std::min_element(known.begin(), known.end(), [&](std::string_view a, std::string_view b) {
        return letters_apart(wrong, a) < letters_apart(wrong, b);
    });
}

}  // namespace kedge::cli
