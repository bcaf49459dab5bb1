#pragma once

#include "engine/borrowed_transport.hpp"
#include "engine/control_reader.hpp"
#include "engine/job.hpp"
#include "engine/layer_turn.hpp"
#include "engine/pass_report.hpp"
#include "journal/journal.hpp"
#include "mix/rebuild_layers.hpp"
#include "mix/role_book.hpp"
#include "surface/pass_runner.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace kedge::engine {

/// What to rebuild by.
struct RebuildOrder {
    LayerSpan span = Bars{};
    std::map<StripName, Role> roles_by_hand;
};

/// A layer that came in, and where.
struct LayerCameIn {
    std::string name;
    std::vector<StripName> strips;
    SongTime at;
    std::optional<int> bar;  ///< where the surface tells bars
};

/// Why a rebuild came to its end.
enum class RebuildEnd { all_heard, by_hand, end_of_song };
[[nodiscard]] std::string_view to_string(RebuildEnd end);

/// A track that no layer took.
struct TrackLeftOut {
    StripName strip;
    std::string why;
};

/// What a rebuild did. Its pass is rolled back when everything stands as it was; `conflicts` are mutes that a
/// person closed after their layer had come in.
struct RebuildReport : PassReport {
    std::vector<LayerCameIn> came_in;    ///< in order
    std::vector<std::string> not_heard;  ///< layers that never came in, in order
    std::vector<TrackLeftOut> left_out;
    std::optional<RebuildEnd> end;  ///< absent when it failed
};

/// Mutes every track that sounds and opens them again layer by layer while the song plays, for the engineer
/// to hear what crowds it. The mutes are one pass, `prepared` in the journal before the first of them leaves;
/// at the end, or when interrupted, every one of them is open again, read back, and the pass is settled as
/// rolled back. Then the transport stands where it was found. When the DAW is lost, or the process killed,
/// the pass stays cut off and a recovery rolls it back. A mute that a person moves meanwhile is theirs.
class RebuildJob : public Job {
  public:
    /// Book, profile, journal and recorder outlive the job.
    RebuildJob(RebuildOrder order, const mix::RoleBook& book, const mix::RebuildProfile& profile,
               std::string surface_name, WallTime created, const journal::Journal& journal,
               surface::PassRecorder& recorder);
    ~RebuildJob() override;

    void start(Desk& desk) override;
    void event(Desk& desk, const surface::Event& event) override;
    void wake(Desk& desk) override;
    void refused(Desk& desk, const surface::Command& command, const Error& error) override;
    void interrupt(Desk& desk) override;
    [[nodiscard]] bool done() const override { return phase_ == Phase::done; }
    [[nodiscard]] Progress progress() const override;
    [[nodiscard]] const RebuildReport& report() const { return report_; }

  private:
    class Record;
    enum class Phase { idle, muting, layers, resting, looking, taking_back, returning, done };

    [[nodiscard]] Result<void> check(const Desk& desk) const;
    [[nodiscard]] Result<mix::RebuildLayers> find_layers(const Desk& desk) const;
    void mute(Desk& desk, mix::RebuildLayers found);
    void advance(Desk& desk);
    void begin_layers(Desk& desk);
    void advance_layers(Desk& desk);
    void bring_in(Desk& desk);
    void end(RebuildEnd why);
    void end(Error why);
    void look_for_hands(Desk& desk);
    void take_back(Desk& desk);
    void lose();
    void conclude();
    void finish();
    static void pump(Desk& desk, const surface::RunnerOutbox& out);
    void note_song(const Desk& desk, const surface::Event& event);
    [[nodiscard]] bool song_is_over(const Desk& desk) const;
    [[nodiscard]] std::optional<Error> layer_failure() const;

    RebuildOrder order_;
    const mix::RoleBook& book_;
    const mix::RebuildProfile& profile_;
    std::string surface_name_;
    WallTime created_;
    const journal::Journal& journal_;
    std::unique_ptr<Record> record_;
    Phase phase_ = Phase::idle;
    bool interrupted_ = false;
    bool opening_ = false;  ///< the last layer is on its way in
    std::vector<mix::RebuildLayer> layers_;
    std::unordered_map<StripId, StripName> names_;  ///< of the layers' strips, as they were called at first
    LayerTurn turn_;
    std::optional<surface::PassRunner> runner_;
    BorrowedTransport transport_;
    std::optional<ControlReader> reader_;
    std::vector<StripId> looked_at_;  ///< by the reader's numbers
    std::optional<Error> failure_;    ///< why it ended before its time
    std::vector<std::string> said_;
    RebuildReport report_;
};

}  // namespace kedge::engine
