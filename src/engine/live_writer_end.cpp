// How a pass of live writing ends: what is let go, put back and told.

#include "engine/live_writer.hpp"

#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

void LiveWriter::interrupt(Desk& desk) {
    const Error stopped{ErrorKind::interrupted, "Stopped while rides were written.", {}};
    switch (phase_) {
        case Phase::reading:
            report_.error = stopped;
            finish(desk);
            return;
        case Phase::arming:
            for (Fader& fader : faders_) fader.strip.give_up(LiveEnd::untouched, stopped);
            report_.error = stopped;
            restore(desk);
            break;
        case Phase::rolling:
            end_pass(desk, stopped);
            break;
        default:
            break;
    }
    go_on(desk);
}

void LiveWriter::end_pass(Desk& desk, Error why) {
    for (Fader& fader : faders_) fader.strip.stop(desk, !unsettled_, why);
    report_.error = std::move(why);
    report_.transport_back = !roll_.stopped_by_hand();
    phase_ = Phase::returning;
    roll_.end(desk, report_.transport_back);
}

FadersBack::Wish LiveWriter::way_back(const Fader& fader) const {
    const LiveStripReport& report = report_.strips[fader.place];
    const LiveEnd end = fader.strip.end();
    const bool stays = end == LiveEnd::written || end == LiveEnd::theirs;
    FadersBack::Wish wish{fader.strip.strip(), stays ? order_.after : report.mode_before, std::nullopt};
    if (wish.mode == AutomationMode::manual && end != LiveEnd::theirs) wish.fader = report.fader_before;
    return wish;
}

void LiveWriter::restore(Desk& desk) {
    phase_ = Phase::restoring;
    back_.emplace(desk.surface().capabilities());
    std::vector<FadersBack::Wish> wishes;
    for (const Fader& fader : faders_)
        if (!fader.mode_by_hand && desk.mixer().find(fader.strip.strip()) != nullptr)
            wishes.push_back(way_back(fader));
    back_->start(desk, std::move(wishes));
}

void LiveWriter::lose(Desk& desk, const std::string& why) {
    const Error lost{ErrorKind::no_daw, fmt::format("The DAW was lost while rides were written: {}", why),
                     "Bring the DAW back; what was written so far is in its automation, if it kept it."};
    for (Fader& fader : faders_) fader.strip.stop(desk, false, lost);
    report_.error = lost;
    report_.transport_back = phase_ == Phase::reading || phase_ == Phase::arming;
    lost_ = true;
    finish(desk);
}

void LiveWriter::tell_what_stands(const Desk& desk, const Fader& fader) {
    LiveStripReport& report = report_.strips[fader.place];
    fader.strip.tell(report);
    const Strip* strip = desk.mixer().find(report.strip);
    if (strip != nullptr) report.mode_after = strip->fader_automation;
    const FadersBack::Wish wish = way_back(fader);
    if (lost_) {
        report.not_restored.push_back(fmt::format("Its automation mode was {}, and its fader stood at {}.",
                                                  to_string(report.mode_before),
                                                  to_string(report.fader_before.value_or(Decibels()))));
        return;
    }
    if (fader.mode_by_hand || strip == nullptr || !back_) return;
    if (back_->mode_failed(report.strip))
        report.not_restored.push_back(
            fmt::format("The DAW did not set its automation to {}.", to_string(wish.mode)));
    if (wish.fader && back_->fader_failed(report.strip))
        report.not_restored.push_back(fmt::format("Its fader stood at {}.", to_string(*wish.fader)));
}

void LiveWriter::finish(const Desk& desk) {
    for (const Fader& fader : faders_) tell_what_stands(desk, fader);
    report_.latency = wire_.usual();
    phase_ = Phase::done;
}

}  // namespace kedge::engine
