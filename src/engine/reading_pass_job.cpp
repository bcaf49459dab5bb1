#include "engine/reading_pass_job.hpp"

#include <cctype>
#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

std::string sentence(std::string words) {
    words.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(words.front())));
    return words + ".";
}

}  // namespace

ReadingPassJob::ReadingPassJob(std::string doing, surface::PassRecorder& recorder, std::string untouched)
    : PassJob(std::move(doing), recorder), untouched_(std::move(untouched)) {}

void ReadingPassJob::read(Desk& desk, const std::vector<Question>& questions) {
    reader_.emplace(desk.surface().capabilities());
    for (const Question& question : questions) reader_->add(question.strip, question.control);
    reader_->start(desk);
    advance(desk);
}

std::optional<ControlValue> ReadingPassJob::answer(std::size_t number) const {
    return reader_->answer(number);
}

void ReadingPassJob::event(Desk& desk, const surface::Event& event) {
    if (applying()) return PassJob::event(desk, event);
    if (done()) return;
    reader_->event(desk, event);
    advance(desk);
}

void ReadingPassJob::wake(Desk& desk) {
    if (applying()) return PassJob::wake(desk);
    if (done()) return;
    reader_->wake(desk);
    advance(desk);
}

void ReadingPassJob::refused(Desk& desk, const surface::Command& command, const Error& error) {
    if (applying()) return PassJob::refused(desk, command, error);
    if (done()) return;
    reader_->refused(desk, command);
    advance(desk);
}

void ReadingPassJob::interrupt(Desk& desk) {
    if (applying()) return PassJob::interrupt(desk);
    if (!done()) refuse({ErrorKind::interrupted, fmt::format("Stopped: {}.", untouched_), {}});
}

void ReadingPassJob::advance(Desk& desk) {
    if (!reader_->done()) return;
    if (reader_->lost()) return refuse({ErrorKind::no_daw, *reader_->lost(), sentence(untouched_)});
    all_read(desk);
}

}  // namespace kedge::engine
