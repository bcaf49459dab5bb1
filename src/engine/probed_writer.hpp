#pragma once

#include "engine/live_writer.hpp"
#include "engine/saw_tooth_probe.hpp"

#include <optional>
#include <vector>

namespace kedge::engine {

struct ProbedReport {
    std::optional<ProbeReport> probe;  ///< none where the DAW's way of writing was known
    std::optional<LiveReport> live;    ///< none when it came to no writing
    std::optional<Error> error;        ///< why not every ride is written whole
};

/// Writes rides live once it is known that the DAW holds what is written; where nobody found that out yet on
/// this connection, a probe does, in a stretch that is written over by its ride. Whoever runs it has
/// journalled before what it is about to write, the probe's stretch with it.
class ProbedWriter : public Job {
  public:
    /// `heard`: the old automation of these faders. `known` outlives the job.
    ProbedWriter(LiveOrder order, std::vector<HeardLine> heard, KnownStyle& known);

    void start(Desk& desk) override;
    void event(Desk& desk, const surface::Event& event) override;
    void wake(Desk& desk) override;
    void refused(Desk& desk, const surface::Command& command, const Error& error) override;
    void interrupt(Desk& desk) override;
    [[nodiscard]] bool done() const override { return step_ == Step::done; }
    [[nodiscard]] Progress progress() const override;

    /// Final once done().
    [[nodiscard]] const ProbedReport& report() const { return report_; }

  private:
    enum class Step { idle, probing, writing, done };
    [[nodiscard]] Job* at_work();
    void probe(Desk& desk);
    void write(Desk& desk);
    void go_on(Desk& desk);

    LiveOrder order_;
    std::vector<HeardLine> heard_;
    KnownStyle& known_;
    Step step_ = Step::idle;
    bool stopped_ = false;
    std::optional<SawToothProbe> probe_;
    std::optional<LiveWriter> writer_;
    ProbedReport report_;
};

}  // namespace kedge::engine
