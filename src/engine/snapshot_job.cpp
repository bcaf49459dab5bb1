#include "engine/snapshot_job.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

bool is_number(const std::string& name) {
    return std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

SnapshotJob::SnapshotJob(std::string name, std::string surface_name, WallTime created,
                         journal::Journal& journal)
    : journal_(journal) {
    snapshot_.name = std::move(name);
    snapshot_.surface = std::move(surface_name);
    snapshot_.created = created;
}

void SnapshotJob::start(Desk& desk) {
    snapshot_.session = desk.mixer().session.name;
    if (snapshot_.name.empty())
        return end_with({ErrorKind::usage, "A snapshot needs a name.", "`kedge snapshot rough`"});
    if (is_number(snapshot_.name))
        return end_with({ErrorKind::usage, "A snapshot's name is no number: numbers name passes.",
                         fmt::format("`kedge snapshot take-{}`", snapshot_.name)});
    reader_.emplace(desk.surface().capabilities());
    for (const Strip& strip : desk.mixer().strips)
        for (const Control control : all_controls)
            if (const auto value = strip.control(control)) {
                reader_->add(strip.id, control);
                snapshot_.values.push_back({strip.name, control, *value});
            }
    reader_->start(desk);
    advance();
}

void SnapshotJob::event(Desk& desk, const surface::Event& event) {
    if (done_) return;
    reader_->event(desk, event);
    advance();
}

void SnapshotJob::wake(Desk& desk) {
    if (done_) return;
    reader_->wake(desk);
    advance();
}

void SnapshotJob::refused(Desk& desk, const surface::Command& command, const Error&) {
    if (done_) return;
    reader_->refused(desk, command);
    advance();
}

void SnapshotJob::interrupt(Desk&) {
    if (!done_) end_with({ErrorKind::interrupted, "Stopped: no snapshot was taken.", {}});
}

void SnapshotJob::advance() {
    if (reader_->done()) store();
}

void SnapshotJob::store() {
    if (reader_->lost())
        return end_with({ErrorKind::no_daw, *reader_->lost(), "No snapshot was taken: bring the DAW back."});
    for (std::size_t i = 0; i < snapshot_.values.size(); ++i) {
        SnapshotValue& value = snapshot_.values[i];
        const auto answer = reader_->answer(i);
        if (!answer)
            return end_with({ErrorKind::refused,
                             fmt::format("The {} of \"{}\" could not be read: no snapshot was taken.",
                                         to_string(value.control), value.strip.name),
                             "Check that the DAW is not busy or showing a dialog, and try again."});
        value.value = *answer;
    }
    if (auto stored = journal_.store(snapshot_); !stored) return end_with(stored.error());
    report_.snapshot = std::move(snapshot_);
    done_ = true;
}

void SnapshotJob::end_with(Error error) {
    report_.error = std::move(error);
    done_ = true;
}

Progress SnapshotJob::progress() const {
    return {"reading the mixer", reader_ ? reader_->share() : 0.0};
}

}  // namespace kedge::engine
