#include "engine/snapshot_job.hpp"

#include "core/strip_recognition.hpp"
#include "core/utf8.hpp"
#include "engine/comparison.hpp"
#include "surface/levels_known.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

bool is_number(const std::string& name) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return pass_named(name) || std::all_of(name.begin(), name.end(), is_digit);
}

/// Control characters of ASCII and of Unicode (U+0080 to U+009F), and bytes that are no text at all.
bool has_unprintable(const std::string& name) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(name[i]); };
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (byte(i) < 0x20 || byte(i) == 0x7f) return true;
        if (i > 0 && byte(i - 1) == 0xc2 && byte(i) >= 0x80 && byte(i) < 0xa0) return true;
    }
    return valid_utf8(name) != name;
}

std::string without_outer_blanks(const std::string& name) {
    const auto first = name.find_first_not_of(' ');
    if (first == std::string::npos) return {};
    return name.substr(first, name.find_last_not_of(' ') - first + 1);
}

/// A name that can be had instead.
std::string instead_of(const std::string& name) {
    const std::string bare = without_outer_blanks(name);
    if (bare.empty()) return "`kedge snapshot rough`";
    if (is_number(bare)) return fmt::format("`kedge snapshot take{}{}`", bare[0] == '-' ? "" : "-", bare);
    return fmt::format("`kedge snapshot \"{}\"`", bare);
}

Result<void> check_name(const std::string& name) {
    const auto refuse = [](std::string why, std::string next) {
        return fail(ErrorKind::usage, std::move(why), std::move(next));
    };
    if (name.empty()) return refuse("A snapshot needs a name.", instead_of(name));
    if (has_unprintable(name))
        return refuse("A snapshot's name has no control characters: it could not be typed to bring it back.",
                      instead_of(""));
    if (without_outer_blanks(name) != name)
        return refuse("A snapshot's name neither begins nor ends with a blank.", instead_of(name));
    if (is_number(name))
        return refuse("A snapshot's name is no number: numbers name passes.", instead_of(name));
    return {};
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
    if (auto named = check_name(snapshot_.name); !named) return end_with(named.error());
    if (auto known = surface::check_levels_known(desk.surface().capabilities()); !known)
        return end_with(known.error());
    snapshot_.session = desk.mixer().session.name;
    reader_.emplace(desk.surface().capabilities());
    if (auto taken = take_up(desk.mixer()); !taken) return end_with(taken.error());
    reader_->start(desk);
    advance();
}

Result<void> SnapshotJob::take_up(const MixerState& mixer) {
    for (const Strip& strip : mixer.strips) {
        if (count_named(mixer.strips, strip.name.kind, strip.name.name) > 1) {
            report_.twins.push_back(strip.name);
            continue;
        }
        for (const Control control : all_controls)
            if (const auto value = strip.control(control)) {
                reader_->add(strip.id, control);
                snapshot_.values.push_back({strip.name, control, *value});
            }
    }
    if (!snapshot_.values.empty() || report_.twins.empty()) return {};
    return fail(ErrorKind::refused,
                "Every strip shares its name with another: no recall could tell them apart.",
                "Give each of them a name of its own in the DAW and run the command again.");
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
