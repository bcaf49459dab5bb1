#include "mix/label_text.hpp"

#include <algorithm>

namespace kedge::mix {

std::string in_case(std::string_view folded_word, WordCase how) {
    std::string typed(folded_word);
    if (how == WordCase::upper) std::transform(typed.begin(), typed.end(), typed.begin(), to_upper);
    if (how == WordCase::capital && !typed.empty()) typed.front() = to_upper(typed.front());
    return typed;
}

bool begins_word(std::string_view label, std::size_t at) {
    return at == 0 || !is_letter(label[at - 1]) || (is_lower(label[at - 1]) && is_upper(label[at]));
}

bool ends_word(std::string_view label, std::size_t end) {
    return end == label.size() || !is_letter(label[end]) || begins_word(label, end);
}

std::size_t letters_in_label(std::string_view label) {
    return static_cast<std::size_t>(std::count_if(label.begin(), label.end(), is_letter));
}

std::string shown_label(std::string_view name, const StripLabels& labels) {
    std::string label = strip_label(name, labels);
    while (!label.empty() && label.back() == ' ') label.pop_back();
    return label;
}

}  // namespace kedge::mix
