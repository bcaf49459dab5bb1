#include "engine/line_pass_job.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace kedge::engine {

LinePassJob::LinePassJob(std::string doing, surface::PassRecorder& recorder)
    : doing_(std::move(doing)), recorder_(recorder) {}

void LinePassJob::read(Desk& desk, std::vector<StripId> strips) {
    assert(phase_ == Phase::idle && !strips.empty());
    asked_ = std::move(strips);
    ask(desk, Phase::reading);
}

void LinePassJob::ask(Desk& desk, Phase phase) {
    phase_ = phase;
    reader_.emplace(desk, asked_);
}

void LinePassJob::write(Desk& desk, LineOrder order) {
    assert(phase_ == Phase::reading && !order.writes.empty());
    order_ = std::move(order);
    Pass& pass = order_.header;
    pass.state = PassState::prepared;
    asked_.clear();
    for (const LineOrder::Write& each : order_.writes) {
        pass.lines.push_back(each.line);
        asked_.push_back(each.strip);
    }
    const auto id = recorder_.record_prepared(pass);
    if (!id) return refuse(id.error());
    pass.id = *id;
    send(desk, Phase::writing);
}

void LinePassJob::send(Desk& desk, Phase phase) {
    phase_ = phase;
    surface::WriteFaderLines command;
    command.undo_name = order_.undo_name;
    for (const LineOrder::Write& each : order_.writes)
        command.lines.push_back({each.strip, phase == Phase::writing ? each.line.after : each.line.before});
    desk.send(std::move(command));
}

bool LinePassJob::is_reading() const {
    return phase_ == Phase::reading || phase_ == Phase::proving || phase_ == Phase::proving_restored;
}

void LinePassJob::event(Desk& desk, const surface::Event& event) {
    if (is_reading()) {
        reader_->event(event);
        read_on(desk);
    } else if (phase_ != Phase::writing && phase_ != Phase::restoring) {
        return;
    } else if (std::holds_alternative<surface::FaderLinesWritten>(event)) {
        ask(desk, phase_ == Phase::writing ? Phase::proving : Phase::proving_restored);
    } else if (const auto* why = std::get_if<surface::LinesRefused>(&event)) {
        refused_write(desk, why->why, why->unanswered);
    } else if (const auto* lost = std::get_if<surface::Lost>(&event)) {
        cut_off({ErrorKind::no_daw, lost->why,
                 "`kedge recover` says where the pass stands, once the DAW is back."});
    }
}

void LinePassJob::refused(Desk& desk, const surface::Command& command, const Error& error) {
    if (is_reading()) {
        reader_->refused(command, error);
        read_on(desk);
    } else if (std::holds_alternative<surface::WriteFaderLines>(command)) {
        refused_write(desk, error, false);
    }
}

void LinePassJob::read_on(Desk& desk) {
    if (!reader_->done()) return;
    if (const auto why = reader_->error()) return phase_ == Phase::reading ? refuse(*why) : cut_off(*why);
    if (phase_ == Phase::reading) return lines_read(desk);
    if (phase_ == Phase::proving) return prove(desk);
    judge_restored();
}

void LinePassJob::refused_write(Desk& desk, const Error& why, bool unanswered) {
    if (phase_ != Phase::writing && phase_ != Phase::restoring) return;
    if (!cause_) cause_ = why;
    // Refused is not written, and silence is neither: what stands there tells.
    if (unanswered) return cut_off(why);
    ask(desk, phase_ == Phase::writing ? Phase::proving : Phase::proving_restored);
}

void LinePassJob::interrupt(Desk&) {
    if (phase_ == Phase::reading) refuse({ErrorKind::interrupted, "Stopped: nothing was changed.", {}});
}

bool LinePassJob::all_hold(FaderLine PassLine::*side) const {
    return std::all_of(order_.writes.begin(), order_.writes.end(), [&](const LineOrder::Write& each) {
        return same_line(line(each.strip), each.line.*side);
    });
}

void LinePassJob::prove(Desk& desk) {
    if (all_hold(&PassLine::after)) return settle(PassState::applied, Verdict::confirmed);
    if (!cause_)
        cause_ = Error{ErrorKind::refused, "What was written did not read back as it was meant.",
                       "Check that nobody edits the same automation, and run the command again."};
    if (all_hold(&PassLine::before)) return settle(PassState::rolled_back, Verdict::rolled_back);
    send(desk, Phase::restoring);
}

void LinePassJob::judge_restored() {
    if (all_hold(&PassLine::before)) return settle(PassState::rolled_back, Verdict::rolled_back);
    settle(PassState::broken, Verdict::failed);
}

/// `otherwise`: the verdict of what does not hold what it held before, or, of an applied pass, of all.
void LinePassJob::settle(PassState state, Verdict otherwise) {
    Pass& pass = order_.header;
    pass.state = state;
    for (std::size_t i = 0; i < pass.lines.size(); ++i) {
        const bool back =
            state == PassState::broken && same_line(line(order_.writes[i].strip), pass.lines[i].before);
        pass.lines[i].verdict = back ? Verdict::rolled_back : otherwise;
    }
    LineEnd done;
    if (auto recorded = recorder_.record_outcome(pass); !recorded) {
        done.cause = recorded.error();
    } else {
        done.cause = std::move(cause_);
    }
    done.pass = pass;
    end(std::move(done));
}

void LinePassJob::cut_off(Error why) {
    LineEnd cut;
    cut.pass = order_.header;
    cut.cause = std::move(why);
    end(std::move(cut));
}

void LinePassJob::refuse(Error why) {
    LineEnd nothing;
    nothing.refused = std::move(why);
    end(std::move(nothing));
}

void LinePassJob::end(LineEnd end) {
    finish();
    ended(std::move(end));
}

Progress LinePassJob::progress() const {
    switch (phase_) {
        case Phase::idle:
        case Phase::reading:
            return {doing_ + ": reading the faders' automation", 0.0};
        case Phase::writing:
            return {doing_, 0.3};
        case Phase::proving:
            return {doing_ + ": reading it again", 0.6};
        case Phase::restoring:
        case Phase::proving_restored:
            return {"taking it back", 0.8};
        case Phase::done:
            break;
    }
    return {doing_, 1.0};
}

}  // namespace kedge::engine
