// The main job through the window and the lamps of a control surface.

#include "scenario/banked/banked_room.hpp"

using namespace kedge;
using namespace kedge::test;

namespace {

/// As the shipped profiles tell them of each DAW.
HostSetup with_meters(HostSetup there, const std::vector<double>& lowest) {
    std::vector<Decibels> steps;
    for (const double level : lowest) steps.emplace_back(level);
    auto made = banked::MeterSteps::from(steps);
    if (!made) throw std::runtime_error(made.error().message);
    there.setup.meter_steps = *made;
    return there;
}

HostSetup lamps_of_ardour() {
    auto there =
        with_meters(ardour_behind_mackie(), {-56.1538, -42.3077, -35.2564, -29.5192, -25.0962, -20.6731,
                                             -17.0, -13.4615, -9.9231, -6.3846, -2.8462, 0.6923, 4.2308});
    there.setup.meter.fall_off_per_second = Decibels(13.3);
    return there;
}

HostSetup lamps_of_pro_tools() {
    return with_meters(pro_tools_behind_hui(),
                       {-60.0, -50.0, -40.0, -30.0, -20.0, -14.0, -10.0, -8.0, -6.0, -4.0, -2.0, 0.0});
}

}  // namespace

TEST_CASE("Control surfaces simulated: what a mix believes of a strip is as near to the truth as it says") {
    const HostSetup there = GENERATE(0, 1) == 0 ? lamps_of_ardour() : lamps_of_pro_tools();
    CAPTURE(there.name);
    sim::Song song = sim::built_in_song(1);
    for (auto& stem : song.stems) stem.name = stem.name.substr(0, 6);
    BankedRoom room(std::move(song), there);
    room.connect();
    auto job = room.desk.job({});
    REQUIRE(room.loop.run(job));
    const auto& report = job.report();
    INFO((report.error ? report.error->message : std::string("no error")));
    REQUIRE_FALSE(report.error);
    REQUIRE(report.passes.front().state == PassState::applied);
    CHECK(report.meter_of_steps);
    CHECK(report.bus.reckoned);
    const auto peaks = room.daw.engine().robust_peaks();
    const auto& strips = room.session.mixer().strips;
    std::size_t judged = 0;
    std::size_t near = 0;
    for (std::size_t place = 0; place < peaks.size(); ++place) {
        const auto* one = report.outcome_of(strips.at(place).id);
        if (!one || peaks[place].is_silence()) continue;
        ++judged;
        CHECK_FALSE(one->known.exact());
        const Decibels off = distance(one->peak, peaks[place]);
        if (off <= one->known.within + Decibels(0.5)) ++near;
        UNSCOPED_INFO(strips[place].name.name << ": believed " << one->peak.db() << " within "
                                              << one->known.within.db() << ", in truth "
                                              << peaks[place].db());
    }
    CHECK(judged >= 14);
    CHECK(near == judged);
}
