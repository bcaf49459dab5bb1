#include "engine/pass_job.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

/// Adds to the runner's record what nothing is sent for.
class PassJob::Scribe : public surface::PassRecorder {
  public:
    Scribe(surface::PassRecorder& recorder, std::vector<PassEntry> unmoved)
        : recorder_(recorder), unmoved_(std::move(unmoved)) {}

    Result<PassId> record_prepared(const Pass& pass) override {
        Pass whole = with_unmoved(pass);
        auto id = recorder_.record_prepared(whole);
        if (!id) return id;
        whole.id = *id;
        recorded_ = std::move(whole);
        return id;
    }

    Result<void> record_outcome(const Pass& pass) override {
        recorded_ = with_unmoved(pass);
        if (pass.state != PassState::applied)
            for (std::size_t i = pass.entries.size(); i < recorded_->entries.size(); ++i)
                if (recorded_->entries[i].verdict == Verdict::confirmed)
                    recorded_->entries[i].verdict = Verdict::rolled_back;
        return recorder_.record_outcome(*recorded_);
    }

    [[nodiscard]] const std::optional<Pass>& recorded() const { return recorded_; }

  private:
    [[nodiscard]] Pass with_unmoved(Pass pass) const {
        pass.entries.insert(pass.entries.end(), unmoved_.begin(), unmoved_.end());
        return pass;
    }

    surface::PassRecorder& recorder_;
    std::vector<PassEntry> unmoved_;
    std::optional<Pass> recorded_;
};

PassJob::PassJob(std::string doing, surface::PassRecorder& recorder)
    : doing_(std::move(doing)), recorder_(recorder) {}

PassJob::~PassJob() = default;

void PassJob::apply(Desk& desk, PassOrder order) {
    assert(!runner_ && !done_);
    const bool record_alone = order.wishes.empty() && !order.unmoved.empty();
    scribe_ = std::make_unique<Scribe>(recorder_, std::move(order.unmoved));
    if (record_alone) {
        done_ = true;
        PassEnd end;
        const auto id = scribe_->record_prepared(order.header);
        if (!id) {
            end.refused = id.error();
            return ended(std::move(end));
        }
        order.header.id = *id;
        order.header.state = PassState::applied;
        if (auto settled = scribe_->record_outcome(order.header); !settled) end.cause = settled.error();
        end.pass = scribe_->recorded();
        return ended(std::move(end));
    }
    runner_.emplace(std::move(order.header), std::move(order.wishes), order.forced,
                    desk.surface().capabilities(), surface::RunnerPacing{}, *scribe_);
    surface::RunnerOutbox out;
    runner_->start(desk.now(), desk.mixer(), out);
    pump(desk, out);
}

void PassJob::apply(Desk& desk, Result<PassOrder> order) {
    if (order) return apply(desk, std::move(*order));
    refuse(std::move(order).error());
}

void PassJob::refuse(Error why) {
    finish();
    PassEnd end;
    end.refused = std::move(why);
    ended(std::move(end));
}

void PassJob::event(Desk& desk, const surface::Event& event) {
    if (done_ || !runner_) return;
    surface::RunnerOutbox out;
    runner_->event(desk.now(), event, desk.mixer(), out);
    pump(desk, out);
}

void PassJob::wake(Desk& desk) {
    if (done_ || !runner_) return;
    surface::RunnerOutbox out;
    runner_->wake(desk.now(), desk.mixer(), out);
    pump(desk, out);
}

void PassJob::refused(Desk& desk, const surface::Command& command, const Error&) {
    if (done_ || !runner_) return;
    if (const auto* set = std::get_if<surface::SetControl>(&command)) {
        surface::RunnerOutbox out;
        runner_->event(desk.now(), surface::ControlRefused{set->strip, set->control}, desk.mixer(), out);
        pump(desk, out);
    }
}

void PassJob::interrupt(Desk& desk) {
    if (done_ || !runner_) return;
    interrupted_ = true;
    surface::RunnerOutbox out;
    runner_->interrupt(desk.now(), desk.mixer(), out);
    pump(desk, out);
}

void PassJob::pump(Desk& desk, const surface::RunnerOutbox& out) {
    for (const auto& command : out.commands) desk.send(command);
    if (out.wake_at) desk.wake_at(*out.wake_at);
    if (!done_ && runner_->done()) conclude();
}

void PassJob::conclude() {
    done_ = true;
    PassEnd end;
    end.refused = runner_->refused();
    end.cause = runner_->cause();
    end.interrupted = interrupted_;
    if (!end.refused) end.pass = scribe_->recorded();
    ended(std::move(end));
}

Progress PassJob::progress() const {
    if (!runner_ || runner_->total() == 0) return {doing_, 0.0};
    return {fmt::format("{} {} of {} moves", doing_, runner_->settled(), runner_->total()),
            static_cast<double>(runner_->settled()) / static_cast<double>(runner_->total())};
}

}  // namespace kedge::engine
