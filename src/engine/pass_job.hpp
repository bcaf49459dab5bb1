#pragma once

#include "engine/job.hpp"
#include "engine/pass_report.hpp"
#include "surface/pass_runner.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kedge::engine {

/// A pass to be applied.
struct PassOrder {
    Pass header;  ///< without entries
    std::vector<surface::PassRunner::Wish> wishes;
    /// For the record alone: nothing is sent for these. Each with the verdict it has if the pass is applied.
    std::vector<PassEntry> unmoved;
    bool forced = false;
};

/// A job that ends with one pass: hands it to a PassRunner and passes everything on. What the pass is to be
/// is the business of the jobs made from it.
class PassJob : public Job {
  public:
    /// `doing` is for the progress bar: "reverting". The recorder outlives the job.
    PassJob(std::string doing, surface::PassRecorder& recorder);
    ~PassJob() override;

    void event(Desk& desk, const surface::Event& event) override;
    void wake(Desk& desk) override;
    void refused(Desk& desk, const surface::Command& command, const Error& error) override;
    void interrupt(Desk& desk) override;
    [[nodiscard]] bool done() const override { return done_; }
    [[nodiscard]] Progress progress() const override;

  protected:
    /// Applies the pass; `ended` follows, perhaps at once. Once for each job.
    void apply(Desk& desk, PassOrder order);
    /// The same, or the job is over with the reason why there is no order.
    void apply(Desk& desk, Result<PassOrder> order);
    /// The job is over and nothing was sent; `ended` is told why.
    void refuse(Error why);
    [[nodiscard]] bool applying() const { return runner_.has_value(); }
    /// The job is over; without a pass when none was applied.
    void finish() { done_ = true; }
    virtual void ended(PassEnd end) = 0;

  private:
    class Scribe;
    void pump(Desk& desk, const surface::RunnerOutbox& out);
    void conclude();

    std::string doing_;
    surface::PassRecorder& recorder_;
    std::unique_ptr<Scribe> scribe_;
    std::optional<surface::PassRunner> runner_;
    bool interrupted_ = false;
    bool done_ = false;
};

}  // namespace kedge::engine
