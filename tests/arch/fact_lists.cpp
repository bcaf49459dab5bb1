#include "arch/fact_lists.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

namespace kedge::test {

namespace {

constexpr std::string_view not_simulated_mark = " — not simulated: ";

bool is_digit(char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

/// The id that the text begins with: "R6.16"; empty if none.
std::string_view leading_id(std::string_view text) {
    const auto digits_from = [&](std::size_t at) {
        while (at < text.size() && is_digit(text[at])) ++at;
        return at;
    };
    if (text.empty() || std::isupper(static_cast<unsigned char>(text[0])) == 0) return {};
    const auto point = digits_from(1);
    if (point == 1 || point >= text.size() || text[point] != '.') return {};
    const auto end = digits_from(point + 1);
    return end == point + 1 ? std::string_view() : text.substr(0, end);
}

void read_fact(std::string_view line, ListedFacts& facts) {
    const auto id = leading_id(line);
    if (id.empty()) {
        facts.faults.push_back("a line without an id: " + std::string(line));
        return;
    }
    if (facts.letter == '\0') facts.letter = id[0];
    if (id[0] != facts.letter) facts.faults.push_back(std::string(id) + " has another letter");
    if (!facts.ids.emplace(id).second) facts.faults.push_back(std::string(id) + " stands twice");
    const auto words = line.substr(id.size());
    if (words.size() < 10 || words[0] != ' ') facts.faults.push_back(std::string(id) + " says nothing");
    const auto mark = words.find(not_simulated_mark);
    if (mark == std::string_view::npos) return;
    facts.not_simulated.emplace(id);
    if (words.size() < mark + not_simulated_mark.size() + 10)
        facts.faults.push_back(std::string(id) + " does not say why it is not simulated");
}

std::string counts_of(const ListedFacts& facts) {
    return "Facts: " + std::to_string(facts.ids.size()) +
           ". Not simulated: " + std::to_string(facts.not_simulated.size()) + ".";
}

/// The source without what stands behind `//` of its lines.
std::string without_comments(std::string_view source) {
    std::istringstream lines{std::string(source)};
    std::string code;
    for (std::string line; std::getline(lines, line);) code += line.substr(0, line.find("//")) + "\n";
    return code;
}

}  // namespace

ListedFacts read_facts(std::string_view text) {
    ListedFacts facts;
    std::istringstream lines{std::string(text)};
    std::optional<std::string> counts;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("Facts: ")) counts = line;
        if (line.starts_with("- ")) read_fact(std::string_view(line).substr(2), facts);
    }
    if (counts != counts_of(facts)) facts.faults.push_back("the counts are: " + counts_of(facts));
    return facts;
}

std::set<std::string> facts_tested_in(std::string_view source) {
    const std::string code = without_comments(source);
    std::set<std::string> ids;
    for (auto at = code.find("TEST_CASE("); at != std::string::npos; at = code.find("TEST_CASE(", at + 1)) {
        const std::string_view head = std::string_view(code).substr(at, code.find(") {", at) - at);
        for (auto tag = head.find('['); tag != std::string_view::npos; tag = head.find('[', tag + 1)) {
            const auto id = leading_id(head.substr(tag + 1));
            if (!id.empty() && head.substr(tag + 1 + id.size()).starts_with(']')) ids.emplace(id);
        }
    }
    return ids;
}

std::vector<Breach> breaches(const ListedFacts& listed, const std::set<std::string>& tested) {
    std::vector<Breach> found;
    for (const auto& id : listed.ids)
        if (!tested.contains(id) && !listed.not_simulated.contains(id))
            found.push_back(id + ": no test names it");
    for (const auto& id : tested) {
        if (id[0] != listed.letter) continue;
        if (!listed.ids.contains(id)) found.push_back(id + ": a test names it, and it is no fact");
        if (listed.not_simulated.contains(id)) found.push_back(id + ": not simulated, but a test names it");
    }
    return found;
}

std::vector<Breach> letter_breaches(const std::vector<ListedFacts>& lists,
                                    const std::set<std::string>& tested) {
    std::vector<Breach> found;
    std::set<char> letters;
    for (const auto& list : lists)
        if (!letters.insert(list.letter).second)
            found.push_back(std::string("two lists have the letter ") + list.letter);
    for (const auto& id : tested)
        if (!letters.contains(id[0])) found.push_back(id + ": a test names it, and no list has its letter");
    return found;
}

std::map<std::string, ListedFacts> read_fact_lists(const std::string& root) {
    namespace fs = std::filesystem;
    std::map<std::string, ListedFacts> lists;
    for (const auto& folder : fs::directory_iterator(fs::path(root) / "tests" / "golden")) {
        const auto path = folder.path() / "facts.md";
        std::ifstream in(path, std::ios::binary);
        if (!in) continue;
        lists.emplace(fs::relative(path, root).generic_string(),
                      read_facts(std::string{std::istreambuf_iterator<char>(in), {}}));
    }
    return lists;
}

std::set<std::string> facts_tested(const std::string& root) {
    namespace fs = std::filesystem;
    std::set<std::string> ids;
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(root) / "tests")) {
        // What this very folder tests is made up.
        if (entry.path().extension() != ".cpp" || entry.path().parent_path().filename() == "arch") continue;
        std::ifstream in(entry.path(), std::ios::binary);
        ids.merge(facts_tested_in(std::string{std::istreambuf_iterator<char>(in), {}}));
    }
    return ids;
}

}  // namespace kedge::test
