#include "cli/pass_words.hpp"

#include "support/catch.hpp"

using namespace kedge;
using namespace kedge::cli;

namespace {

engine::Compared compared_fader(const std::string& strip, std::optional<Decibels> a,
                                std::optional<Decibels> b, bool differ) {
    engine::Compared control{{StripKind::audio_track, strip, 0}, Control::fader, {}, {}, differ};
    if (a) control.a = *a;
    if (b) control.b = *b;
    return control;
}

}  // namespace

TEST_CASE("a comparison shows what differs; what is the same or known to one side alone is counted") {
    const std::string text = comparison_text({compared_fader("Kick", Decibels(-3), Decibels(-6), true),
                                              compared_fader("Snare", Decibels(-3), Decibels(-3), false),
                                              compared_fader("Bass", std::nullopt, Decibels(-3), false),
                                              compared_fader("Choir", std::nullopt, Decibels(-3), false)},
                                             "1", "rough");
    CHECK_THAT(text, Catch::Contains("Kick") && Catch::Contains("-3.0 dB") && Catch::Contains("-6.0 dB"));
    for (const char* counted : {"Snare", "Bass", "Choir"}) CHECK_THAT(text, !Catch::Contains(counted));
    CHECK_THAT(text, Catch::Contains("1 control is the same in both.\n"));
    CHECK_THAT(text, Catch::Contains("2 controls are known in 'rough' alone and cannot be compared.\n"));
    CHECK_THAT(text, Catch::Contains("`kedge ab 1 rough`"));

    const std::string none =
        comparison_text({compared_fader("Bass", Decibels(-3), std::nullopt, false)}, "1", "2");
    CHECK(none ==
          "0 controls are the same in both.\n1 control is known in '1' alone and cannot be compared.\n");
}

TEST_CASE("a snapshot says what it holds, how it is brought back, and which strips it left out") {
    engine::SnapshotReport taken;
    taken.snapshot = Snapshot{"my mix", "sim", "song", {}, {}};
    taken.snapshot->values.push_back({{StripKind::audio_track, "Kick", 0}, Control::fader, Decibels()});
    CHECK_THAT(snapshot_text(taken),
               Catch::Contains("`kedge recall 'my mix'`") && !Catch::Contains("left out"));
    CHECK(json_of(taken).at("left_out").as_array().empty());
    for (int twin = 0; twin < 2; ++twin) taken.twins.push_back({StripKind::audio_track, "Gtr", twin});
    CHECK_THAT(snapshot_text(taken), Catch::Contains("left out: 2 audio tracks are called 'Gtr'"));
    CHECK(json_of(taken).at("left_out").as_array().size() == 2);
    CHECK(json_of(taken).at("values") == 1);
}

TEST_CASE("a rebuild that was cut off can be rolled back, and nothing else is offered") {
    engine::RecoverReport report;
    CHECK_THAT(recover_text(report), Catch::Contains("Nothing to recover"));
    report.cut_off.emplace();
    report.cut_off->kind = PassKind::rebuild;
    report.controls.push_back({{{StripKind::audio_track, "Keys", 0},
                                Control::mute,
                                Mute::open,
                                Mute::muted,
                                Verdict::pending,
                                "rebuild",
                                {}},
                               Mute::muted,
                               engine::StandsAt::after});
    CHECK_THAT(recover_text(report), Catch::Contains("--roll-back") && !Catch::Contains("--finish"));
    report.cut_off->kind = PassKind::fader_law;
    CHECK_THAT(recover_text(report), Catch::Contains("--roll-back") && !Catch::Contains("--finish"));
    report.cut_off->kind = PassKind::mix;
    CHECK_THAT(recover_text(report), Catch::Contains("--roll-back") && Catch::Contains("--finish"));
    report.controls.clear();
    report.error = Error{ErrorKind::usage, "no", "yes"};
    CHECK_THAT(recover_text(report), !Catch::Contains("nothing to send"));
}
