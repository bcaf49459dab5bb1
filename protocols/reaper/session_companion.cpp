// What a ReaperSession asks of the companion script inside REAPER, and what it makes of the answers. The
// script is called by its name, over OSC, and answers by a file.

#include "reaper/reaper_session.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::reaper {

using surface::Effects;
using surface::Event;
using Asked = CompanionExchange::Asked;

namespace {

// Of a GUID's digits these tell projects of one name apart.
constexpr std::size_t digits_of_guid = 8;

/// As in "one (7A03F1C2)": projects of one name are many, and a project that is moved stays itself.
std::string session_name(const ToldProject& told) {
    std::string name = told.name;
    std::string ending = name.substr(name.size() - std::min<std::size_t>(name.size(), 4));
    std::transform(ending.begin(), ending.end(), ending.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    });
    if (ending == ".rpp") name.resize(name.size() - ending.size());
    if (name.empty()) name = "unsaved";
    std::string digits = told.key.guid;
    std::erase_if(digits, [](char letter) { return letter == '{' || letter == '}'; });
    return fmt::format("{} ({})", name, digits.substr(0, digits_of_guid));
}

/// What REAPER tells over OSC of a track with this name.
std::string name_over_osc(const ToldTrack& track) {
    return track.name.empty() ? fmt::format("Track {}", track.number) : track.name;
}

Error silent_script() {
    return {ErrorKind::refused, "REAPER's companion script does not answer.",
            "Run 'kedge --surface reaper doctor': is the script in REAPER's action list, and is no dialog of "
            "REAPER's open?"};
}

Error garbled_script() {
    return {ErrorKind::refused,
            "REAPER's companion script answers something that kedge cannot make sense of.",
            std::string(how_to_install_script) +
                " If that does not help, please report it, with the project file."};
}

}  // namespace

void ReaperSession::use_companion(std::optional<CompanionSetup> companion) {
    if (companion == companion_) return;
    companion_ = std::move(companion);
    able_.capabilities.fader_lines = can_call_script();
    exchange_.forget();
    asked_lines_.reset();
    script_trouble_.reset();
}

bool ReaperSession::can_call_script() const {
    return companion_ && book_.has(Word::action_by_name);
}

bool ReaperSession::knows_project() const {
    return project_asked_ && project_ && guids_.size() == static_cast<std::size_t>(tracks_);
}

/// Whether the mixer is still to wait for what the script tells of this project.
bool ReaperSession::asks_project(Instant now) {
    if (!can_call_script() || project_asked_) return false;
    if (!exchange_.busy()) exchange_.ask_identity(now, {greeting_script_patience, most_greeting_calls});
    // Nothing else is said meanwhile.
    if (now - last_heard_ >= silence_before_asking) ask_sign(now);
    return true;
}

void ReaperSession::wake_companion(Instant now, Effects& out) {
    const bool lines = asks_for_lines();
    const auto due = exchange_.wake(now);
    if (due == CompanionExchange::Due::call && can_call_script()) {
        out.emplace_back(surface::HandOver{exchange_.text(), /*answered_by_file=*/true});
        say(text_message(book_.address(Word::action_by_name, 0), companion_->command));
    } else if (due == CompanionExchange::Due::gave_up) {
        const Error why = exchange_.garbled() ? garbled_script() : silent_script();
        out.emplace_back(surface::HandOver{});
        if (!lines) return without_project(now, why, out);
        out.emplace_back(Event(surface::LinesRefused{why, /*unanswered=*/true}));
    }
}

/// Of the request under way, not of what waits for it.
bool ReaperSession::asks_for_lines() const {
    return exchange_.busy() && (exchange_.asked() == Asked::faders || exchange_.asked() == Asked::write);
}

void ReaperSession::answered(Instant now, std::string_view answer, Effects& out) {
    if (phase_ == Phase::idle || phase_ == Phase::lost || !exchange_.busy()) return;
    const Asked asked = exchange_.asked();
    CompanionAnswer told;
    const auto heard = exchange_.hear(answer, told);
    if (heard == CompanionExchange::Heard::nothing_of_ours) ++counters_.out_of_range;
    if (heard == CompanionExchange::Heard::garbled) ++counters_.malformed;
    if (heard != CompanionExchange::Heard::answered) return;
    // The request may have been laid down once more meanwhile.
    out.emplace_back(surface::HandOver{});
    if (const auto* refusal = std::get_if<ToldRefusal>(&told.what)) hear_refusal(now, *refusal, asked, out);
    if (const auto* project = std::get_if<ToldProject>(&told.what)) hear_project(now, *project, out);
    if (const auto* strips = std::get_if<ToldStrips>(&told.what)) hear_strips(now, *strips, out);
    if (auto* faders = std::get_if<ToldFaders>(&told.what)) {
        if (asked == Asked::write) out.emplace_back(Event(surface::FaderLinesWritten{}));
        for (std::size_t i = 0; asked == Asked::faders && i < faders->size(); ++i)
            out.emplace_back(Event(surface::FaderLineRead{lines_of_[i], std::move((*faders)[i].line)}));
    }
    send_packets(now, out);
    plan_wake(now, out);
}

void ReaperSession::hear_refusal(Instant now, const ToldRefusal& told, Asked asked, Effects& out) {
    const Error why = {ErrorKind::refused, told.why, told.next};
    if (asked == Asked::identity || asked == Asked::strips) return without_project(now, why, out);
    out.emplace_back(Event(surface::LinesRefused{why, /*unanswered=*/false}));
}

void ReaperSession::hear_project(Instant now, const ToldProject& told, Effects& out) {
    const bool another = project_ && project_->guid != told.key.guid;
    project_ = told.key;
    mixer_.session.name = session_name(told);
    if (another) {
        // Its tracks are none of those that were known, whatever they are called.
        mixer_.strips.clear();
        id_of_guid_.clear();
        guids_.clear();
        if (was_ready_) {
            lose(now, "it has another project in front", out);
            return greet(now, out);
        }
    }
    exchange_.ask_strips(now, *project_, {greeting_script_patience, most_greeting_calls});
    wake_companion(now, out);
}

bool ReaperSession::are_the_tracks(const std::vector<ToldTrack>& told) const {
    if (told.size() != static_cast<std::size_t>(tracks_)) return false;
    return std::all_of(told.begin(), told.end(), [&](const ToldTrack& track) {
        const auto& name = slot(track.number).name;
        // A long name is cut short over OSC.
        const bool numbered = track.name == std::to_string(track.number);
        return name && (numbered || name_over_osc(track).starts_with(*name));
    });
}

void ReaperSession::hear_strips(Instant now, const ToldStrips& told, Effects& out) {
    able_.capabilities.session_end = told.length > SongTime();
    mixer_.session.end = able_.capabilities.session_end ? std::optional(told.length) : std::nullopt;
    if (std::exchange(end_of_script_, false)) out.emplace_back(Event(surface::EndFound{mixer_.session.end}));
    if (told.meters && *told.meters != setup_.meters) {
        setup_.meters = *told.meters;
        for (TrackPlace& each : slots_) each.vu = each.vu_left = each.vu_right = std::nullopt;
    }
    guids_.clear();
    if (!are_the_tracks(told.tracks)) {
        // They are changing just now; or REAPER shows this surface others than it has.
        if (++other_tracks_told_ < most_other_tracks_told) {
            without_project(now, not_now(), out);
            return unsettle(now, out);
        }
        return without_project(
            now,
            {ErrorKind::refused, "REAPER tells other tracks over OSC than its companion script does.",
             "Run 'kedge --surface reaper doctor'."},
            out);
    }
    other_tracks_told_ = 0;
    project_asked_ = true;
    script_trouble_.reset();
    for (const ToldTrack& track : told.tracks) guids_.push_back(track.guid);
    carry_out_asked_lines(now, out);
}

/// What the script would have told remains unknown; what waits for it is refused, and nothing is written.
void ReaperSession::without_project(Instant now, Error why, Effects& out) {
    project_asked_ = true;
    script_trouble_ = why;
    guids_.clear();
    if (!was_ready_) {
        project_.reset();
        mixer_.session.name = setup_.session_name;
    }
    if (std::exchange(end_of_script_, false) && phase_ == Phase::ready) begin_end_search(now);
    if (std::exchange(asked_lines_, std::nullopt))
        out.emplace_back(Event(surface::LinesRefused{std::move(why), /*unanswered=*/false}));
}

/// The tracks are told anew: the script is asked about them then.
void ReaperSession::drop_project_question(Effects& out) {
    end_of_script_ = false;
    if (exchange_.busy() && !asks_for_lines()) {
        exchange_.forget();
        out.emplace_back(surface::HandOver{});
    }
    if (std::exchange(asked_lines_, std::nullopt))
        out.emplace_back(Event(surface::LinesRefused{not_now(), /*unanswered=*/false}));
}

void ReaperSession::give_up_companion(Effects& out) {
    end_of_script_ = false;
    const bool lines = asks_for_lines();
    const bool writes = lines && exchange_.asked() == Asked::write;
    if (exchange_.busy()) out.emplace_back(surface::HandOver{});
    exchange_.forget();
    if (!std::exchange(asked_lines_, std::nullopt) && !lines) return;
    const Error why = {ErrorKind::no_daw, "REAPER was lost before its companion script had answered.",
                       "Run the command again when REAPER is back."};
    out.emplace_back(Event(surface::LinesRefused{why, /*unanswered=*/writes}));
}

}  // namespace kedge::reaper
