#include "engine/rebuild_job.hpp"

#include "engine/strip_roles.hpp"
#include "engine/transport_patience.hpp"
#include "engine/unfinished.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kedge::engine {

namespace {

constexpr std::array<std::string_view, 3> rebuild_end_words = {"all-heard", "by-hand", "end-of-song"};

std::vector<StripName> names_of(const std::vector<StripId>& strips, const MixerState& mixer) {
    std::vector<StripName> names;
    for (const StripId id : strips)
        if (const Strip* strip = mixer.find(id)) names.push_back(strip->name);
    return names;
}

std::string line_for(const LayerCameIn& layer) {
    std::vector<std::string_view> strips;
    for (const StripName& strip : layer.strips) strips.emplace_back(strip.name);
    const std::string place =
        layer.bar ? fmt::format("{}, bar {}", to_string(layer.at), *layer.bar) : to_string(layer.at);
    return fmt::format("{:<15} {}: {}", place, layer.name, fmt::join(strips, ", "));
}

}  // namespace

std::string_view to_string(RebuildEnd end) {
    return rebuild_end_words[static_cast<std::size_t>(end)];
}

/// Keeps what was recorded for the report, and gives the outcome the verdicts of mutes that a person moved.
class RebuildJob::Record : public surface::PassRecorder {
  public:
    explicit Record(surface::PassRecorder& recorder) : recorder_(recorder) {}

    Result<PassId> record_prepared(const Pass& pass) override {
        auto id = recorder_.record_prepared(pass);
        if (!id) return id;
        recorded_ = pass;
        recorded_->id = *id;
        return id;
    }
    Result<void> record_outcome(const Pass& pass) override {
        recorded_ = pass;
        for (PassEntry& entry : recorded_->entries)
            if (entry.verdict == Verdict::rolled_back &&
                std::find(in_hand_.begin(), in_hand_.end(), entry.strip) != in_hand_.end())
                entry.verdict = Verdict::conflict;
        return recorder_.record_outcome(*recorded_);
    }
    void in_hand_of_a_person(const StripName& strip) { in_hand_.push_back(strip); }
    [[nodiscard]] const std::optional<Pass>& recorded() const { return recorded_; }

  private:
    surface::PassRecorder& recorder_;
    std::vector<StripName> in_hand_;
    std::optional<Pass> recorded_;
};

RebuildJob::RebuildJob(RebuildOrder order, const mix::RoleBook& book, const mix::RebuildProfile& profile,
                       std::string surface_name, WallTime created, const journal::Journal& journal,
                       surface::PassRecorder& recorder)
    : order_(std::move(order)),
      book_(book),
      profile_(profile),
      surface_name_(std::move(surface_name)),
      created_(created),
      journal_(journal),
      record_(std::make_unique<Record>(recorder)),
      turn_(order_.span) {}

RebuildJob::~RebuildJob() = default;

// --- before anything is sent ---

Result<void> RebuildJob::check(const Desk& desk) const {
    const surface::Surface& surface = desk.surface();
    if (std::holds_alternative<Bars>(order_.span) && !surface.capabilities().bars)
        return fail(ErrorKind::refused, "This DAW does not tell in which bar of the song it is.",
                    "Say how long each layer is to be heard instead: `kedge rebuild --every 15s`.");
    if (song_is_over(desk))
        return fail(ErrorKind::refused, "The playhead stands at the end of the song: nothing would be heard.",
                    "Set it where the rebuild is to begin, and run the command again.");
    return check_nothing_unfinished(journal_, desk.mixer().session.name);
}

Result<mix::RebuildLayers> RebuildJob::find_layers(const Desk& desk) const {
    if (auto may = check(desk); !may) return tl::unexpected(may.error());
    const auto roles =
        roles_of(desk.mixer(), desk.surface().capabilities().labels, book_, order_.roles_by_hand);
    return mix::rebuild_layers(desk.mixer(), roles, profile_);
}

void RebuildJob::start(Desk& desk) {
    auto found = find_layers(desk);
    if (found) return mute(desk, std::move(*found));
    report_.error = std::move(found).error();
    phase_ = Phase::done;
}

void RebuildJob::mute(Desk& desk, mix::RebuildLayers found) {
    layers_ = std::move(found.layers);
    for (const kedge::LeftAlone& left : found.left_alone)
        report_.left_out.push_back({desk.mixer().find(left.strip)->name, left.why});
    Pass header;
    header.kind = PassKind::rebuild;
    header.surface = surface_name_;
    header.session = desk.mixer().session.name;
    header.created = created_;
    std::vector<surface::PassRunner::Wish> wishes;
    for (const mix::RebuildLayer& layer : layers_)
        for (const StripId strip : layer.strips) {
            names_.emplace(strip, desk.mixer().find(strip)->name);
            wishes.push_back({strip, Control::mute, Mute::muted, std::nullopt, "rebuild",
                              fmt::format("muted until '{}' comes in", layer.name)});
        }
    runner_.emplace(std::move(header), std::move(wishes), false, desk.surface().capabilities(),
                    surface::RunnerPacing{}, *record_);
    runner_->hold_when_applied();
    phase_ = Phase::muting;
    surface::RunnerOutbox out;
    runner_->start(desk.now(), desk.mixer(), out);
    pump(desk, out);
    advance(desk);
}

// --- while it goes on ---

void RebuildJob::event(Desk& desk, const surface::Event& event) {
    if (phase_ == Phase::idle || done()) return;
    note_song(desk, event);
    surface::RunnerOutbox out;
    runner_->event(desk.now(), event, desk.mixer(), out);
    pump(desk, out);
    if (std::holds_alternative<surface::Lost>(event)) return lose();
    // Where that is in the song follows at once.
    if (std::holds_alternative<surface::BarReported>(event)) return;
    transport_.event(desk, event);
    if (reader_) reader_->event(desk, event);
    advance(desk);
}

void RebuildJob::note_song(const Desk& desk, const surface::Event& event) {
    const bool rolling = desk.surface().rolling().value_or(false);
    if (const auto* bar = std::get_if<surface::BarReported>(&event)) {
        turn_.bar(bar->bar, rolling);
    } else if (const auto* position = std::get_if<surface::PositionReported>(&event)) {
        turn_.position(position->at, rolling);
    }
}

void RebuildJob::wake(Desk& desk) {
    if (phase_ == Phase::idle || done()) return;
    surface::RunnerOutbox out;
    runner_->wake(desk.now(), desk.mixer(), out);
    pump(desk, out);
    transport_.wake(desk);
    if (reader_) reader_->wake(desk);
    advance(desk);
}

void RebuildJob::refused(Desk& desk, const surface::Command& command, const Error& error) {
    if (phase_ == Phase::idle || done()) return;
    if (const auto* set = std::get_if<surface::SetControl>(&command)) {
        surface::RunnerOutbox out;
        runner_->event(desk.now(), surface::ControlRefused{set->strip, set->control}, desk.mixer(), out);
        pump(desk, out);
    } else if (std::holds_alternative<surface::QueryControl>(command)) {
        if (reader_) reader_->refused(desk, command);
    } else {
        transport_.refused(error);
    }
    advance(desk);
}

void RebuildJob::interrupt(Desk& desk) {
    if (phase_ == Phase::muting) {
        interrupted_ = true;
        surface::RunnerOutbox out;
        runner_->interrupt(desk.now(), desk.mixer(), out);
        pump(desk, out);
    } else if (phase_ == Phase::layers) {
        end(RebuildEnd::by_hand);
    }
    if (phase_ != Phase::idle && !done()) advance(desk);
}

void RebuildJob::pump(Desk& desk, const surface::RunnerOutbox& out) {
    for (const auto& command : out.commands) desk.send(command);
    if (out.wake_at) desk.wake_at(*out.wake_at);
}

/// Each step may be the end of the one before it.
void RebuildJob::advance(Desk& desk) {
    if (phase_ == Phase::muting && runner_->done()) {
        conclude();
        return finish();
    }
    if (phase_ == Phase::muting && runner_->held()) begin_layers(desk);
    if (phase_ == Phase::layers) advance_layers(desk);
    if (phase_ == Phase::resting && runner_->at_rest()) look_for_hands(desk);
    if (phase_ == Phase::looking && reader_->done()) take_back(desk);
    if (phase_ == Phase::taking_back && runner_->done()) {
        conclude();
        phase_ = Phase::returning;
        transport_.end(desk);
    }
    if (phase_ == Phase::returning && transport_.done()) finish();
}

// --- layer by layer ---

void RebuildJob::begin_layers(Desk& desk) {
    phase_ = Phase::layers;
    said_.push_back(fmt::format("{} tracks are muted.", runner_->total()));
    if (const auto bar = desk.surface().bar()) turn_.bar(bar->bar, false);
    bring_in(desk);
    transport_.start(desk);
}

void RebuildJob::bring_in(Desk& desk) {
    const mix::RebuildLayer& layer = layers_[report_.came_in.size()];
    const SongTime at = desk.surface().position().value_or(SongTime());
    report_.came_in.push_back({layer.name, names_of(layer.strips, desk.mixer()), at, std::nullopt});
    if (const auto bar = desk.surface().bar()) report_.came_in.back().bar = bar->bar;
    said_.push_back(line_for(report_.came_in.back()));
    turn_.begin();
    opening_ = true;
    surface::RunnerOutbox out;
    runner_->put_back(desk.now(), layer.strips, out);
    pump(desk, out);
}

void RebuildJob::advance_layers(Desk& desk) {
    if (opening_ && runner_->at_rest()) {
        opening_ = false;
        if (auto failure = layer_failure()) return end(std::move(*failure));
    }
    if (transport_.error()) return end(*transport_.error());
    if (transport_.played() && song_is_over(desk)) return end(RebuildEnd::end_of_song);
    if (opening_ || !turn_.over()) return;
    if (report_.came_in.size() == layers_.size()) return end(RebuildEnd::all_heard);
    bring_in(desk);
}

std::optional<Error> RebuildJob::layer_failure() const {
    const auto& entries = runner_->pass().entries;
    const auto failed = std::find_if(entries.begin(), entries.end(), [](const PassEntry& entry) {
        return entry.verdict == Verdict::failed || entry.verdict == Verdict::unheard;
    });
    if (failed == entries.end()) return std::nullopt;
    return Error{ErrorKind::refused, fmt::format("\"{}\" could not be brought in.", failed->strip.name),
                 "Check this track in the DAW, and run the command again."};
}

bool RebuildJob::song_is_over(const Desk& desk) const {
    const auto end = desk.mixer().session.end;
    const auto at = desk.surface().position();
    if (!end || !at) return false;
    // A DAW that stops at the end by itself may say that it stands a little before it.
    return *at >= *end || (desk.surface().rolling() == false && is_near(*at, *end));
}

// --- the way back ---

void RebuildJob::end(RebuildEnd why) {
    report_.end = why;
    phase_ = Phase::resting;
}

void RebuildJob::end(Error why) {
    failure_ = std::move(why);
    phase_ = Phase::resting;
}

/// What came in is open as it was, unless somebody closed it since: that is theirs.
void RebuildJob::look_for_hands(Desk& desk) {
    phase_ = Phase::looking;
    reader_.emplace(desk.surface().capabilities());
    for (std::size_t layer = 0; layer < report_.came_in.size(); ++layer)
        for (const StripId id : layers_[layer].strips)
            if (desk.mixer().find(id) != nullptr) {
                reader_->add(id, Control::mute);
                looked_at_.push_back(id);
            }
    reader_->start(desk);
}

void RebuildJob::take_back(Desk& desk) {
    for (std::size_t i = 0; i < looked_at_.size(); ++i) {
        const StripName& strip = names_.at(looked_at_[i]);
        const auto holds = reader_->answer(i);
        if (holds == ControlValue(Mute::muted)) record_->in_hand_of_a_person(strip);
        if (!holds)
            report_.unread.push_back(
                {strip, Control::mute, Mute::open, Mute::muted, Verdict::unheard, "rebuild", {}});
    }
    phase_ = Phase::taking_back;
    surface::RunnerOutbox out;
    runner_->take_back(desk.now(), out);
    pump(desk, out);
}

void RebuildJob::lose() {
    if (phase_ != Phase::returning) {
        conclude();
    } else if (!report_.error) {
        report_.error =
            Error{ErrorKind::no_daw,
                  "The DAW was lost while its transport was put back; every mute stands as it was.",
                  "Bring the DAW back, and stop it by hand if it still plays."};
    }
    finish();
}

/// The pass is settled, or cut off.
void RebuildJob::conclude() {
    PassEnd pass_end;
    pass_end.refused = runner_->refused();
    pass_end.cause = runner_->cause();
    pass_end.interrupted = interrupted_;
    pass_end.wanted = PassState::rolled_back;
    if (!pass_end.refused) pass_end.pass = record_->recorded();
    const std::int64_t number = runner_->pass().id.value;
    settle_report(report_, std::move(pass_end), "rebuild",
                  fmt::format("`kedge show {}` names it. Open it in the DAW if it is to be heard.", number));
    // Named by where they stand.
    for (PassEntry& conflict : report_.conflicts) std::swap(conflict.before, conflict.after);
}

void RebuildJob::finish() {
    phase_ = Phase::done;
    for (std::size_t layer = report_.came_in.size(); layer < layers_.size(); ++layer)
        report_.not_heard.push_back(layers_[layer].name);
    if (!report_.error && failure_) report_.error = failure_;
    if (!report_.error && transport_.error()) report_.error = transport_.error();
}

Progress RebuildJob::progress() const {
    const std::size_t in = report_.came_in.size();
    if (phase_ == Phase::layers && in > 0) {
        const double share =
            (static_cast<double>(in - 1) + turn_.share()) / static_cast<double>(layers_.size());
        return {fmt::format("rebuilding: {}, {}", report_.came_in.back().name, turn_.words()), share, said_};
    }
    if (in > 0) return {"putting everything back", 1.0, said_};
    return {"muting", 0.0, said_};
}

}  // namespace kedge::engine
