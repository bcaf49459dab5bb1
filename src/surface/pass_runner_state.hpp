#pragma once

#include "surface/errands.hpp"
#include "surface/pass_runner.hpp"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace kedge::surface {

/// One pass on its way: what is asked, sent and taken back, and how far that is.
struct PassRunner::State {
    enum class Phase { idle, reading, applying, looking_again, held, rolling_back, done };

    State(Pass header, std::vector<Wish> wished, bool forced, const Capabilities& can,
          const RunnerPacing& pacing_of_it, PassRecorder& journal)
        : pass(std::move(header)),
          wishes(std::move(wished)),
          force(forced),
          capabilities(can),
          pacing(pacing_for(can, pacing_of_it)),
          recorder(journal),
          pace(pacing),
          reads(can, pace),
          writes(can, pace),
          looks(can, pace),
          restores(can, pace) {
        pass.entries.clear();
        pass.state = PassState::prepared;
    }

    // --- phases, each entered once, in this order ---
    void start_reading(Instant now, const MixerState& mixer, RunnerOutbox& out);
    void start_applying();
    void start_looking_again();
    void keep();
    void begin_rolling_back(std::optional<Error> why);
    void roll_back(Instant now, std::optional<Error> why, RunnerOutbox& out);
    void finish(PassState state);
    void refuse(Error why);

    // --- what each phase does once its errands have moved on ---
    void advance(Instant now, RunnerOutbox& out);
    void advance_reading(Instant now, RunnerOutbox& out);
    void advance_applying(Instant now, RunnerOutbox& out);
    void advance_looking_again(Instant now, RunnerOutbox& out);
    void advance_held(Instant now, RunnerOutbox& out);
    void advance_rolling_back(Instant now, RunnerOutbox& out);
    void put_back(std::size_t write_number);
    void note_restored();

    void take(Instant now, const ControlReported& report, RunnerOutbox& out);
    void lose(const std::string& why);
    void settle(Instant now, const StripsChanged& change, const MixerState& mixer, RunnerOutbox& out);
    void restore_crossed(Instant now, const StripControl& crossed, const MixerState& mixer);
    [[nodiscard]] bool may_be_ours(Control control, const ControlValue& value) const;
    void leave_to_hand(const ControlTaken& hand);
    [[nodiscard]] bool is_taken(StripId strip, Control control) const;
    [[nodiscard]] PassEntry make_entry(std::size_t wish) const;
    [[nodiscard]] Error failure(std::size_t entry, ErrandEnd end) const;
    [[nodiscard]] Errands* current();

    // --- pass_second_look.cpp ---
    /// A control that stands elsewhere, and the one that took it along.
    struct TakenAlong {
        StripControl control;
        StripName strip;
        StripName by;
    };
    [[nodiscard]] std::vector<TakenAlong> taken_along() const;
    [[nodiscard]] std::optional<std::size_t> entry_of(const Errand& errand) const;
    [[nodiscard]] std::optional<ControlValue> held_before(const Errand& errand) const;

    Pass pass;
    std::vector<Wish> wishes;  ///< wish i is entry i is reading i
    bool force;
    Capabilities capabilities;
    RunnerPacing pacing;
    PassRecorder& recorder;

    Phase phase = Phase::idle;
    bool unsettled = false;  ///< until the strips have come to rest nothing is sent
    bool to_be_held = false;
    MixerState mixer_before;
    std::vector<StripId> gone;                    ///< strips removed since the start
    std::set<std::pair<StripId, Control>> taken;  ///< by hands, since the start
    bool left_some = false;                       ///< written to, and gone before it was taken back
    std::vector<StripName> names;                 ///< of the wishes' strips, as they were called at the start
    std::vector<ControlValue> before;
    WirePace pace;
    Errands reads;
    Errands writes;
    std::vector<std::size_t> written;  ///< entry of each write
    Errands looks;                     ///< at all that may have been taken along
    Errands restores;
    std::vector<std::optional<std::size_t>>
        restored;  ///< entry of each restore; none for a control of no entry
    std::optional<Error> refused;
    std::optional<Error> cause;
};

}  // namespace kedge::surface
