#include "cli/json_words.hpp"
#include "cli/mix_text.hpp"
#include "support/catch.hpp"

using namespace kedge;
using namespace kedge::cli;

/// What is said of a level that is known only in steps.
namespace {

constexpr StripId bass{1};

/// The bass at -16 in its range, known as well as given; applied or only planned.
engine::MixReport heard(const Exactness& known, bool applied) {
    engine::MixReport report;
    Strip strip;
    strip.id = bass;
    strip.name.name = "Bass";
    report.before.strips = report.after.strips = {strip};
    StripTarget target;
    target.strip = bass;
    target.role = Role::bass;
    target.predicted_peak = -16_dB;
    target.range = LevelRange{-17_dB, -14_dB};
    target.known = known;
    report.plan.targets = {target};
    measure::StripStatistics statistics;
    statistics.strip = bass;
    statistics.never_active = false;
    statistics.robust_peak = -20_dB;
    statistics.uncertainty = known.within;
    statistics.open_above = known.open_above;
    report.statistics = {statistics};
    report.meter_of_steps = !known.exact();
    if (applied) {
        report.passes.emplace_back();
        report.outcomes.push_back({bass, -16_dB, known, true});
    }
    return report;
}

boost::json::object strip_words(const engine::MixReport& report) {
    return json_of(report, "a test").at("strips").as_array().at(0).as_object();
}

}  // namespace

TEST_CASE("the verdict on a level known in steps says within how much") {
    const bool applied = GENERATE(false, true);
    CHECK_THAT(mix_text(heard({2_dB, false}, applied)), Catch::Contains("-16.0 in -17..-14 within 2 dB"));
    CHECK_THAT(mix_text(heard({{}, true}, applied)), Catch::Contains("-16.0 or higher in -17..-14"));
    const std::string exact = mix_text(heard({}, applied));
    CHECK_THAT(exact, Catch::Contains("-16.0 in -17..-14"));
    CHECK_THAT(exact, !Catch::Contains("within"));
}

TEST_CASE("a level that may be in its range is not said to be out of it, one that cannot be is") {
    auto report = heard({2_dB, false}, true);
    report.outcomes[0].peak = -12_dB;
    CHECK_THAT(mix_text(report), Catch::Contains("-12.0 in -17..-14 within 2 dB"));
    CHECK(strip_words(report).at("in_range").as_bool());
    report.outcomes[0].peak = -11_dB;
    CHECK_THAT(mix_text(report), Catch::Contains("-11.0 NOT in -17..-14 within 2 dB"));
    CHECK_FALSE(strip_words(report).at("in_range").as_bool());
}

TEST_CASE("what was heard through steps says so in the list of what was heard") {
    CHECK_THAT(listen_text(heard({2_dB, false}, false)), Catch::Contains("-20.0 within 2 dB"));
    CHECK_THAT(listen_text(heard({}, false)), !Catch::Contains("within"));
}

TEST_CASE("--json carries how exactly a level is known as a number, and nothing where it is exact") {
    const bool applied = GENERATE(false, true);
    const char* const result = applied ? "after" : "planned";
    const auto coarse = strip_words(heard({Decibels(1.8), false}, applied));
    CHECK(coarse.at(result).at("within_db").as_double() == Approx(1.8));
    CHECK(coarse.at("measured").at("within_db").as_double() == Approx(1.8));
    CHECK_FALSE(coarse.at(result).as_object().contains("or_higher"));
    const auto open = strip_words(heard({{}, true}, applied));
    CHECK(open.at(result).at("or_higher").as_bool());
    const auto exact = strip_words(heard({}, applied));
    CHECK_FALSE(exact.at(result).as_object().contains("within_db"));
    CHECK_FALSE(exact.at("measured").as_object().contains("within_db"));
}
