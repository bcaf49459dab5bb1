#include "mix/ride_desk.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace kedge::mix {

using measure::CellRange;
using measure::Phrase;
using measure::PhraseKind;
using measure::Tape;

namespace {

/// A phrase, or the part of a long one that lies in one section.
struct Piece {
    PhraseKind kind = PhraseKind::phrase;
    SongRange range;
    CellRange cells;
    std::size_t section = 0;
    bool sung_on = false;  ///< the part before it is of the same phrase
    std::optional<Decibels> level;
};

/// Where a section's voice stands against the backing, and where it is brought.
struct SectionLevel {
    std::optional<Decibels> level;  ///< absent where nothing is sung over a backing
    Decibels step;
    Decibels wanted;
};

Piece piece_of(const RideSubject& subject, const Phrase& phrase, SongRange range, std::size_t section) {
    Piece piece{phrase.kind, range, phrase.cells, section, range.from > phrase.range.from, std::nullopt};
    if (range != phrase.range) {
        const CellRange cells = subject.cells(range);
        piece.cells = {std::max(cells.from, phrase.cells.from), std::min(cells.to, phrase.cells.to)};
    }
    piece.level = subject.against(piece.cells);
    return piece;
}

/// Cuts a phrase where a boundary lies farther inside it than the profile's reach.
void cut(const RideSubject& subject, const Phrase& phrase, std::vector<Piece>& pieces) {
    const auto& sections = subject.desk.sections;
    const Duration reach = subject.desk.profile().section.reach;
    SongTime from = phrase.range.from;
    for (const SongSection& section : sections) {
        const SongTime boundary = section.range.from;
        if (boundary - from <= reach || phrase.range.to - boundary <= reach) continue;
        pieces.push_back(piece_of(subject, phrase, {from, boundary}, section_of(sections, {from, boundary})));
        from = boundary;
    }
    const SongRange rest{from, phrase.range.to};
    pieces.push_back(piece_of(subject, phrase, rest, section_of(sections, rest)));
}

std::vector<Piece> find_pieces(const RideSubject& subject) {
    const HeardStrip& strip = subject.strip;
    std::vector<Piece> pieces;
    for (const Phrase& phrase :
         measure::find_phrases(strip.cells, strip.sounds, subject.desk.question.capabilities.meter,
                               subject.desk.profile().phrases))
        cut(subject, phrase, pieces);
    return pieces;
}

/// Windows of a piece, all of one length, no longer than the profile's.
void add_windows(const RideSubject& subject, const Piece& piece, std::vector<WeighedLevel>& levels) {
    const auto longest = static_cast<std::size_t>(subject.desk.profile().section.window / Tape::cell_length);
    const std::size_t size = piece.cells.to - piece.cells.from;
    const std::size_t windows = (size + longest - 1) / longest;
    for (std::size_t i = 0; i < windows; ++i) {
        const CellRange range{piece.cells.from + size * i / windows,
                              piece.cells.from + size * (i + 1) / windows};
        if (const auto level = subject.against(range))
            levels.push_back({*level, Tape::cell_length * static_cast<std::int64_t>(range.to - range.from)});
    }
}

bool counts(const Piece& piece) {
    return piece.kind == PhraseKind::phrase && piece.level;
}

/// The song's level: windows far above the first guess have no backing to speak of, and are left out.
std::optional<Decibels> song_level(const RideSubject& subject, const std::vector<Piece>& pieces) {
    std::vector<WeighedLevel> levels;
    for (const Piece& piece : pieces)
        if (counts(piece)) add_windows(subject, piece, levels);
    const auto guess = weighted_median(levels);
    if (!guess) return std::nullopt;
    const Decibels alone = *guess + subject.desk.profile().phrase.alone;
    std::erase_if(levels, [&](const WeighedLevel& one) { return one.level > alone; });
    return weighted_median(levels);
}

class VoicePlanner {
  public:
    explicit VoicePlanner(const RideSubject& subject)
        : subject_(subject), profile_(subject.desk.profile()), pieces_(find_pieces(subject)) {}

    StripRide plan() {
        const auto sung = std::count_if(pieces_.begin(), pieces_.end(),
                                        [](const Piece& piece) { return piece.kind == PhraseKind::phrase; });
        if (sung == 0) return {std::nullopt, "no phrase was heard of it"};
        const auto level = song_level(subject_, pieces_);
        if (!level)
            return {std::nullopt, "nothing else sounds while it does: there is no backing to ride against"};
        if (std::count_if(pieces_.begin(), pieces_.end(), counts) < 2)
            return {std::nullopt, "one phrase: there is no other to hold it against"};
        song_ = *level;
        weigh_sections();
        // The whole song says how loud is right; what is ridden lies inside the range.
        const SongRange within = subject_.desk.within();
        std::erase_if(pieces_, [&](const Piece& piece) {
            return piece.range.from < within.from || piece.range.to > within.to;
        });
        if (pieces_.empty()) return {std::nullopt, "no phrase of it lies wholly inside the range"};
        for (const Piece& piece : pieces_) add_hold(piece);
        for (std::size_t i = pieces_.size(); i-- > 0;)
            if (pieces_[i].kind == PhraseKind::too_short) follow_neighbour(i);
        auto ride = subject_.ride_through(holds_, cues_);
        if (!ride) return {std::nullopt, "its phrases are even already"};
        const auto sung_on =
            std::count_if(pieces_.begin(), pieces_.end(), [](const Piece& p) { return p.sung_on; });
        if (sung_on > 0)
            ride->notes.push_back(fmt::format(
                "it sounds through {} boundar{} without a pause: there the fader moves while it sounds",
                sung_on, sung_on == 1 ? "y" : "ies"));
        if (held_back_ > 0)
            ride->notes.push_back(fmt::format(
                "{} of {} phrases get less lift than they need: no headroom (`kedge mix` leaves some)",
                held_back_, sung));
        return {std::move(ride), {}};
    }

  private:
    [[nodiscard]] bool alone(const Piece& piece) const {
        return !piece.level || *piece.level > song_ + profile_.phrase.alone;
    }

    void weigh_sections() {
        const auto& sections = subject_.desk.sections;
        levels_.resize(sections.size());
        for (std::size_t i = 0; i < sections.size(); ++i) {
            std::vector<WeighedLevel> windows;
            for (const Piece& piece : pieces_)
                if (piece.section == i && counts(piece) && !alone(piece))
                    add_windows(subject_, piece, windows);
            SectionLevel& one = levels_[i];
            one.level = weighted_median(windows);
            if (!one.level) continue;
            one.step = step_for(*one.level - song_, profile_.section.within, step());
            // What no step can bring near is left to the phrases.
            const Decibels stepped = *one.level + one.step;
            one.wanted = distance(stepped, song_) <= profile_.section.within ? stepped : song_;
            add_section_cue(sections[i], one);
        }
    }
    /// A wish for less depth than a step leaves no room for one.
    [[nodiscard]] Decibels step() const { return std::min(profile_.step, subject_.depth()); }

    void add_section_cue(const SongSection& section, const SectionLevel& level) {
        const Decibels deviation = *level.level - song_;
        const std::string what = fmt::format("{}: {} against the backing, {} from the song's", section.name,
                                             to_string(*level.level), to_string(deviation));
        const std::string then = level.step == Decibels()
                                     ? std::string("left as it is")
                                     : fmt::format("one step of {}", to_string(level.step));
        cues_.push_back(
            {CueKind::section, section.range, *level.level, level.wanted, level.step, what + ": " + then});
    }

    void add_hold(const Piece& piece) {
        RideHold hold;
        hold.range = piece.range;
        hold.sung_on = piece.sung_on;
        hold.most = std::min(subject_.most_lift(piece.cells), subject_.depth());
        hold.least = -subject_.depth();
        hold.ramp = profile_.phrase.longest_ramp;
        if (piece.section != section_before_) hold.ramp = slew();
        const Decibels before = holds_.empty() ? Decibels() : holds_.back().offset;
        if (piece.kind == PhraseKind::breath) {
            hold.offset = std::min(before, Decibels());
            hold.most = std::min(hold.most, Decibels());
            hold.droppable = before > Decibels();
            if (hold.droppable) add_breath_cue(piece);
        } else if (piece.kind == PhraseKind::too_short) {
            hold.offset = std::clamp(before, hold.least, hold.most);  // see follow_neighbour
        } else if (alone(piece)) {
            hold.offset = Decibels();
        } else {
            hold.offset = offset_for(piece, hold);
            section_before_ = piece.section;
        }
        if (hold.sung_on && !holds_.empty()) hold.most = std::min(hold.most, holds_.back().most);
        hold.offset = std::min(hold.offset, std::max(hold.most, hold.least));
        holds_.push_back(hold);
    }
    /// What is too short for a level of its own goes with the nearer neighbour.
    void follow_neighbour(std::size_t i) {
        RideHold& hold = holds_[i];
        const bool last = i + 1 == holds_.size();
        const Duration before = i > 0 ? hold.range.from - holds_[i - 1].range.to : Duration::max();
        const Duration after = last ? Duration::max() : holds_[i + 1].range.from - hold.range.to;
        if (before == after && before == Duration::max()) return;
        const RideHold& nearer = after <= before ? holds_[i + 1] : holds_[i - 1];
        hold.offset = std::clamp(nearer.offset, hold.least, hold.most);
        if (after <= before) hold.ramp = nearer.ramp;
    }
    [[nodiscard]] Duration slew() const {
        const double beats = profile_.section.slew_beats;
        return Duration(
            std::llround(static_cast<double>(subject_.desk.question.beat_length().count()) * beats));
    }
    void add_breath_cue(const Piece& piece) {
        const Decibels level = piece.level.value_or(Decibels::silence());
        cues_.push_back({CueKind::breath, piece.range, level, level, {}, "a breath: not lifted"});
    }

    Decibels offset_for(const Piece& piece, const RideHold& hold) {
        const SectionLevel& section = levels_[piece.section];
        const Decibels deviation = *piece.level + section.step - section.wanted;
        const bool far = distance(deviation, Decibels()) >= profile_.phrase.least;
        const Decibels own(far ? -profile_.phrase.part.of_one * deviation.db() : 0.0);
        const Decibels wished = std::clamp(section.step + own, hold.least, -hold.least);
        const Decibels offset = std::min(wished, hold.most);
        std::string reason =
            fmt::format("{} against the backing, {} from where '{}' is meant to be", to_string(*piece.level),
                        to_string(*piece.level - section.wanted), subject_.desk.sections[piece.section].name);
        if (offset < wished) {
            ++held_back_;
            reason += fmt::format("; {} would be asked for, the headroom ends here", to_string(wished));
        }
        cues_.push_back({CueKind::phrase, piece.range, *piece.level, section.wanted, offset, reason});
        return offset;
    }

    const RideSubject& subject_;
    const RideProfile& profile_;
    std::vector<Piece> pieces_;
    std::vector<SectionLevel> levels_;
    Decibels song_;
    std::size_t section_before_ = 0;
    int held_back_ = 0;
    std::vector<RideHold> holds_;
    std::vector<RideCue> cues_;
};

}  // namespace

std::optional<Decibels> voice_level(const RideSubject& subject) {
    return song_level(subject, find_pieces(subject));
}

StripRide plan_voice(const RideSubject& subject) {
    return VoicePlanner(subject).plan();
}

}  // namespace kedge::mix
