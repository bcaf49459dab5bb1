#include "engine/control_reader.hpp"

#include <algorithm>

namespace kedge::engine {

using surface::RunnerOutbox;

ControlReader::ControlReader(const Capabilities& capabilities)
    : pacing_(surface::pacing_for(capabilities, {})), pace_(pacing_), errands_(capabilities, pace_) {}

std::size_t ControlReader::add(StripId strip, Control control) {
    return errands_.add({.kind = surface::Errand::Kind::read,
                         .strip = strip,
                         .control = control,
                         .tries = pacing_.most_sends});
}

void ControlReader::start(Desk& desk) {
    RunnerOutbox out;
    pump(desk, out);
}

void ControlReader::event(Desk& desk, const surface::Event& event) {
    if (done()) return;
    RunnerOutbox out;
    if (const auto* report = std::get_if<surface::ControlReported>(&event))
        errands_.reported(desk.now(), *report, out);
    if (const auto* changed = std::get_if<surface::StripsChanged>(&event)) errands_.removed(changed->removed);
    if (const auto* lost = std::get_if<surface::Lost>(&event)) lost_ = lost->why;
    pump(desk, out);
}

void ControlReader::wake(Desk& desk) {
    if (done()) return;
    RunnerOutbox out;
    errands_.wake(desk.now(), out);
    pump(desk, out);
}

void ControlReader::refused(Desk& desk, const surface::Command& command) {
    const auto* question = std::get_if<surface::QueryControl>(&command);
    if (done() || question == nullptr) return;
    RunnerOutbox out;
    errands_.refused(desk.now(), {question->strip, question->control}, out);
    pump(desk, out);
}

void ControlReader::pump(Desk& desk, RunnerOutbox& out) {
    errands_.pump(desk.now(), out);
    for (const auto& command : out.commands) desk.send(command);
    if (out.wake_at) desk.wake_at(*out.wake_at);
}

std::optional<ControlValue> ControlReader::answer(std::size_t number) const {
    const auto& errand = errands_.all()[number];
    return errand.end == surface::ErrandEnd::reached ? errand.answer : std::nullopt;
}

double ControlReader::share() const {
    const auto all = errands_.all();
    const auto ended = std::count_if(all.begin(), all.end(), [](const surface::Errand& errand) {
        return errand.end != surface::ErrandEnd::open;
    });
    return all.empty() ? 1.0 : static_cast<double>(ended) / static_cast<double>(all.size());
}

}  // namespace kedge::engine
