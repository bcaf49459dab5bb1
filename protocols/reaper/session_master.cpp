// What REAPER tells of its master only while that is the device's current track: its mute and its mode.

#include "reaper/reaper_session.hpp"

#include <array>
#include <utility>

namespace kedge::reaper {

namespace {

constexpr std::array words_of_mode = {Word::auto_trim, Word::auto_read, Word::auto_latch, Word::auto_touch,
                                      Word::auto_write};

}  // namespace

/// The current track becomes the master, and what it says is forgotten before, so that it is told. The count
/// of tracks must be asked for behind it: that goes to the last track again.
void ReaperSession::say_master_question(Instant now) {
    master_asked_ = now;
    if (unheard_count_ || !(able_.tells_master_mute || able_.tells_master_mode)) return;
    std::vector<PacketPacing::Message> together;
    master_words_.clear();
    const auto ask = [&](Word word) {
        const Pattern& pattern = *book_.of_current(word);
        together.push_back(question_message(address_of(pattern, {}), pattern.flag));
        master_words_.insert(word);
    };
    if (able_.tells_master_mute) ask(Word::track_mute);
    if (able_.tells_master_mode)
        for (const Word word : words_of_mode) ask(word);
    together.push_back(question_message(book_.address(Word::current_track_number, 0), Flag::text));
    together.push_back(number_message(book_.address(Word::current_track_select, 0), Flag::integer, 0.0));
    packets_.add(std::move(together));
    zero_is_master_ = true;
}

/// A mixer that is ready has it, unless it was lost on the way: then it comes later.
bool ReaperSession::awaits_master(Instant now) const {
    const auto& mute = slot(0).talks[index(Control::mute)].value;
    return expects(0, Control::mute) && !mute && (now - master_asked_ < master_patience || is_busy(now));
}

/// The current track's number was told: what follows is of that track. True for the master, gone to by us.
bool ReaperSession::is_answer_of_master(int number) {
    if (number != 0) {
        master_hears_.clear();
        return false;
    }
    if (!std::exchange(zero_is_master_, false)) return false;
    master_hears_ = master_words_;
    return true;
}

/// The first of each word: the next track's may follow without its number, where that was lost.
bool ReaperSession::is_of_master(Word word) {
    return master_hears_.erase(word) > 0;
}

}  // namespace kedge::reaper
