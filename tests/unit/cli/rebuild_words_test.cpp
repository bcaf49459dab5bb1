#include "cli/rebuild_words.hpp"

#include "support/catch.hpp"

using namespace kedge;
using namespace kedge::cli;
using engine::RebuildEnd;

namespace {

/// Two layers came in, and their pass was taken back.
engine::RebuildReport two_layers() {
    engine::RebuildReport report;
    report.pass.emplace();
    report.pass->id = PassId{7};
    report.pass->kind = PassKind::rebuild;
    report.pass->state = PassState::rolled_back;
    for (const char* track : {"Kick In", "Bass DI"}) {
        const StripName name{StripKind::audio_track, track, 0};
        report.pass->entries.push_back(
            {name, Control::mute, Mute::open, Mute::muted, Verdict::rolled_back, "rebuild", {}});
        report.came_in.push_back({track, {name}, SongTime::from_seconds(2.0), 2});
    }
    report.end = RebuildEnd::all_heard;
    return report;
}

}  // namespace

TEST_CASE("a rebuild says how it ended, and that everything stands as it was") {
    auto report = two_layers();
    CHECK(rebuild_text(report) ==
          "All 2 layers came in.\nEverything stands as it was: 2 mutes read back (pass 7).\n");
    report.end = RebuildEnd::by_hand;
    CHECK_THAT(rebuild_text(report),
               Catch::StartsWith("All 2 layers came in, the last one not for its whole"));
    report.not_heard = {"leads", "vocals"};
    CHECK_THAT(rebuild_text(report),
               Catch::StartsWith("2 layers came in, then it was ended; not heard: leads, vocals.\n"));
    report.end = RebuildEnd::end_of_song;
    CHECK_THAT(rebuild_text(report), Catch::Contains("then the song ended; not heard: leads, vocals.") &&
                                         Catch::Contains("`kedge rebuild --bars 2`"));
}

TEST_CASE("what is left after a rebuild is named: a person's mute, and tracks that were in no layer") {
    auto report = two_layers();
    report.pass->entries[1].verdict = Verdict::conflict;
    report.conflicts.push_back(report.pass->entries[1]);
    std::swap(report.conflicts[0].before, report.conflicts[0].after);
    report.left_out.push_back({{StripKind::audio_track, "Click", 0}, "it is muted already, and stays so"});
    const std::string text = rebuild_text(report);
    CHECK_THAT(text, Catch::Contains("1 of 2 mutes read back as they were (pass 7).\n"));
    CHECK_THAT(text, Catch::Contains("left alone: Bass DI mute stands at muted, moved by hand since"));
    CHECK_THAT(text, Catch::Contains("left as it is: Click: it is muted already"));
    const auto words = json_of(report);
    CHECK(words.at("ended") == "all-heard");
    CHECK(words.at("layers").as_array()[0].at("bar") == 2);
    CHECK(words.at("left_out").as_array()[0].at("strip") == "Click");
    CHECK(words.at("conflicts").as_array()[0].at("stands_at") == true);
}
