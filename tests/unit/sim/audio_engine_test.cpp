#include "sim/audio_engine.hpp"

#include "sim/built_in_song.hpp"
#include "sim/fader_law.hpp"
#include "sim/mix_block.hpp"
#include "support/catch.hpp"
#include "unit/sim/daw_bench.hpp"

#include <set>

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

Song one_stem(float level, int channels = 1) {
    Song song;
    song.stems = {steady("A", level, 4, channels)};
    return song;
}

/// The meter in dBFS after a while of rolling.
double rolled(AudioEngine& engine, const SimStrip& strip) {
    engine.play();
    for (int block = 0; block < 4; ++block) engine.run_block();
    return strip.meter.db();
}

double dbfs(double amplitude) {
    return 20.0 * std::log10(amplitude);
}

}  // namespace

TEST_CASE("the meter shows the sample peak after trim and fader, before the pan") {
    AudioEngine engine(one_stem(0.5F));
    SimStrip& strip = engine.strips()[0];
    strip.trim = Decibels(3.0);
    strip.fader = Decibels(-9.0);
    strip.pan = Pan::left();
    CHECK(rolled(engine, strip) == Approx(dbfs(0.5) - 6.0).margin(0.001));
}

TEST_CASE("a meter before the fader shows the trim alone, muted or not") {
    AudioEngine engine(one_stem(0.5F));
    SimStrip& strip = engine.strips()[0];
    strip.trim = Decibels(3.0);
    strip.fader = Decibels(-9.0);
    strip.muted = true;
    engine.meter_at(MeterPoint::before_fader);
    CHECK(rolled(engine, strip) == Approx(dbfs(0.5) + 3.0).margin(0.001));
    CHECK(engine.master().meter.is_silence());
}

TEST_CASE("the meter falls by 13.3 dB a second and rests at silence below -120") {
    AudioEngine engine(one_stem(1.0F));
    const SimStrip& strip = engine.strips()[0];
    rolled(engine, strip);
    engine.stop();
    for (int block = 0; block < 47; ++block) engine.run_block();
    CHECK(strip.meter.db() == Approx(-13.3 * 47 * 1024 / 48000.0).margin(0.01));
    for (int block = 0; block < 500; ++block) engine.run_block();
    CHECK(strip.meter.is_silence());
}

TEST_CASE("a mono strip is 3 dB down on both sides at the centre and whole at the side") {
    const auto centre = pan_gains(Pan::centre(), 1);
    CHECK(dbfs(centre.left) == Approx(-3.0).margin(0.001));
    CHECK(dbfs(centre.right) == Approx(-3.0).margin(0.001));
    CHECK(pan_gains(Pan::left(), 1).left == Approx(1.0));
    CHECK(pan_gains(Pan::left(), 1).right == Approx(0.0).margin(1e-12));
    CHECK(pan_gains(Pan(0.5), 1).right > pan_gains(Pan(0.5), 1).left);
}

TEST_CASE("a stereo strip is balanced: whole at the centre, one side less off it") {
    CHECK(pan_gains(Pan::centre(), 2).left == 1.0);
    CHECK(pan_gains(Pan(0.25), 2).left == Approx(0.75));
    CHECK(pan_gains(Pan(0.25), 2).right == 1.0);
}

TEST_CASE("strips add up on the master; a mute takes one away, a solo the others") {
    Song song;
    song.stems = {steady("A", 0.5F, 4, 2), steady("B", 0.25F, 4, 2)};
    AudioEngine engine(song);
    CHECK(rolled(engine, engine.master()) == Approx(dbfs(0.75)).margin(0.001));
    CHECK(engine.bus_peak().db() == Approx(dbfs(0.75)).margin(0.001));
    engine.strips()[0].muted = true;
    CHECK(engine.bus_peak().db() == Approx(dbfs(0.25)).margin(0.001));
    engine.strips()[0].muted = false;
    engine.strips()[0].soloed = true;
    CHECK(engine.bus_peak().db() == Approx(dbfs(0.5)).margin(0.001));
    engine.master().fader = Decibels(-6.0);
    CHECK(engine.bus_peak().db() == Approx(dbfs(0.5) - 6.0).margin(0.001));
}

TEST_CASE("a bus takes the sum of its strips through its own trim and fader, also through a second bus") {
    Song song;
    song.stems = {steady("A", 0.5F, 4, 2), steady("B", 0.25F, 4, 2)};
    DawBench bench(song);
    // The outer bus first, so that the order of strips is not the order of the signal.
    const auto outer = bench.daw.add_bus("Outer");
    const auto inner = bench.daw.add_bus("Inner");
    for (const std::size_t strip : {std::size_t{0}, std::size_t{1}}) bench.daw.route_strip(strip, inner);
    bench.daw.route_strip(inner, outer);
    AudioEngine& engine = bench.daw.engine();
    engine.strips()[inner].fader = Decibels(-3.0);
    engine.strips()[outer].trim = Decibels(-6.0);
    const double at_master = rolled(engine, engine.master());
    CHECK(engine.strips()[inner].meter.db() == Approx(dbfs(0.75) - 3.0).margin(0.001));
    CHECK(at_master == Approx(dbfs(0.75) - 9.0).margin(0.001));
    engine.strips()[0].soloed = true;
    CHECK(engine.bus_peak().db() == Approx(dbfs(0.5) - 9.0).margin(0.001));
    engine.strips()[0].soloed = false;
    engine.strips()[inner].muted = true;
    CHECK(engine.bus_peak().is_silence());
}

TEST_CASE("a VCA moves what its strips sound like and leaves their own faders alone") {
    DawBench bench(one_stem(0.5F, 2));
    std::vector<Datagram> out;
    const auto vca = bench.daw.add_vca("All");
    bench.daw.assign_vca(0, vca, true, out);
    AudioEngine& engine = bench.daw.engine();
    engine.strips()[vca].fader = Decibels(-10.0);
    CHECK(engine.strips()[0].fader == Decibels());
    CHECK(engine.fader_of(engine.strips()[0]) == Decibels(-10.0));
    CHECK(engine.bus_peak().db() == Approx(dbfs(0.5) - 10.0).margin(0.001));
    engine.strips()[vca].muted = true;
    CHECK(engine.bus_peak().is_silence());
}

TEST_CASE("a robust peak follows trim and fader and is silence where nothing plays") {
    Song song;
    song.stems = {steady("A", 0.5F), steady("Nothing", 0.0F)};
    AudioEngine engine(song);
    engine.strips()[0].trim = Decibels(2.0);
    engine.strips()[0].fader = Decibels(-3.0);
    const auto peaks = engine.robust_peaks();
    CHECK(peaks[0].db() == Approx(dbfs(0.5) - 1.0).margin(0.001));
    CHECK(peaks[1].is_silence());
}

TEST_CASE("the transport moves only when it rolls, and rolls on past the end") {
    AudioEngine engine(one_stem(0.5F));
    engine.run_block();
    CHECK(engine.position() == 0);
    engine.locate(engine.song_samples() - 10);
    engine.play();
    engine.run_block();
    CHECK(engine.position() == engine.song_samples() - 10 + AudioEngine::block);
    engine.run_block();
    CHECK(engine.rolling());
}

TEST_CASE("the fader law meets Ardour's table and goes there and back") {
    CHECK(fader_position(Decibels()) == Approx(0.781787).margin(1e-6));
    CHECK(fader_position(Decibels(-10.0)) == Approx(0.510391).margin(1e-6));
    CHECK(fader_position(Decibels(top_fader_db)) == Approx(1.0));
    CHECK(fader_position(Decibels::silence()) == 0.0);
    CHECK(fader_level(0.0).is_silence());
    CHECK(fader_level(0.5).db() == Approx(-10.469).margin(0.001));
    for (double db = -90.0; db <= 6.0; db += 0.7)
        CHECK(fader_level(fader_position(Decibels(db))).db() == Approx(db).margin(1e-6));
}

TEST_CASE(
    "the built-in song: enough strips of their own names, a seed changes levels only, the same each time") {
    const Song song = built_in_song(1);
    CHECK(song.stems.size() >= 16);
    std::set<std::string> names;
    for (const Stem& stem : song.stems) names.insert(stem.name);
    CHECK(names.size() == song.stems.size());
    CHECK(names.contains("Lead Vox"));
    const Song again = built_in_song(1);
    const Song other = built_in_song(2);
    bool any_other_level = false;
    for (std::size_t s = 0; s < song.stems.size(); ++s) {
        INFO(song.stems[s].name);
        const auto& a = *song.stems[s].samples;
        const auto& b = *other.stems[s].samples;
        CHECK(a == *again.stems[s].samples);
        REQUIRE(a.size() == b.size());
        const auto loudest = std::max_element(a.begin(), a.end());
        CHECK(*loudest <= 0.8913F);  // -1 dBFS
        if (*loudest == 0.0F) continue;
        const float ratio = b[static_cast<std::size_t>(loudest - a.begin())] / *loudest;
        any_other_level = any_other_level || std::abs(ratio - 1.0F) > 0.05F;
        std::size_t strays = 0;
        for (std::size_t i = 0; i < a.size(); i += 97)
            if (std::abs(b[i] - a[i] * ratio) > 1e-4F) ++strays;
        CHECK(strays == 0);
    }
    CHECK(any_other_level);
}
