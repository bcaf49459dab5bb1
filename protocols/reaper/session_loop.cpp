// The loop of a ReaperSession: REAPER calls it repeat.

#include "reaper/reaper_session.hpp"

#include <algorithm>
#include <cmath>

namespace kedge::reaper {

std::optional<SongLoop> ReaperSession::loop() const {
    if (!repeats_) return std::nullopt;
    return SongLoop{loop_switch_ ? loop_switch_->on : *repeats_,
                    {std::min(loop_start_, loop_end_), std::max(loop_start_, loop_end_)}};
}

void ReaperSession::on_loop(Word word, double value) {
    if (word == Word::repeat) {
        repeats_ = value != 0.0;
        if (loop_switch_ && loop_switch_->on == *repeats_) loop_switch_.reset();
    } else if (std::abs(value) <= most_seconds) {
        (word == Word::loop_start ? loop_start_ : loop_end_) = SongTime::from_seconds(value);
    } else {
        ++counters_.out_of_range;
    }
}

Result<void> ReaperSession::switch_loop(Instant now, bool on) {
    const auto known = loop();
    if (!known)
        return fail(ErrorKind::refused,
                    able_.capabilities.loop
                        ? "REAPER has not told whether it repeats."
                        : "REAPER's pattern file leaves no way to turn its loop on or off.",
                    "Use kedge's own pattern file in REAPER, or turn repeat on or off by hand.");
    if (known->on == on) return {};
    loop_switch_ = LoopSwitch{on, now};
    say_loop(on);
    return {};
}

/// A trigger turns it over, whatever it was: it is sent once.
void ReaperSession::say_loop(bool on) {
    const Flag flag = book_.flag(Word::repeat, 0);
    const bool pressed = flag == Flag::trigger || on;
    say(number_message(book_.address(Word::repeat, 0), flag, pressed ? 1.0 : 0.0));
}

void ReaperSession::switch_loop_again(Instant now) {
    if (!loop_switch_ || now - loop_switch_->sent < loop_patience) return;
    if (book_.flag(Word::repeat, 0) == Flag::trigger || loop_switch_->tries >= most_loop_tries)
        return loop_switch_.reset();
    loop_switch_->sent = now;
    ++loop_switch_->tries;
    say_loop(loop_switch_->on);
}

}  // namespace kedge::reaper
