#include "engine/recall_job.hpp"

#include "engine/strip_identity.hpp"
#include "engine/unfinished.hpp"
#include "surface/same_value.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

RecallJob::RecallJob(std::string snapshot, std::string surface_name, WallTime created,
                     journal::Journal& journal, surface::PassRecorder& recorder, Selection selection)
    : ReadingPassJob("recalling", recorder, "nothing was changed"),
      snapshot_(std::move(snapshot)),
      surface_name_(std::move(surface_name)),
      created_(created),
      journal_(journal),
      selection_(std::move(selection)) {}

void RecallJob::start(Desk& desk) {
    auto made = order(desk);
    if (!made) return refuse(made.error());
    order_ = std::move(*made);
    const Capabilities& can = desk.surface().capabilities();
    const bool seems_idle =
        std::all_of(order_->wishes.begin(), order_->wishes.end(), [&](const surface::PassRunner::Wish& wish) {
            const auto reported = desk.mixer().find(wish.strip)->control(wish.control);
            return reported && surface::same_value(*reported, wish.to, can);
        });
    if (!seems_idle) return apply(desk, std::move(*order_));
    make_sure(desk);
}

/// What was reported last says that nothing is to be moved; only what is read says so for certain.
void RecallJob::make_sure(Desk& desk) {
    std::vector<Question> questions;
    for (const auto& wish : order_->wishes) questions.push_back({wish.strip, wish.control});
    read(desk, questions);
}

void RecallJob::all_read(Desk& desk) {
    const Capabilities& can = desk.surface().capabilities();
    for (std::size_t i = 0; i < order_->wishes.size(); ++i) {
        const auto held = answer(i);
        if (!held || !surface::same_value(*held, order_->wishes[i].to, can))
            return apply(desk, std::move(*order_));
    }
    finish();
    ended({});
}

namespace {
PassEntry entry_of(const SnapshotValue& value) {
    return {value.strip, value.control, value.value, value.value, Verdict::pending, "recall", {}};
}
}  // namespace

void RecallJob::take(const SnapshotValue& value, const Strip* strip, PassOrder& order) {
    if (!report_.lets(strip, entry_of(value))) return;
    order.wishes.push_back({strip->id, value.control, value.value, std::nullopt, "recall",
                            fmt::format("as in snapshot '{}'", snapshot_)});
}

Result<PassOrder> RecallJob::order(Desk& desk) {
    const std::string& session = desk.mixer().session.name;
    const auto snapshot = journal_.snapshot(session, snapshot_);
    if (!snapshot) return tl::unexpected(snapshot.error());
    if (auto clear = check_nothing_unfinished(journal_, session); !clear)
        return tl::unexpected(clear.error());
    std::vector<StripName> strips;
    for (const SnapshotValue& value : snapshot->values) strips.push_back(value.strip);
    if (auto known = selection_.check(strips, fmt::format("snapshot '{}'", snapshot_)); !known)
        return tl::unexpected(known.error());

    PassOrder order;
    order.header.kind = PassKind::recall;
    order.header.surface = surface_name_;
    order.header.session = session;
    order.header.created = created_;
    order.header.recalls = snapshot_;
    std::vector<PassEntry> wanted;
    for (const SnapshotValue& value : snapshot->values)
        if (selection_.takes(value.strip, value.control)) wanted.push_back(entry_of(value));
    const auto recognised = recognise_recorded(wanted, desk.mixer(), desk.surface().capabilities());
    if (!recognised) return tl::unexpected(recognised.error());
    for (const SnapshotValue& value : snapshot->values)
        if (selection_.takes(value.strip, value.control))
            take(value, find_recorded(*recognised, value.strip, desk.mixer()), order);
    for (const Strip& strip : desk.mixer().strips)
        if (std::find(strips.begin(), strips.end(), strip.name) == strips.end())
            report_.added.push_back(strip.name);
    if (order.wishes.empty()) return tl::unexpected(nothing_to_recall());
    return order;
}

Error RecallJob::nothing_to_recall() const {
    if (report_.left() == 0)
        return {ErrorKind::refused,
                fmt::format("Snapshot '{}' holds nothing of what is selected.", snapshot_),
                "Nothing was changed."};
    return {ErrorKind::conflict,
            fmt::format("Every control of snapshot '{}' that was asked for is gone from this session, or "
                        "follows automation now.",
                        snapshot_),
            "Nothing was changed."};
}

void RecallJob::ended(PassEnd end) {
    settle_report(report_, std::move(end), "recall",
                  "What is there was recalled; `kedge strips` shows what the session has.");
}

}  // namespace kedge::engine
