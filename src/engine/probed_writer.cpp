#include "engine/probed_writer.hpp"

#include <utility>

namespace kedge::engine {

ProbedWriter::ProbedWriter(LiveOrder order, std::vector<HeardLine> heard, KnownStyle& known)
    : order_(std::move(order)), heard_(std::move(heard)), known_(known) {}

void ProbedWriter::start(Desk& desk) {
    switch (known_.of(desk.surface())) {
        case WritingStyle::staircase:
            write(desk);
            break;
        case WritingStyle::saw_tooth:
            report_.error = saw_tooth_refusal();
            step_ = Step::done;
            break;
        case WritingStyle::unknown:
            probe(desk);
            break;
    }
    go_on(desk);
}

void ProbedWriter::probe(Desk& desk) {
    const auto spot = choose_probe_spot(order_.rides, heard_);
    if (!spot) {
        report_.error = Error{
            ErrorKind::refused,
            "It cannot be tried out whether this DAW holds what is written live: no ride is level for two "
            "seconds where its fader was level before.",
            "Ride a longer part of the song (--from, --to), or run 'kedge doctor': it says how to install "
            "the companion script, which needs no trying out."};
        step_ = Step::done;
        return;
    }
    step_ = Step::probing;
    probe_.emplace(*spot);
    probe_->start(desk);
}

void ProbedWriter::write(Desk& desk) {
    step_ = Step::writing;
    writer_.emplace(order_);
    writer_->start(desk);
}

Job* ProbedWriter::at_work() {
    if (step_ == Step::probing) return &*probe_;
    return step_ == Step::writing ? &*writer_ : nullptr;
}

void ProbedWriter::go_on(Desk& desk) {
    if (step_ == Step::probing && probe_->done()) {
        report_.probe = probe_->report();
        report_.error = report_.probe->error;
        if (stopped_ && !report_.error)
            report_.error = Error{ErrorKind::interrupted, "Stopped before the rides were written.", {}};
        if (report_.probe->style != WritingStyle::unknown) known_.keep(report_.probe->style, desk.surface());
        if (report_.error) {
            step_ = Step::done;
        } else {
            write(desk);
        }
    }
    if (step_ != Step::writing || !writer_->done()) return;
    report_.live = writer_->report();
    report_.error = report_.live->error;
    step_ = Step::done;
}

void ProbedWriter::event(Desk& desk, const surface::Event& event) {
    if (Job* job = at_work()) job->event(desk, event);
    go_on(desk);
}

void ProbedWriter::wake(Desk& desk) {
    if (Job* job = at_work()) job->wake(desk);
    go_on(desk);
}

void ProbedWriter::refused(Desk& desk, const surface::Command& command, const Error& error) {
    if (Job* job = at_work()) job->refused(desk, command, error);
    go_on(desk);
}

void ProbedWriter::interrupt(Desk& desk) {
    stopped_ = true;
    if (Job* job = at_work()) job->interrupt(desk);
    go_on(desk);
}

Progress ProbedWriter::progress() const {
    if (step_ == Step::writing) return writer_->progress();
    if (step_ == Step::probing) return probe_->progress();
    return {"writing rides", step_ == Step::done ? 1.0 : 0.0};
}

}  // namespace kedge::engine
