// Which values of a BankedSession may have met another strip than the one that they were meant for.

#include "banked/banked_session.hpp"
#include "banked/session_limits.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace kedge::banked {

namespace {

bool is_there(FaderPosition told, FaderPosition expected) {
    return std::abs(told.value() - expected.value()) <= position_rounding;
}

}  // namespace

void BankedSession::note_sent(Instant now, const Wish& wish) {
    if (sent_.size() >= most_remembered) sent_.pop_front();
    sent_.push_back(
        {now, wish.strip, windows_[at_].first, {strips_[wish.strip].id, wish.control}, wish.value});
    strips_[wish.strip].unproven = true;
}

/// Strips that a value may have met which was meant for another: those that stand now where the others stood
/// when it left.
std::vector<surface::StripControl> BankedSession::crossed(bool list_changed) {
    std::vector<surface::StripControl> crossed;
    const Instant since = std::exchange(doubted_since_, std::nullopt).value_or(Instant{});
    const auto add_at = [&](std::size_t place, const Sent& sent) {
        if (place < strips_.size() && strips_[place].id != sent.meant.strip)
            crossed.push_back({strips_[place].id, sent.meant.control});
    };
    for (const Sent& sent : sent_) {
        const bool is_recent = since - sent.at <= setup_.crossing_memory;
        // Where the list has changed and the DAW's window has not, it may have gone unseen for as long as the
        // DAW has not told the strip anew: we may have left the window before it was painted.
        if (sent.unproven || is_recent) add_at(sent.place, sent);
        // A window that moved is seen at once.
        for (std::size_t stood = 0; is_recent && stood < strips_.size(); ++stood)
            if (stood_from(stood))
                for (const std::size_t place : places_met(sent, stood, list_changed)) add_at(place, sent);
    }
    return crossed;
}

/// Where `stood` was seen on the first slot after strips had changed places. We may have pressed Bank since
/// the value left, and then that is as far from where it met the window; but at the ends of the list, where a
/// press goes less far, anywhere in between.
std::vector<std::size_t> BankedSession::places_met(const Sent& sent, std::size_t stood,
                                                   bool list_changed) const {
    const std::size_t slot = sent.place - sent.first;
    const auto [least, most] =
        list_changed ? std::pair(sent.first, sent.first) : std::minmax({sent.first, doubted_first_});
    std::vector<std::size_t> places;
    for (std::size_t first = least; first <= most; ++first)
        if (stood + first >= doubted_first_) places.push_back(stood + first - doubted_first_ + slot);
    return places;
}

/// Whether the window that was there once the strips had changed places begins with this place of the list.
bool BankedSession::stood_from(std::size_t first) const {
    for (SlotNumber slot = 0; slot < crossed_labels_.size(); ++slot) {
        const bool there = first + slot < strips_.size();
        if (crossed_labels_[slot] != (there ? strips_[first + slot].label : "")) return false;
    }
    return true;
}

/// The window was told anew. What was sent and changed nothing has gone elsewhere: the DAW's window had moved
/// when it came, and a press of ours has brought it back where it was believed to be, as some DAWs go to
/// every eighth strip from anywhere. All that was sent with it has gone elsewhere, too, also to a strip that
/// was changed by what another of them was meant to get.
std::vector<surface::StripControl> BankedSession::missed() {
    std::vector<const Sent*> told;
    for (Sent& sent : sent_)
        if (slot_of(sent.place) && std::exchange(sent.unproven, false)) told.push_back(&sent);
    const bool elsewhere = std::any_of(told.begin(), told.end(), [this](const Sent* sent) {
        return changed_nothing(*sent, panel_->slot(*slot_of(sent->place)));
    });
    std::vector<surface::StripControl> missed;
    if (!elsewhere) return missed;
    for (const Sent* sent : told) {
        const std::size_t least = sent->first - std::min(sent->first, panel_->slots());
        for (std::size_t first = least; first <= sent->first + panel_->slots(); ++first) {
            const std::size_t place = first + sent->place - sent->first;
            if (place < strips_.size() && place != sent->place)
                missed.push_back({strips_[place].id, sent->meant.control});
        }
    }
    return missed;
}

/// The strip stands as before, and not because it was sent back there since.
bool BankedSession::changed_nothing(const Sent& sent, const SlotShown& told) const {
    const Sent& last = *std::find_if(sent_.rbegin(), sent_.rend(), [&](const Sent& each) {
        return each.place == sent.place && each.meant.control == sent.meant.control;
    });
    const Listed& strip = strips_[sent.place];
    switch (sent.meant.control) {
        case Control::mute:
            return told.muted == strip.muted && told.muted != (std::get<Mute>(last.value) == Mute::muted);
        case Control::pan:
            return &sent == &last && sent.turned_from && told.pan == sent.turned_from;
        default:
            break;
    }
    const FaderPosition wanted = told_for(position_for(std::get<Decibels>(last.value)));
    return told.fader && strip.fader && is_there(*told.fader, *strip.fader) && !is_there(*told.fader, wanted);
}

}  // namespace kedge::banked
