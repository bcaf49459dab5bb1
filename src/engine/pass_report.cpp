#include "engine/pass_report.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kedge::engine {

namespace {

Error cut_off(const PassEnd& end, const std::string& what) {
    return {ErrorKind::no_daw,
            fmt::format("The DAW was lost in the middle of the {} (pass {}): {}.", what, end.pass->id.value,
                        end.cause ? end.cause->message : "no reason is known"),
            end.cause ? end.cause->next : std::string()};
}

Error not_applied(const PassEnd& end, const std::string& what) {
    const Pass& pass = *end.pass;
    if (pass.state == PassState::prepared) return cut_off(end, what);
    const std::string next = fmt::format(
        "`kedge show {}` says what became of each control; run the command again once the DAW answers.",
        pass.id.value);
    const bool back = pass.state == PassState::rolled_back;
    if (end.interrupted)
        return {ErrorKind::interrupted,
                fmt::format("Stopped in the middle of the {}; {}.", what,
                            back ? "what was sent was taken back" : "not everything could be taken back"),
                back ? std::string() : next};
    const std::string cause = end.cause ? " " + end.cause->message : std::string();
    return {back ? ErrorKind::rolled_back : ErrorKind::refused,
            fmt::format("The {} was not completed{}.{}", what, back ? "" : ", nor wholly taken back", cause),
            next};
}

std::string why_left(const PassReport& report) {
    std::vector<std::string_view> reasons;
    if (!report.conflicts.empty()) reasons.emplace_back("moved by hand since");
    if (!report.gone.empty()) reasons.emplace_back("gone");
    if (!report.automated.empty()) reasons.emplace_back("following automation");
    if (!report.unread.empty()) reasons.emplace_back("not to be read");
    return fmt::format("{}", fmt::join(reasons, " or "));
}

bool among(const std::vector<PassEntry>& entries, const PassEntry& one) {
    return std::any_of(entries.begin(), entries.end(), [&](const PassEntry& each) {
        return each.strip == one.strip && each.control == one.control;
    });
}

}  // namespace

bool LeftAlone::lets(const Strip* strip, const PassEntry& entry) {
    if (!strip || !strip->control(entry.control)) {
        gone.push_back(entry);
    } else if (strip->automation(entry.control) != AutomationMode::manual) {
        automated.push_back(entry);
    } else {
        return true;
    }
    return false;
}

void settle_report(PassReport& report, PassEnd end, const std::string& what, const std::string& by_force) {
    if (end.refused) {
        report.error = std::move(end.refused);
        return;
    }
    report.pass = end.pass;
    if (end.pass) {
        for (const PassEntry& entry : end.pass->entries)
            if (entry.verdict == Verdict::conflict && !among(report.gone, entry) &&
                !among(report.automated, entry))
                report.conflicts.push_back(entry);
        if (end.pass->state != end.wanted) {
            report.error = not_applied(end, what);
            return;
        }
    }
    if (end.cause) {
        report.error = std::move(end.cause);
    } else if (report.left() > 0) {
        report.error = Error{ErrorKind::conflict,
                             fmt::format("{} {}: left alone.",
                                         report.left() == 1 ? std::string("One control was")
                                                            : fmt::format("{} controls were", report.left()),
                                         why_left(report)),
                             by_force};
    }
}

}  // namespace kedge::engine
