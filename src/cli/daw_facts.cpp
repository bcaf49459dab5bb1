#include "cli/daw_facts.hpp"

#include "hui/switches.hpp"
#include "mackie/buttons.hpp"

namespace kedge::cli {

namespace {

constexpr std::array<std::string_view, 3> yes_or_no = {"yes", "no", DawFacts::unknown_word};
constexpr int highest_data_byte = 127;
constexpr int highest_port = 7;

}  // namespace

void DawFacts::note(std::string_view key, bool is_unknown) {
    const auto full = name_.empty() ? std::string(key) : fmt::format("{}.{}", name_, key);
    profile_.certainties[full] = is_unknown ? banked::Certainty::unknown : banked::Certainty::certain;
}

banked::Known DawFacts::known(std::string_view key) {
    return word<banked::Known>(key, yes_or_no);
}

std::vector<std::string> DawFacts::sentences(std::string_view key) {
    std::vector<std::string> all;
    for (const toml::node& one : table_.list(table_.need(key))) {
        const auto text = one.value<std::string>();
        if (!text || text->empty()) table_.wrong(one, "a sentence in quotes is expected here");
        all.push_back(*text);
    }
    note(key, false);
    return all;
}

bool DawFacts::is_word(std::string_view key, std::string_view word) const {
    const auto text = table_.need(key).value<std::string>();
    return text && *text == word;
}

int DawFacts::whole(const toml::node& node, int low, int high) const {
    const double value = table_.number(node, low, high);
    if (!node.is_integer()) table_.wrong(node, "a whole number is expected here");
    return static_cast<int>(value);
}

std::optional<int> DawFacts::whole(std::string_view key, int low, int high) {
    const bool is_unknown = is_word(key, unknown_word);
    note(key, is_unknown);
    if (is_unknown) return std::nullopt;
    return whole(table_.need(key), low, high);
}

std::optional<Decibels> DawFacts::level(std::string_view key, double low, double high) {
    const bool is_unknown = is_word(key, unknown_word);
    note(key, is_unknown);
    if (is_unknown) return std::nullopt;
    return table_.level(key, low, high);
}

banked::SurfaceButton DawFacts::one_button(const toml::node& node) const {
    if (profile_.protocol == banked::SurfaceProtocol::mackie) {
        const int note = whole(node, 0, highest_data_byte);
        if (!mackie::Button::at(midi::Data7(note)))
            table_.wrong(node, fmt::format("a Mackie Control has no button 0x{:02X}", note));
        return {0, static_cast<std::uint8_t>(note)};
    }
    const toml::array& pair = table_.list(node, 2);
    const int zone = whole(pair[0], 0, highest_data_byte);
    const int port = whole(pair[1], 0, highest_port);
    if (!hui::Switch::at(midi::Data7(zone), port))
        table_.wrong(node, fmt::format("a HUI has nothing at zone 0x{:02X}, port {}", zone, port));
    return {static_cast<std::uint8_t>(zone), static_cast<std::uint8_t>(port)};
}

banked::ButtonUse DawFacts::button(std::string_view key) {
    const bool is_unknown = is_word(key, unknown_word);
    note(key, is_unknown);
    if (is_unknown) return {};
    if (is_word(key, none_word)) return {banked::Known::no, {}};
    banked::ButtonUse use{banked::Known::yes, {}};
    const toml::node& node = table_.need(key);
    if (!node.is_array())
        table_.wrong(node, R"(a list of buttons is expected here, or "none", or "unknown")");
    for (const toml::node& one : table_.list(node)) use.press.push_back(one_button(one));
    if (use.press.empty()) table_.wrong(node, "at least one button is expected here");
    return use;
}

}  // namespace kedge::cli
