#pragma once

namespace kedge::sim {

/// What the keys for banks and channels do.
struct BankRules {
    enum class Step { all_units, eight };
    enum class LastBank {
        aligned,      ///< banks begin at multiples of the step: the last may be partly empty (Ardour)
        partial,      ///< a step from wherever it is, until the last strip is shown (REAPER)
        running_out,  ///< a step in any case, until the last strip stands alone (REAPER's HUI)
        overlapping,  ///< the last bank is full, and shows strips of the one before again
    };
    Step step = Step::all_units;
    LastBank last_bank = LastBank::aligned;
    /// Channel by channel until the last strip stands at the first place, not at the last one.
    bool channels_run_out = false;
    /// A press that moves nothing has the surface painted anew all the same.
    bool repaints_in_any_case = false;
};

/// The part of a DAW's strips that a surface shows.
class BankWindow {
  public:
    enum class Move { bank_left, bank_right, channel_left, channel_right };

    /// So many places on the surface, at least one.
    BankWindow(BankRules rules, int places) : rules_(rules), places_(places) {}

    /// Of `strips`. True when the surface is to be painted anew.
    bool press(Move move, int strips);
    void go_to(int start) { start_ = start; }
    /// The first strip that is shown, counted from 0; may lie behind the last after strips were removed.
    [[nodiscard]] int start() const { return start_; }
    [[nodiscard]] int places() const { return places_; }

  private:
    [[nodiscard]] int step() const;
    [[nodiscard]] int bank_left() const;
    [[nodiscard]] int bank_right(int strips) const;
    [[nodiscard]] int channel_right(int strips) const;

    BankRules rules_;
    int places_;
    int start_ = 0;
};

}  // namespace kedge::sim
