#include "sim/built_in_song.hpp"

#include "sim/chance.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

#include <fmt/format.h>

namespace kedge::sim {

namespace {

constexpr int rate = 48000;
constexpr double bar_s = 2.0;  // 120 bpm, four beats
constexpr int bars = 16;
constexpr double beat_s = bar_s / 4.0;
constexpr double turn = 2.0 * std::numbers::pi;
constexpr double ceiling_dbfs = -1.0;

bool chorus(int bar) {
    return (bar >= 6 && bar < 10) || bar >= 13;
}
bool sung(int bar) {
    return bar >= 2 && bar % 4 != 1;
}

/// A mono stem under construction.
class Track {
  public:
    Track() : samples_(static_cast<std::size_t>(bars * bar_s * rate), 0.0F) {}

    /// Adds `sound(seconds since the note began)` for `length_s`.
    template <typename Sound>
    void note(double at_s, double length_s, Sound sound) {
        const auto first = static_cast<std::size_t>(at_s * rate);
        const auto last = std::min(samples_.size(), first + static_cast<std::size_t>(length_s * rate));
        for (std::size_t i = first; i < last; ++i)
            samples_[i] += static_cast<float>(sound(static_cast<double>(i - first) / rate));
    }

    [[nodiscard]] std::vector<float>& samples() { return samples_; }

  private:
    std::vector<float> samples_;
};

double tone(double hertz, double t) {
    return std::sin(turn * hertz * t);
}
double decay(double t, double half_s) {
    return std::exp2(-t / half_s);
}

/// A string-like or reed-like sound: a few harmonics.
double rich(double hertz, double t, int harmonics) {
    double sum = 0.0;
    for (int h = 1; h <= harmonics; ++h) sum += tone(hertz * h, t) / h;
    return 0.6 * sum;
}

double swell(double t, double length_s) {
    return std::min({1.0, t / 0.03, std::max(0.0, (length_s - t) / 0.05)});
}

constexpr double roots[4] = {82.41, 98.0, 110.0, 73.42};

Track drum(const std::function<bool(int bar, int eighth)>& plays, double length_s,
           const std::function<double(double)>& sound) {
    Track track;
    for (int bar = 0; bar < bars; ++bar)
        for (int eighth = 0; eighth < 8; ++eighth)
            if (plays(bar, eighth)) track.note(bar * bar_s + eighth * beat_s / 2.0, length_s, sound);
    return track;
}

Track noise_drum(const std::function<bool(int bar, int eighth)>& plays, double half_s, std::uint32_t seed) {
    Chance chance(seed);
    return drum(plays, half_s * 8.0, [&](double t) { return chance.next() * decay(t, half_s); });
}

enum class Plays { always, in_verses, in_choruses };

/// Plucked chords; `late_s` sets a stem's strokes and phases apart from the others', as players do.
Track chords(int harmonics, double ratio, double length_in_bars, Plays plays, double late_s) {
    Track track;
    for (int bar = 0; bar < bars; ++bar) {
        if (plays != Plays::always && chorus(bar) != (plays == Plays::in_choruses)) continue;
        const double root = roots[bar % 4] * ratio;
        const double length = bar_s * length_in_bars - late_s;
        track.note(bar * bar_s + late_s, length, [&](double t) {
            return swell(t, length) * decay(t, 0.5) *
                   (rich(root, t + late_s, harmonics) + rich(root * 1.5, t + late_s, harmonics)) / 2.0;
        });
    }
    return track;
}

/// Phrases of uneven level with vibrato; verses low, choruses loud. Nobody sings on the beat to the sample:
/// `late`, in seconds.
Track voice(double ratio, double unevenness, double late, std::uint32_t seed, bool chorus_only) {
    Track track;
    Chance chance(seed);
    for (int bar = 0; bar < bars; ++bar) {
        const double level = std::pow(10.0, (chance.next() * unevenness + (chorus(bar) ? 2.0 : -2.0)) / 20.0);
        if (!sung(bar) || (chorus_only && !chorus(bar))) continue;
        for (int syllable = 0; syllable < 3; ++syllable) {
            const double hertz = roots[bar % 4] * ratio * (1.0 + 0.125 * syllable);
            const double length = 0.25;
            track.note(bar * bar_s + late + syllable * 0.625, length, [&](double t) {
                const double wobble = hertz * t + 0.8 * std::sin(turn * 5.5 * t);
                return level * swell(t, length) *
                       (std::sin(turn * wobble) + 0.6 * std::sin(2.0 * turn * wobble) +
                        0.35 * std::sin(3.0 * turn * wobble));
            });
        }
    }
    return track;
}

double peak_of(const std::vector<float>& samples) {
    float peak = 0.0F;
    for (const float s : samples) peak = std::max(peak, std::abs(s));
    return static_cast<double>(peak);
}

struct Recipe {
    const char* name;
    double peak_dbfs;  ///< before the scramble
    int channels;
    std::function<Track()> make;
};

std::vector<Recipe> recipes() {
    const auto on = [](auto wanted) {
        return [wanted](int bar, int eighth) { return bar >= 1 && wanted(bar, eighth); };
    };
    const auto thump = [](double t) { return tone(50.0 + 90.0 * decay(t, 0.02), t) * decay(t, 0.06); };
    const auto kick = on([](int, int e) { return e == 0 || e == 4 || e == 5; });
    const auto snare = on([](int, int e) { return e == 2 || e == 6; });
    const auto fill = on([](int bar, int e) { return bar % 4 == 1 && (e == 3 || e == 7); });
    return {
        {"Kick In", -10, 1, [=] { return drum(kick, 0.4, thump); }},
        {"Kick Out", -13, 1,
         [=] { return drum(kick, 0.5, [](double t) { return tone(55.0, t) * decay(t, 0.1); }); }},
        {"Snare Top", -9, 1, [=] { return noise_drum(snare, 0.04, 11); }},
        {"Snare Btm", -14, 1, [=] { return noise_drum(snare, 0.06, 12); }},
        {"HH", -18, 1, [=] { return noise_drum(on([](int, int) { return true; }), 0.015, 13); }},
        {"Toms", -11, 1,
         [=] { return drum(fill, 0.4, [](double t) { return tone(110.0, t) * decay(t, 0.08); }); }},
        {"OH", -15, 2,
         [=] { return noise_drum(on([](int bar, int e) { return e % 2 == 0 || bar % 4 == 2; }), 0.12, 14); }},
        {"Room", -18, 2, [=] { return noise_drum(snare, 0.2, 15); }},
        {"Tamb", -16, 1,
         [=] { return noise_drum([](int bar, int e) { return chorus(bar) && e % 2 == 1; }, 0.02, 16); }},
        {"Bass DI", -12, 1, [] { return chords(4, 0.5, 0.9, Plays::always, 0.093); }},
        {"Rhy Gtr L", -14, 1, [] { return chords(9, 1.0, 0.95, Plays::always, 0.186); }},
        {"Rhy Gtr R", -14, 1, [] { return chords(8, 1.004, 0.95, Plays::always, 0.279); }},
        {"Keys", -13, 2, [] { return chords(5, 2.0, 0.5, Plays::in_verses, 0.372); }},
        {"Pad", -17, 2, [] { return chords(3, 4.0, 1.0, Plays::in_choruses, 0.465); }},
        {"Lead Vox", -10, 1, [] { return voice(3.0, 4.0, 0.11, 21, false); }},
        {"BGV 1", -15, 1, [] { return voice(3.75, 2.0, 0.06, 22, true); }},
        {"BGV 2", -15, 1, [] { return voice(4.5, 2.0, 0.08, 23, true); }},
        {"Foo 7", -28, 1, [] { return chords(2, 3.0, 0.3, Plays::always, 0.558); }},
        {"Gtr Solo", -10, 1, [] { return Track(); }},
    };
}

}  // namespace

Song built_in_song(std::uint32_t seed, Decibels scramble) {
    Song song;
    song.name = "kedge demo";
    song.rate = SampleRate{rate};
    song.markers = {{"Intro", SongTime()},
                    {"Verse 1", SongTime::from_seconds(2 * bar_s)},
                    {"Chorus 1", SongTime::from_seconds(6 * bar_s)},
                    {"Verse 2", SongTime::from_seconds(10 * bar_s)},
                    {"Chorus 2", SongTime::from_seconds(13 * bar_s)}};
    Chance chance(seed);
    for (const Recipe& recipe : recipes()) {
        const double offset = chance.next() * scramble.db();
        Track track = recipe.make();
        const double peak = peak_of(track.samples());
        const double target = std::min(recipe.peak_dbfs + offset, ceiling_dbfs);
        const double gain = peak > 0.0 ? std::pow(10.0, target / 20.0) / peak : 0.0;
        auto samples = std::make_shared<std::vector<float>>();
        samples->reserve(track.samples().size() * static_cast<std::size_t>(recipe.channels));
        for (const float s : track.samples())
            for (int channel = 0; channel < recipe.channels; ++channel)
                samples->push_back(static_cast<float>(static_cast<double>(s) * gain));
        song.stems.push_back({recipe.name, recipe.channels, std::move(samples)});
    }
    return song;
}

Song many_strips_song(int count) {
    Song song;
    song.name = "many strips";
    song.rate = SampleRate{rate};
    auto samples = std::make_shared<std::vector<float>>(static_cast<std::size_t>(4 * rate));
    for (std::size_t i = 0; i < samples->size(); ++i)
        (*samples)[i] = static_cast<float>(0.1 * tone(220.0, static_cast<double>(i) / rate));
    for (int i = 1; i <= count; ++i) song.stems.push_back({"Gtr " + std::to_string(i), 1, samples});
    return song;
}

Song with_tracks(Song song, int tracks) {
    const auto wanted = tracks > 0 ? static_cast<std::size_t>(tracks) : song.stems.size();
    const std::size_t own = song.stems.size();
    for (std::size_t i = own; i < wanted; ++i) {
        Stem again = song.stems[i % own];
        again.name += fmt::format(" {}", i / own + 1);
        song.stems.push_back(std::move(again));
    }
    song.stems.resize(wanted);
    return song;
}

}  // namespace kedge::sim
