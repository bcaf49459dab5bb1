#include "cli/commands.hpp"
#include "cli/hand_roles.hpp"
#include "cli/json_words.hpp"
#include "cli/line_words.hpp"
#include "cli/profiles.hpp"
#include "cli/ride_words.hpp"
#include "cli/strip_named.hpp"
#include "cli/text_table.hpp"
#include "cli/time_words.hpp"
#include "engine/heard_ride_job.hpp"
#include "engine/journal_recorder.hpp"
#include "engine/line_reader.hpp"
#include "engine/live_ride_job.hpp"
#include "engine/ride_plan_job.hpp"
#include "engine/ride_write_job.hpp"
#include "io/state_files.hpp"

#include <memory>

#include <fmt/format.h>

namespace kedge::cli {

namespace json = boost::json;

namespace {

/// Rides that were planned, and what they were planned with.
struct RideWork {
    mix::RoleBook book;
    mix::RideProfile profile;
    mix::BalanceProfile balance;
    Connection* connection = nullptr;
    std::optional<engine::RidePlanJob> job;
};

/// Absent when neither end was given. What is not given is the song's beginning, or a day: no song is longer.
Result<std::optional<SongRange>> wished_range(const RideOptions& options) {
    if (!options.from && !options.to) return std::optional<SongRange>();
    SongRange range{SongTime(), SongTime(std::chrono::hours(24))};
    for (const auto& [text, end] :
         {std::pair(&options.from, &range.from), std::pair(&options.to, &range.to)}) {
        if (!*text) continue;
        const auto span = parse_span(**text);
        if (!span) return tl::unexpected(span.error());
        *end = SongTime(*span);
    }
    if (range.to <= range.from)
        return fail(ErrorKind::usage, "The range ends before it begins.", "--to must be later than --from.");
    return std::optional(range);
}

/// What can be said without a DAW.
Result<engine::RideOrder> order_without_daw(const RideOptions& options, const RideWork& work) {
    engine::RideOrder order;
    order.fresh_tape = options.fresh;
    order.bus_highest = work.balance.bus_range.high;
    const auto range = wished_range(options);
    if (!range) return tl::unexpected(range.error());
    order.wishes.range = *range;
    if (options.depth) {
        const auto depth = parse_depth(*options.depth, work.profile.most);
        if (!depth) return tl::unexpected(depth.error());
        order.wishes.depth = *depth;
    }
    for (const auto& [strip, share] : options.depths)
        order.wishes.depth_of[strip] = Decibels(work.profile.most.db() * share.value() / FaderPosition::top);
    return order;
}

/// Reads the mixer, listens or takes the stored tape, and plans. The job's report may hold an error too.
Result<std::unique_ptr<RideWork>> planned(Workplace& place, const RideOptions& options) {
    auto book = load_role_book();
    if (!book) return tl::unexpected(book.error());
    auto profile = load_ride_profile();
    if (!profile) return tl::unexpected(profile.error());
    auto balance = load_balance_profile(options.balance);
    if (!balance) return tl::unexpected(balance.error());
    auto work = std::make_unique<RideWork>(
        RideWork{std::move(*book), std::move(*profile), std::move(*balance), nullptr, std::nullopt});
    auto order = order_without_daw(options, *work);
    if (!order) return tl::unexpected(order.error());
    const auto journal = place.journal();
    if (!journal) return tl::unexpected(journal.error());
    const auto shelf = place.tapes();
    if (!shelf) return tl::unexpected(shelf.error());

    const auto connection = place.connected();
    if (!connection) return tl::unexpected(connection.error());
    work->connection = *connection;
    // Before the song is played for nothing.
    if (!options.plan)
        if (auto can = engine::need_rides(work->connection->surface().capabilities()); !can)
            return tl::unexpected(can.error());
    const MixerState& mixer = work->connection->surface().mixer();
    for (const std::string& name : options.strips) {
        const auto strip = strip_named(name, mixer);
        if (!strip) return tl::unexpected(strip.error());
        order->wishes.strips.push_back((*strip)->id);
    }
    auto by_hand = hand_roles(**journal, mixer.session);
    if (!by_hand) return tl::unexpected(by_hand.error());
    order->roles_by_hand = std::move(*by_hand);
    work->job.emplace(std::move(*order), work->book, work->profile, **shelf);
    if (const auto ran = work->connection->run(*work->job); !ran) return tl::unexpected(ran.error());
    return work;
}

/// Writes the pictures and says so in the outcome, also which could not be written.
void write_pictures(const RideWork& work, const std::string& file, Outcome& outcome) {
    const auto& report = work.job->report();
    std::vector<std::string> strips;
    for (const Ride& ride : report.plan.rides)
        strips.push_back(report.facts.mixer.find(ride.strip)->name.name);
    const auto files = picture_files(file, strips);
    for (std::size_t i = 0; i < strips.size(); ++i) {
        const Ride& ride = report.plan.rides[i];
        const auto trace = mix::ride_trace(report.facts.question(work.profile), ride.strip,
                                           report.plan.sections, report.facts.wishes.range);
        if (const auto written = io::replace_file(files[i], ride_svg(trace, ride)); !written) {
            outcome.fail_with(written.error());
            return;
        }
        outcome.document["rides"].as_array()[i].as_object()["svg"] = files[i];
        outcome.text += fmt::format("The picture of '{}' is in {}.\n", strips[i], files[i]);
    }
    if (strips.empty()) outcome.text += fmt::format("No ride, no picture: {} was not written.\n", file);
}

/// The outcome of a plan, before anything is written.
Outcome plan_outcome(const RideWork& work, const RideOptions& options) {
    const auto& report = work.job->report();
    if (report.error) return Outcome::failed(*report.error);
    Outcome outcome;
    outcome.document = json_of(report, work.connection->name());
    outcome.document["counters"] = json_of(work.connection->surface().counters());
    outcome.text = rides_text(report, work.profile, {});
    if (options.svg) write_pictures(work, *options.svg, outcome);
    return outcome;
}

/// Runs the job that writes; what it wrote is added to the plan's outcome.
template <class Job, class Text>
void carry_out(const RideWork& work, Job& job, Text text_of, Outcome& outcome) {
    if (const auto ran = work.connection->run(job); !ran) return outcome.fail_with(ran.error());
    outcome.document["written"] = json_of(job.report());
    outcome.text += text_of(job.report());
    if (job.report().error) outcome.fail_with(*job.report().error);
}

engine::LiveHands hands_of(const RideOptions& options) {
    engine::LiveHands hands;
    hands.then = options.hands == "resumes"  ? engine::TakenOver::resumes
                 : options.hands == "let-go" ? engine::TakenOver::let_go
                                             : engine::TakenOver::stays;
    return hands;
}

engine::LiveOrder live_order(const RideWork& work, const RideOptions& options) {
    engine::LiveOrder order;
    order.rides = work.job->report().plan.rides;
    order.mode = options.latch ? AutomationMode::latch : AutomationMode::touch;
    order.hands = hands_of(options);
    return order;
}

/// What of live rides could not be taken back exactly: nothing where automation can be read.
std::vector<std::string> not_exactly_back(const RideWork& work, const RideOptions& options) {
    const Capabilities& can = work.connection->surface().capabilities();
    if (can.fader_lines) return {};
    if (const auto back = engine::need_way_back(can); !back) return {back.error().message};
    return engine::cannot_restore(live_order(work, options));
}

/// Where automation can be heard, and not read. `not_back`: what is to be known before.
void write_heard(const RideWork& work, const RideOptions& options, const std::vector<std::string>& not_back,
                 journal::Journal& journal, Outcome& outcome) {
    Pass header;
    header.kind = PassKind::ride;
    header.surface = work.connection->name();
    header.created = io::wall_time();
    auto order = engine::heard_order(live_order(work, options), std::move(header), journal,
                                     work.connection->surface().mixer());
    if (!order) return outcome.fail_with(order.error());
    work.connection->say(cannot_restore_text(not_back));
    engine::JournalRecorder recorder(journal);
    engine::HeardRideJob job(std::move(*order), work.connection->known_style(), recorder);
    carry_out(work, job, live_ride_text, outcome);
}

void write_live(const RideWork& work, const RideOptions& options, const std::vector<std::string>& not_back,
                journal::Journal& journal, Outcome& outcome) {
    if (!work.connection->surface().capabilities().fader_lines)
        return write_heard(work, options, not_back, journal, outcome);
    engine::JournalRecorder recorder(journal);
    engine::LiveRideJob job(live_order(work, options), work.connection->name(), io::wall_time(), recorder);
    carry_out(work, job, live_ride_text, outcome);
}

void write_points(const RideWork& work, journal::Journal& journal, Outcome& outcome) {
    engine::JournalRecorder recorder(journal);
    engine::RideWriteJob job(work.job->report().plan.rides, work.connection->name(), io::wall_time(),
                             recorder);
    carry_out(work, job, ride_text, outcome);
}

}  // namespace

Outcome ride_command(Workplace& place, const RideOptions& options) {
    const auto work = planned(place, options);
    if (!work) return Outcome::failed(work.error());
    Outcome outcome = plan_outcome(**work, options);
    if (outcome.error) return outcome;
    const bool none = (*work)->job->report().plan.rides.empty();
    std::vector<std::string> not_back;
    if (options.live && !none) {
        not_back = not_exactly_back(**work, options);
        outcome.document["cannot_restore"] = json::value_from(not_back);
        if (options.plan) outcome.text += cannot_restore_text(not_back) + "\n";
    }
    if (options.plan || none) {
        outcome.text += options.plan ? "Nothing was written: this is a plan.\n" : "Nothing was written.\n";
        return outcome;
    }
    const auto journal = place.journal();
    if (!journal) return Outcome::failed(journal.error());
    if (options.live) {
        write_live(**work, options, not_back, **journal, outcome);
    } else {
        write_points(**work, **journal, outcome);
    }
    return outcome;
}

Outcome rides_command(Workplace& place) {
    const auto journal = place.journal();
    if (!journal) return Outcome::failed(journal.error());
    const auto passes = (*journal)->passes();
    if (!passes) return Outcome::failed(passes.error());
    json::array list;
    TextTable table({"PASS", "WHEN", "STATE", "STRIP", "POINTS", "SESSION"});
    for (const auto& summary : *passes) {
        if (summary.kind != PassKind::ride) continue;
        const auto pass = (*journal)->pass(summary.id);
        if (!pass) return Outcome::failed(pass.error());
        list.push_back(json_of(*pass));
        for (const PassLine& line : pass->lines)
            table.add({std::to_string(summary.id.value), iso_time(summary.created),
                       std::string(to_string(summary.state)), line.strip.name,
                       std::to_string(line.left().points.size()), summary.session});
    }
    Outcome outcome;
    outcome.document = {{"rides", std::move(list)}};
    outcome.text = table.empty() ? "No rides yet. `kedge ride` writes the first.\n" : table.text();
    return outcome;
}

}  // namespace kedge::cli
