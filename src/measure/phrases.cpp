#include "measure/phrases.hpp"

#include "measure/level_windows.hpp"
#include "measure/percentile.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <optional>

namespace kedge::measure {

namespace {

/// The sounding readings of a strip.
struct Sound {
    std::span<const Cell> cells;
    std::span<const char> sounds;

    [[nodiscard]] bool above(std::size_t i, double raw) const { return sounds[i] && cells[i].raw() >= raw; }
    [[nodiscard]] Decibels level(CellRange range) const { return sounding_level(cells, sounds, range); }
};

/// How loud the strip's loud passages are, raw; nullopt when it makes no sound.
std::optional<double> loud_passages(const Sound& sound, const PhraseRule& rule) {
    const auto length = static_cast<std::size_t>(std::max<std::int64_t>(1, rule.passage / Tape::cell_length));
    std::vector<std::int16_t> levels;
    for (std::size_t i = 0; i < sound.cells.size(); ++i) {
        if (!sound.sounds[i]) continue;
        const std::size_t from = i + 1 < length ? 0 : i + 1 - length;
        const Cell level = Cell::reading(sound.level({from, i + 1}));
        if (level.raw() > Cell::silent) levels.push_back(level.raw());
    }
    if (levels.empty()) return std::nullopt;
    return percentile(levels, rule.loud_share);
}

class PhraseFinder {
  public:
    PhraseFinder(const Sound& sound, const MeterLaw& law, const PhraseRule& rule, double loud)
        : sound_(sound),
          rule_(rule),
          falls_(law.fall_off_per_second > Decibels()),
          on_(loud + rule.on.db() * 100.0),
          off_(loud + rule.off.db() * 100.0) {}

    std::vector<Phrase> find() {
        find_runs();
        while (join_one()) {
        }
        for (const CellRange& run : runs_) add(run);
        tell_breaths();
        return std::move(phrases_);
    }

  private:
    [[nodiscard]] SongTime start_of(std::size_t cell) const {
        return SongTime(Tape::cell_length * static_cast<std::int64_t>(cell));
    }
    /// `last` is the last cell that sounds.
    [[nodiscard]] SongTime end_after(std::size_t last) const {
        return start_of(last) + (falls_ ? Tape::cell_length / 4 : Duration());
    }
    [[nodiscard]] SongRange range_of(CellRange cells) const {
        return {start_of(cells.from), std::max(start_of(cells.from), end_after(cells.to - 1))};
    }

    /// The gate: runs that begin above `on`, last while the strip sounds above `off`, and are joined over
    /// pauses that are too short.
    void find_runs() {
        std::optional<std::size_t> from;
        std::size_t last = 0;
        for (std::size_t i = 0; i < sound_.cells.size(); ++i) {
            if (sound_.above(i, from ? off_ : on_)) {
                if (!from) from = i;
                last = i;
            } else if (from && start_of(i + 1) - end_after(last) >= rule_.shortest_gap) {
                runs_.push_back({*from, last + 1});
                from.reset();
            }
        }
        if (from) runs_.push_back({*from, last + 1});
    }

    [[nodiscard]] bool is_short(CellRange run) const { return range_of(run).length() < rule_.passage; }
    /// The pause between two runs; as good as endless where one of them is a breath of the other.
    [[nodiscard]] Duration pause(CellRange a, CellRange b) const {
        if (distance(sound_.level(a), sound_.level(b)) >= rule_.breath_below) return Duration::max();
        return range_of(b).from - range_of(a).to;
    }
    /// Syllables sung apart are one phrase: the first run that is too short joins the nearer of its
    /// neighbours, if the pause between them can be as short as a passage: it is known to a tick.
    bool join_one() {
        for (std::size_t i = 0; i < runs_.size(); ++i) {
            if (!is_short(runs_[i])) continue;
            const Duration before = i > 0 ? pause(runs_[i - 1], runs_[i]) : Duration::max();
            const Duration after = i + 1 < runs_.size() ? pause(runs_[i], runs_[i + 1]) : Duration::max();
            if (std::min(before, after) > rule_.passage + Tape::cell_length) continue;
            const std::size_t first = before <= after ? i - 1 : i;
            runs_[first].to = runs_[first + 1].to;
            runs_.erase(runs_.begin() + static_cast<std::ptrdiff_t>(first) + 1);
            return true;
        }
        return false;
    }

    void add(CellRange run) {
        const Decibels level = sound_.level(run);
        const std::size_t sung = after_breath(run, level);
        if (sung > run.from) phrases_.push_back(made({run.from, sung}, PhraseKind::breath));
        phrases_.push_back(made({sung, run.to}, PhraseKind::phrase));
    }
    [[nodiscard]] Phrase made(CellRange cells, PhraseKind kind) const {
        Phrase phrase{kind, range_of(cells), cells, sound_.level(cells)};
        if (kind == PhraseKind::phrase && phrase.range.length() < rule_.shortest)
            phrase.kind = PhraseKind::too_short;
        return phrase;
    }
    /// A singer who breathes in and sings at once: where the singing begins.
    [[nodiscard]] std::size_t after_breath(CellRange run, Decibels level) const {
        std::size_t at = run.from;
        while (at < run.to && !sound_.above(at, (level - rule_.breath_below).db() * 100.0)) ++at;
        return start_of(at) - start_of(run.from) <= rule_.longest_breath ? at : run.from;
    }

    /// Short and far below the phrase that follows, or else the one before: a breath.
    void tell_breaths() {
        for (std::size_t i = 0; i < phrases_.size(); ++i) {
            Phrase& one = phrases_[i];
            if (one.kind == PhraseKind::breath || one.range.length() > rule_.longest_breath) continue;
            const bool follows = i + 1 < phrases_.size();
            if (!follows && i == 0) continue;
            const Phrase& sung = follows ? phrases_[i + 1] : phrases_[i - 1];
            if (one.level <= sung.level - rule_.breath_below) one.kind = PhraseKind::breath;
        }
    }

    const Sound& sound_;
    const PhraseRule& rule_;
    bool falls_;
    double on_;
    double off_;
    std::vector<CellRange> runs_;
    std::vector<Phrase> phrases_;
};

}  // namespace

std::vector<char> sounding(std::span<const Cell> cells, const MeterLaw& law) {
    const FallOff fall_off = fall_off_of(law);
    const int fallen = fall_off.per_cell - fall_off.tolerance();
    std::vector<char> sounds(cells.size(), 0);
    bool before_sounds = false;
    int before = Cell::unheard;
    bool repeats = false;
    bool hole = false;  // the cell before was not heard
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const int now = cells[i].raw();
        if (now == Cell::unheard) {
            const bool between = !hole && before_sounds && i + 1 < cells.size() && cells[i + 1].heard();
            sounds[i] = between ? 1 : 0;
            if (hole) before = Cell::unheard;
            hole = true;
            continue;
        }
        const bool repeated = fall_off.per_cell > 0 && before > Cell::silent && now == before && !repeats;
        if (now == Cell::silent) {
            before_sounds = false;
        } else if (!repeated) {
            before_sounds = fall_off.per_cell <= 0 || before <= Cell::silent || now > before - fallen;
        }
        sounds[i] = before_sounds ? 1 : 0;
        // A tick that was longer than a cell stands in two of them, but not in three: something holds it up.
        repeats = now == before;
        before = now;
        hole = false;
    }
    return sounds;
}

Decibels sounding_level(std::span<const Cell> cells, std::span<const char> sounds, CellRange range) {
    double power = 0.0;
    std::size_t count = 0;
    for (std::size_t i = range.from; i < range.to; ++i) {
        if (!sounds[i] || !cells[i].heard()) continue;
        power += std::pow(10.0, cells[i].level().db() / 10.0);
        ++count;
    }
    if (count == 0 || power <= 0.0) return Decibels::silence();
    return Decibels(10.0 * std::log10(power / static_cast<double>(count)));
}

std::vector<Phrase> find_phrases(std::span<const Cell> cells, std::span<const char> sounds,
                                 const MeterLaw& law, const PhraseRule& rule) {
    assert(cells.size() == sounds.size());
    const Sound sound{cells, sounds};
    const auto loud = loud_passages(sound, rule);
    if (!loud || *loud < rule.floor.db() * 100.0) return {};
    return PhraseFinder(sound, law, rule, *loud).find();
}

}  // namespace kedge::measure
