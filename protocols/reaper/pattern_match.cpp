#include "reaper/pattern_address.hpp"
#include "reaper/pattern_file.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <utility>

#include <fmt/format.h>

namespace kedge::reaper {

namespace {

constexpr std::size_t longest_list = 16;

/// Takes the first component and the slash before it off the rest of an address.
std::string_view take_component(std::string_view& rest) {
    if (rest.starts_with('/')) rest.remove_prefix(1);
    const auto component = rest.substr(0, rest.find('/'));
    rest.remove_prefix(component.size());
    return component;
}

/// Lists of one address are equally long; a number that stands alone is for all of them.
bool lists_agree(const std::vector<Slot>& slots) {
    std::size_t length = 1;
    for (const Slot& slot : slots) {
        const std::size_t here = slot.numbers.size();
        if (here > longest_list || (here > 1 && length > 1 && here != length)) return false;
        length = std::max(length, here);
    }
    return true;
}

bool takes_commands(std::string_view key) {
    return key.starts_with("ACTION") || key == "MIDIACTION" || key == "MIDILISTACTION";
}

}  // namespace

std::string address_of(const Pattern& pattern, std::span<const int> numbers) {
    assert(static_cast<int>(numbers.size()) == pattern.wildcards);
    const bool inside_out = is_inside_out(pattern.address);
    std::string address;
    std::size_t filled = 0;
    for (std::size_t i = 0; i < pattern.address.size(); ++i) {
        if (pattern.address[i] != '@') {
            address += pattern.address[i];
            continue;
        }
        const int number = numbers[inside_out ? numbers.size() - 1 - filled : filled];
        assert(number >= 0 && (number < 10 || pattern.address.compare(i + 1, 1, "@") != 0));
        fmt::format_to(std::back_inserter(address), "{}", number);
        ++filled;
    }
    return address;
}

/// One address being looked up.
struct PatternIndex::Search {
    std::string_view address;
    std::vector<Slot> slots;  ///< of the components behind us
    std::vector<Matched> matches;
};

PatternIndex::PatternIndex(const PatternFile& file) : file_(&file), nodes_(1) {
    for (std::size_t key = 0; key < file.keys().size(); ++key)
        for (std::size_t pattern = 0; pattern < file.keys()[key].patterns.size(); ++pattern)
            add({key, pattern});
}

const Pattern& PatternIndex::pattern_of(const Entry& entry) const {
    return file_->keys()[entry.key].patterns[entry.pattern];
}

void PatternIndex::add(const Entry& entry) {
    std::string_view rest = pattern_of(entry).address;
    std::size_t node = 0;
    while (!rest.empty()) {
        const auto component = take_component(rest);
        if (component.find_first_of("*?") != std::string_view::npos) {
            nodes_[node].loose.push_back(entry);
            return;
        }
        const bool has_number = component.find('@') != std::string_view::npos;
        auto& children = has_number ? nodes_[node].numbered : nodes_[node].literal;
        const auto [child, is_new] = children.try_emplace(std::string(component), nodes_.size());
        node = child->second;
        if (is_new) nodes_.emplace_back();
    }
    nodes_[node].ends.push_back(entry);
}

std::vector<Matched> PatternIndex::match(std::string_view address) const {
    if (!address.starts_with('/')) return {};
    Search search{address, {}, {}};
    search_from(0, address, search);
    // By line is by file: a line has one key, whose patterns stand in their order.
    const auto place = [this](const Matched& matched) {
        return std::pair(pattern_of({matched.key, matched.pattern}).line, matched.pattern);
    };
    std::sort(search.matches.begin(), search.matches.end(),
              [&](const Matched& a, const Matched& b) { return place(a) < place(b); });
    return std::move(search.matches);
}

void PatternIndex::search_from(std::size_t node, std::string_view rest, Search& search) const {
    const Node& here = nodes_[node];
    search_loose(here, search);
    if (rest.empty()) {
        for (const Entry& entry : here.ends) take(entry, search);
        return;
    }
    const auto component = take_component(rest);
    const auto literal = here.literal.find(component);
    if (literal != here.literal.end()) search_from(literal->second, rest, search);
    const auto behind = static_cast<std::ptrdiff_t>(search.slots.size());
    for (const auto& [numbered, child] : here.numbered) {
        if (fits(numbered, component, rest.empty(), search.slots)) search_from(child, rest, search);
        search.slots.erase(search.slots.begin() + behind, search.slots.end());
    }
}

void PatternIndex::search_loose(const Node& node, Search& search) const {
    for (const Entry& entry : node.loose) {
        Search whole{search.address, {}, {}};
        if (fits(pattern_of(entry).address, search.address, true, whole.slots)) take(entry, whole);
        std::move(whole.matches.begin(), whole.matches.end(), std::back_inserter(search.matches));
    }
}

void PatternIndex::take(const Entry& entry, Search& search) const {
    if (!lists_agree(search.slots)) return;
    Matched matched;
    matched.key = entry.key;
    matched.pattern = entry.pattern;
    for (const Slot& slot : search.slots) {
        if (!slot.command.empty() && !takes_commands(file_->keys()[entry.key].key)) return;
        if (matched.command.empty()) matched.command = slot.command;
        matched.numbers.push_back(slot.numbers);
    }
    if (is_inside_out(pattern_of(entry).address))
        std::reverse(matched.numbers.begin(), matched.numbers.end());
    search.matches.push_back(std::move(matched));
}

}  // namespace kedge::reaper
