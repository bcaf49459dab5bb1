#include "reaper/setting_value.hpp"

#include "reaper/pattern_line.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>

#include <fmt/format.h>

namespace kedge::reaper {

namespace {

struct Count {
    std::string_view key;
    int DeviceSettings::*member;
};
constexpr Count counts[] = {
    {"DEVICE_TRACK_COUNT", &DeviceSettings::track_count},
    {"DEVICE_SEND_COUNT", &DeviceSettings::send_count},
    {"DEVICE_RECEIVE_COUNT", &DeviceSettings::receive_count},
    {"DEVICE_FX_COUNT", &DeviceSettings::fx_count},
    {"DEVICE_FX_PARAM_COUNT", &DeviceSettings::fx_param_count},
    {"DEVICE_FX_INST_PARAM_COUNT", &DeviceSettings::fx_inst_param_count},
    {"DEVICE_MARKER_COUNT", &DeviceSettings::marker_count},
    {"DEVICE_REGION_COUNT", &DeviceSettings::region_count},
};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

TakenValue take_count(int& count, std::string_view key, std::string_view value) {
    if (value.empty() || !std::all_of(value.begin(), value.end(), is_digit))
        return {fmt::format("{} is no count for {}: write a whole number, as {} 8.", quoted(value), key, key),
                true};
    int number = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
    if (read.ec != std::errc() || number > largest_bank)
        return {fmt::format("{} is too many for {}: write {} at most.", quoted(value), key, largest_bank),
                false};
    // REAPER takes no 0 from a file; where nothing else was said that is what it has anyway.
    if (number == 0 && count != 0)
        return {fmt::format("REAPER takes no 0 for {} and stays at {}: leave the patterns out instead.", key,
                            count),
                false};
    count = number;
    return {};
}

TakenValue take_center(double& center, std::string_view value) {
    const auto digits = value.substr(value.starts_with('-') ? 1 : 0);
    const bool is_number =
        !value.empty() && std::count(digits.begin(), digits.end(), '.') <= 1 &&
        std::all_of(digits.begin(), digits.end(), [](char c) { return is_digit(c) || c == '.'; });
    if (!is_number)
        return {
            fmt::format("{} is no centre for rotaries: write DEVICE_ROTARY_CENTER 0 or 0.5.", quoted(value)),
            true};
    double number = 0.0;
    std::from_chars(value.data(), value.data() + value.size(), number);
    if (number < 0.0) return {"REAPER takes no centre below 0: write DEVICE_ROTARY_CENTER 0 or 0.5.", false};
    center = number;
    return {};
}

TakenValue take_eq(bool& is_inserted, std::string_view value) {
    is_inserted = is_inserted || value == "INSERT";
    if (value == "INSERT") return {};
    if (value == "EXISTING")
        return {
            "REAPER documents EXISTING, but its loader refuses a file that has it. Leave the line out: that "
            "is EXISTING.",
            true};
    return {fmt::format("{} is no value for DEVICE_EQ: write INSERT, or leave the line out.", quoted(value)),
            true};
}

struct Follows {
    std::string_view key;
    std::array<std::string_view, 3> words;  ///< the first is the default
};
constexpr Follows follows[] = {
    {"REAPER_TRACK_FOLLOWS", {"REAPER", "DEVICE", ""}},
    {"DEVICE_TRACK_FOLLOWS", {"DEVICE", "LAST_TOUCHED", ""}},
    {"DEVICE_TRACK_BANK_FOLLOWS", {"DEVICE", "MIXER", ""}},
    {"DEVICE_FX_FOLLOWS", {"DEVICE", "LAST_TOUCHED", "FOCUSED"}},
};

/// Which word it is, from 0; -1 for none of them.
int word_of(const Follows& followed, std::string_view value) {
    const auto found = std::find(followed.words.begin(), followed.words.end(), value);
    if (value.empty() || found == followed.words.end()) return -1;
    return static_cast<int>(found - followed.words.begin());
}

/// Its loader knows the words, whatever the key.
bool is_any_word(std::string_view value) {
    return std::any_of(std::begin(follows), std::end(follows),
                       [&](const Follows& followed) { return word_of(followed, value) >= 0; });
}

void set_followed(DeviceSettings& settings, std::string_view key, int word) {
    // The default word takes nothing back that an earlier line has set.
    if (word == 0) return;
    if (key == "REAPER_TRACK_FOLLOWS") settings.reaper_track_follows_device = true;
    if (key == "DEVICE_TRACK_FOLLOWS") settings.device_track_follows_last_touched = true;
    if (key == "DEVICE_TRACK_BANK_FOLLOWS") settings.bank_follows_mixer = true;
    if (key == "DEVICE_FX_FOLLOWS")
        settings.fx_follows =
            word == 1 ? DeviceSettings::FxFollows::last_touched : DeviceSettings::FxFollows::focused;
}

TakenValue take_followed(DeviceSettings& settings, const Follows& followed, std::string_view value) {
    const int word = word_of(followed, value);
    if (word >= 0) {
        set_followed(settings, followed.key, word);
        return {};
    }
    const auto third = followed.words[2];
    return {fmt::format("{} is no value for {}: write {} or {}{}{}.", quoted(value), followed.key,
                        followed.words[0], followed.words[1], third.empty() ? "" : " or ", third),
            !is_any_word(value)};
}

}  // namespace

TakenValue take_value(DeviceSettings& settings, std::string_view key, std::string_view value) {
    assert(is_setting_key(key));
    for (const Count& count : counts)
        if (count.key == key) return take_count(settings.*count.member, key, value);
    for (const Follows& followed : follows)
        if (followed.key == key) return take_followed(settings, followed, value);
    if (key == "DEVICE_EQ") return take_eq(settings.eq_is_inserted, value);
    return take_center(settings.rotary_center, value);
}

}  // namespace kedge::reaper
