#pragma once

#include "engine/job.hpp"
#include "engine/line_reader.hpp"
#include "surface/pass_runner.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kedge::engine {

/// A pass of fader lines to be written.
struct LineOrder {
    struct Write {
        StripId strip;
        PassLine line;
    };
    Pass header;  ///< without lines
    std::vector<Write> writes;
    std::string undo_name;  ///< of the one step in the DAW's own history
};

/// How such a pass ended.
struct LineEnd {
    std::optional<Pass> pass;      ///< as it is in the journal; none when nothing was written or recorded
    std::optional<Error> refused;  ///< why nothing was written
    std::optional<Error> cause;    ///< why it was not applied, or its outcome not recorded
};

/// A job that reads fader lines and ends with one pass of them: journalled, written in one go, and believed
/// only once read again. What cannot be proved to stand is taken back, all of it; where that cannot be proved
/// either the pass is broken, and where the DAW fell silent it stays prepared, for `kedge recover`.
class LinePassJob : public Job {
  public:
    /// `doing` is for the progress bar: "writing rides". The recorder outlives the job.
    LinePassJob(std::string doing, surface::PassRecorder& recorder);

    void event(Desk& desk, const surface::Event& event) override;
    void wake(Desk&) override {}
    void refused(Desk& desk, const surface::Command& command, const Error& error) override;
    /// Before anything is written the job ends; after that it takes a moment only, and goes on to its end.
    void interrupt(Desk& desk) override;
    [[nodiscard]] bool done() const override { return phase_ == Phase::done; }
    [[nodiscard]] Progress progress() const override;

  protected:
    /// Asks for the lines; `lines_read` follows. Once for each job; at least one strip (asserted).
    void read(Desk& desk, std::vector<StripId> strips);
    virtual void lines_read(Desk& desk) = 0;
    /// What was read of a strip that was asked for.
    [[nodiscard]] const FaderLine& line(StripId strip) const { return reader_->line(strip); }
    /// Writes the pass; `ended` follows. Once for each job; at least one line (asserted).
    void write(Desk& desk, LineOrder order);
    /// The job is over and nothing was written; `ended` is told why.
    void refuse(Error why);
    /// The job is over without a pass.
    void finish() { phase_ = Phase::done; }
    virtual void ended(LineEnd end) = 0;

  private:
    enum class Phase { idle, reading, writing, proving, restoring, proving_restored, done };

    void ask(Desk& desk, Phase phase);
    void send(Desk& desk, Phase phase);
    void read_on(Desk& desk);
    void refused_write(Desk& desk, const Error& why, bool unanswered);
    [[nodiscard]] bool is_reading() const;
    void prove(Desk& desk);
    void judge_restored();
    void settle(PassState state, Verdict otherwise);
    void cut_off(Error why);
    [[nodiscard]] bool all_hold(FaderLine PassLine::*side) const;
    void end(LineEnd end);

    std::string doing_;
    surface::PassRecorder& recorder_;
    Phase phase_ = Phase::idle;
    std::vector<StripId> asked_;
    std::optional<LineReader> reader_;
    LineOrder order_;
    std::optional<Error> cause_;
};

}  // namespace kedge::engine
