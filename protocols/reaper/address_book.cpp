#include "reaper/address_book.hpp"

#include <cassert>
#include <span>

namespace kedge::reaper {

namespace {

struct Spelling {
    Word word;
    std::string_view key;
    std::string_view master_key;  ///< empty where the master has none
    int wildcards;
    std::string_view flags;  ///< best first
    bool fed_back;
};

// Pans in the file's "f" are never fed back; a "t" for mute or selection only toggles.
constexpr Spelling spellings[] = {
    {Word::track_name, "TRACK_NAME", "", 1, "s", true},
    {Word::track_number, "TRACK_NUMBER", "", 1, "s", true},
    {Word::track_select, "TRACK_SELECT", "", 1, "b", true},
    {Word::track_volume, "TRACK_VOLUME", "MASTER_VOLUME", 1, "fns", true},
    {Word::track_pan, "TRACK_PAN", "MASTER_PAN", 1, "n", true},
    {Word::track_mute, "TRACK_MUTE", "", 1, "b", true},
    {Word::track_solo, "TRACK_SOLO", "", 1, "b", true},
    {Word::track_vu, "TRACK_VU", "MASTER_VU", 1, "n", true},
    {Word::track_vu_left, "TRACK_VU_L", "MASTER_VU_L", 1, "n", true},
    {Word::track_vu_right, "TRACK_VU_R", "MASTER_VU_R", 1, "n", true},
    {Word::auto_trim, "TRACK_AUTO_TRIM", "", 1, "t", true},
    {Word::auto_read, "TRACK_AUTO_READ", "", 1, "t", true},
    {Word::auto_latch, "TRACK_AUTO_LATCH", "", 1, "t", true},
    {Word::auto_touch, "TRACK_AUTO_TOUCH", "", 1, "t", true},
    {Word::auto_write, "TRACK_AUTO_WRITE", "", 1, "t", true},
    {Word::volume_touch, "TRACK_VOLUME_TOUCH", "", 1, "b", false},
    {Word::pan_touch, "TRACK_PAN_TOUCH", "", 1, "b", false},
    {Word::current_track_number, "TRACK_NUMBER", "", 0, "s", true},
    {Word::play, "PLAY", "", 0, "tb", true},
    {Word::stop, "STOP", "", 0, "tb", true},
    {Word::time, "TIME", "", 0, "f", true},
    {Word::beat, "BEAT", "", 0, "s", true},
    {Word::marker_name, "MARKER_NAME", "", 1, "s", true},
    {Word::marker_number, "MARKER_NUMBER", "", 1, "s", true},
    {Word::marker_time, "MARKER_TIME", "", 1, "f", true},
    {Word::goto_marker, "GOTO_MARKER", "", 0, "i", false},
    {Word::action, "ACTION", "", 0, "i", false},
    {Word::action_by_name, "ACTION", "", 0, "s", false},
    {Word::track_count, "DEVICE_TRACK_COUNT", "", 0, "i", false},
    {Word::marker_count, "DEVICE_MARKER_COUNT", "", 0, "i", false},
    {Word::send_count, "DEVICE_SEND_COUNT", "", 0, "i", false},
    {Word::receive_count, "DEVICE_RECEIVE_COUNT", "", 0, "i", false},
    {Word::fx_count, "DEVICE_FX_COUNT", "", 0, "i", false},
    {Word::fx_param_count, "DEVICE_FX_PARAM_COUNT", "", 0, "i", false},
    {Word::fx_inst_param_count, "DEVICE_FX_INST_PARAM_COUNT", "", 0, "i", false},
    {Word::bank_select, "DEVICE_TRACK_BANK_SELECT", "", 0, "i", false},
    {Word::current_track_select, "DEVICE_TRACK_SELECT", "", 0, "i", false},
    {Word::reaper_track_follows, "REAPER_TRACK_FOLLOWS", "", 0, "s", false},
    {Word::bank_follows, "DEVICE_TRACK_BANK_FOLLOWS", "", 0, "s", false},
    {Word::current_track_follows, "DEVICE_TRACK_FOLLOWS", "", 0, "s", false},
    {Word::fx_follows, "DEVICE_FX_FOLLOWS", "", 0, "s", false},
};
static_assert(std::size(spellings) == word_count);

Flag flag_of(char letter_of_flag) {
    switch (letter_of_flag) {
        case 'n':
            return Flag::normalized;
        case 'f':
            return Flag::raw;
        case 'b':
            return Flag::boolean;
        case 't':
            return Flag::trigger;
        case 's':
            return Flag::text;
        default:
            return Flag::integer;
    }
}

const Pattern* best_pattern(const PatternFile& file, std::string_view key, std::string_view flags,
                            int wildcards) {
    for (const char each : flags)
        if (const Pattern* found = file.find(key, flag_of(each), wildcards)) return found;
    return nullptr;
}

constexpr std::size_t at(Word word) {
    return static_cast<std::size_t>(word);
}

bool is_of_marker(Word word) {
    return word == Word::marker_name || word == Word::marker_number || word == Word::marker_time;
}

}  // namespace

AddressBook::AddressBook(const PatternFile& file) {
    for (const Spelling& spelling : spellings) {
        of_track_[at(spelling.word)] = best_pattern(file, spelling.key, spelling.flags, spelling.wildcards);
        if (!spelling.master_key.empty())
            of_master_[at(spelling.word)] = best_pattern(file, spelling.master_key, spelling.flags, 0);
    }
    cover(0, 0);
}

void AddressBook::cover(int tracks, int markers) {
    meanings_.clear();
    for (const Spelling& spelling : spellings) {
        if (!spelling.fed_back) continue;
        if (const Pattern* of_master = pattern(spelling.word, true))
            meanings_.emplace(address_of(*of_master, {}), Meaning{spelling.word, of_master->flag, 0});
        const Pattern* found = pattern(spelling.word, false);
        if (found == nullptr) continue;
        if (spelling.wildcards == 0) {
            meanings_.emplace(address_of(*found, {}), Meaning{spelling.word, found->flag, 0});
            continue;
        }
        const int most = is_of_marker(spelling.word) ? markers : tracks;
        for (int number = 1; number <= most; ++number)
            meanings_.emplace(address_of(*found, std::span(&number, 1)),
                              Meaning{spelling.word, found->flag, number});
    }
}

const Meaning* AddressBook::find(std::string_view address) const {
    const auto known = meanings_.find(address);
    return known == meanings_.end() ? nullptr : &known->second;
}

const Pattern* AddressBook::pattern(Word word, bool master) const {
    return (master ? of_master_ : of_track_)[at(word)];
}

bool AddressBook::has_for(Word word, int number) const {
    const Pattern* of_track = pattern(word, false);
    const bool alone = of_track != nullptr && of_track->wildcards == 0;
    return alone || (number == 0 ? has_for_master(word) : has(word));
}

Flag AddressBook::flag(Word word, int number) const {
    assert(has(word) || has_for(word, number));
    const Pattern* of_master = number == 0 ? pattern(word, true) : nullptr;
    return (of_master != nullptr ? of_master : pattern(word, false))->flag;
}

std::string AddressBook::address(Word word, int number) const {
    assert(has(word) || has_for(word, number));
    const Pattern* of_master = number == 0 ? pattern(word, true) : nullptr;
    if (of_master != nullptr) return address_of(*of_master, {});
    const Pattern& found = *pattern(word, false);
    if (found.wildcards == 0) return address_of(found, {});
    return address_of(found, std::span(&number, 1));
}

}  // namespace kedge::reaper
