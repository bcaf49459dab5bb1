#include "reaper/address_book.hpp"

#include <cassert>
#include <span>

namespace kedge::reaper {

namespace {

struct Spelling {
    std::string_view key;
    std::string_view master_key;  ///< empty where the master has none
    std::string_view flags;       ///< best first
    int wildcards;
    Word word;
    bool fed_back;
    bool of_current = false;  ///< the key's pattern without a number says it of the master
};

// Pans in the file's "f" are never fed back; a "t" for mute or selection only toggles.
constexpr Spelling spellings[] = {
    {"TRACK_NAME", "", "s", 1, Word::track_name, true},
    {"TRACK_NUMBER", "", "s", 1, Word::track_number, true},
    {"TRACK_SELECT", "", "b", 1, Word::track_select, true},
    {"TRACK_VOLUME", "MASTER_VOLUME", "fns", 1, Word::track_volume, true},
    {"TRACK_PAN", "MASTER_PAN", "n", 1, Word::track_pan, true},
    {"TRACK_MUTE", "", "b", 1, Word::track_mute, true, true},
    {"TRACK_SOLO", "", "b", 1, Word::track_solo, true},
    {"TRACK_VU", "MASTER_VU", "n", 1, Word::track_vu, true},
    {"TRACK_VU_L", "MASTER_VU_L", "n", 1, Word::track_vu_left, true},
    {"TRACK_VU_R", "MASTER_VU_R", "n", 1, Word::track_vu_right, true},
    {"TRACK_AUTO_TRIM", "", "t", 1, Word::auto_trim, true, true},
    {"TRACK_AUTO_READ", "", "t", 1, Word::auto_read, true, true},
    {"TRACK_AUTO_LATCH", "", "t", 1, Word::auto_latch, true, true},
    {"TRACK_AUTO_TOUCH", "", "t", 1, Word::auto_touch, true, true},
    {"TRACK_AUTO_WRITE", "", "t", 1, Word::auto_write, true, true},
    {"TRACK_VOLUME_TOUCH", "", "b", 1, Word::volume_touch, false},
    {"TRACK_PAN_TOUCH", "", "b", 1, Word::pan_touch, false},
    {"TRACK_NUMBER", "", "s", 0, Word::current_track_number, true},
    {"PLAY", "", "tb", 0, Word::play, true},
    {"STOP", "", "tb", 0, Word::stop, true},
    {"TIME", "", "f", 0, Word::time, true},
    {"BEAT", "", "s", 0, Word::beat, true},
    {"MARKER_NAME", "", "s", 1, Word::marker_name, true},
    {"MARKER_NUMBER", "", "s", 1, Word::marker_number, true},
    {"MARKER_TIME", "", "f", 1, Word::marker_time, true},
    {"REGION_NAME", "", "s", 1, Word::region_name, true},
    {"REGION_NUMBER", "", "s", 1, Word::region_number, true},
    {"REGION_TIME", "", "f", 1, Word::region_time, true},
    {"REGION_LENGTH", "", "f", 1, Word::region_length, true},
    {"REPEAT", "", "bt", 0, Word::repeat, true},
    {"LOOP_START_TIME", "", "f", 0, Word::loop_start, true},
    {"LOOP_END_TIME", "", "f", 0, Word::loop_end, true},
    {"GOTO_MARKER", "", "i", 0, Word::goto_marker, false},
    {"ACTION", "", "i", 0, Word::action, false},
    {"ACTION", "", "s", 0, Word::action_by_name, false},
    {"DEVICE_TRACK_COUNT", "", "i", 0, Word::track_count, false},
    {"DEVICE_MARKER_COUNT", "", "i", 0, Word::marker_count, false},
    {"DEVICE_REGION_COUNT", "", "i", 0, Word::region_count, false},
    {"DEVICE_SEND_COUNT", "", "i", 0, Word::send_count, false},
    {"DEVICE_RECEIVE_COUNT", "", "i", 0, Word::receive_count, false},
    {"DEVICE_FX_COUNT", "", "i", 0, Word::fx_count, false},
    {"DEVICE_FX_PARAM_COUNT", "", "i", 0, Word::fx_param_count, false},
    {"DEVICE_FX_INST_PARAM_COUNT", "", "i", 0, Word::fx_inst_param_count, false},
    {"DEVICE_TRACK_BANK_SELECT", "", "i", 0, Word::bank_select, false},
    {"DEVICE_TRACK_SELECT", "", "i", 0, Word::current_track_select, false},
    {"REAPER_TRACK_FOLLOWS", "", "s", 0, Word::reaper_track_follows, false},
    {"DEVICE_TRACK_BANK_FOLLOWS", "", "s", 0, Word::bank_follows, false},
    {"DEVICE_TRACK_FOLLOWS", "", "s", 0, Word::current_track_follows, false},
    {"DEVICE_FX_FOLLOWS", "", "s", 0, Word::fx_follows, false},
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
    return word >= Word::marker_name && word <= Word::region_length;
}

}  // namespace

AddressBook::AddressBook(const PatternFile& file) {
    for (const Spelling& spelling : spellings) {
        of_track_[at(spelling.word)] = best_pattern(file, spelling.key, spelling.flags, spelling.wildcards);
        if (!spelling.master_key.empty())
            of_master_[at(spelling.word)] = best_pattern(file, spelling.master_key, spelling.flags, 0);
        if (spelling.of_current)
            of_current_[at(spelling.word)] = best_pattern(file, spelling.key, spelling.flags, 0);
    }
    cover(0, 0);
}

void AddressBook::cover(int tracks, int markers) {
    meanings_.clear();
    for (const Spelling& spelling : spellings) {
        if (!spelling.fed_back) continue;
        if (const Pattern* of_master = pattern(spelling.word, true))
            meanings_.emplace(address_of(*of_master, {}), Meaning{spelling.word, of_master->flag, 0});
        if (const Pattern* current = of_current(spelling.word))
            meanings_.emplace(address_of(*current, {}), Meaning{spelling.word, current->flag, 0, true});
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
