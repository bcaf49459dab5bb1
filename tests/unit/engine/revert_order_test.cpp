#include "support/catch.hpp"
#include "support/pass_desk.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>

using namespace kedge;
using namespace kedge::test;

namespace {

using Place = std::pair<std::string, Control>;
using Values = std::map<Place, ControlValue>;

Values values_of(const InstantDaw& daw) {
    Values all;
    for (const Strip& strip : daw.mixer().strips)
        for (const Control control : all_controls) all[{strip.name.name, control}] = *strip.control(control);
    return all;
}

/// What a mixer is that knows only the rule's first sentence: a control holds what the newest standing pass
/// wrote there, or what it held at first. A pass stands where no standing revert names it.
class NaiveMixer {
  public:
    explicit NaiveMixer(Values origin) : origin_(std::move(origin)) {}

    void wrote(PassId pass, const std::vector<Wanted>& wanted) {
        for (const Wanted& each : wanted) passes_[pass].writes[{each.strip, each.control}] = each.to;
    }
    void reverted(PassId revert, PassId pass, const std::set<Place>& places) {
        passes_[revert].reverts = pass;
        passes_[revert].places = places;
    }
    [[nodiscard]] bool stands(PassId pass, const Place& place) const {
        const Naive& own = passes_.at(pass);
        if (!own.reverts && !own.writes.contains(place)) return false;
        if (own.reverts && !own.places.contains(place)) return false;
        return std::none_of(passes_.upper_bound(pass), passes_.end(), [&](const auto& later) {
            return later.second.reverts == pass && stands(later.first, place);
        });
    }
    [[nodiscard]] std::set<Place> standing(PassId pass) const {
        std::set<Place> places;
        for (const auto& [place, value] : origin_)
            if (stands(pass, place)) places.insert(place);
        return places;
    }
    [[nodiscard]] std::size_t touched(PassId pass) const {
        const Naive& own = passes_.at(pass);
        return own.reverts ? own.places.size() : own.writes.size();
    }
    [[nodiscard]] Values values() const {
        Values now = origin_;
        for (const auto& [id, pass] : passes_)
            for (const auto& [place, value] : pass.writes)
                if (stands(id, place)) now[place] = value;
        return now;
    }
    [[nodiscard]] bool writes(PassId pass) const { return !passes_.at(pass).reverts; }
    [[nodiscard]] const std::map<Place, ControlValue>& written(PassId pass) const {
        return passes_.at(pass).writes;
    }

  private:
    struct Naive {
        std::map<Place, ControlValue> writes;
        std::optional<PassId> reverts;
        std::set<Place> places;
    };
    Values origin_;
    std::map<PassId, Naive> passes_;
};

ControlValue random_value(Control control, std::mt19937& random) {
    if (control == Control::pan) return Pan(std::uniform_int_distribution<int>(-20, 20)(random) / 20.0);
    if (control == Control::mute) return random() % 2 == 0 ? Mute::muted : Mute::open;
    return Decibels(std::uniform_int_distribution<int>(-60, 6)(random));
}

/// A desk, the naive model of it, and everything that was done.
struct RandomSession {
    explicit RandomSession(std::uint32_t seed) : random(seed), desk(3), model(values_of(desk.daw)) {}

    template <typename T>
    const T& one_of(const std::vector<T>& list) {
        return list[std::uniform_int_distribution<std::size_t>(0, list.size() - 1)(random)];
    }

    void write() {
        std::vector<Wanted> wanted;
        for (const auto& [place, value] : values_of(desk.daw))
            if (random() % 3 == 0)
                wanted.push_back({place.first, place.second, random_value(place.second, random)});
        if (wanted.empty()) return;
        passes.push_back(desk.write(wanted));
        model.wrote(passes.back(), wanted);
    }

    engine::Selection a_part() {
        engine::Selection selected;
        if (random() % 2 == 0)
            selected.controls = {one_of(std::vector<Control>(all_controls.begin(), all_controls.end()))};
        return selected;
    }

    void revert(PassId pass, const engine::Selection& selected) {
        std::set<Place> places;
        for (const Place& place : model.standing(pass))
            if (selected.takes({StripKind::audio_track, place.first, 0}, place.second)) places.insert(place);
        const auto report = desk.revert(pass, false, selected);
        CAPTURE(pass.value, places.size());
        if (places.empty()) {
            REQUIRE(report.error);
            CHECK(report.error->kind == ErrorKind::refused);
            return;
        }
        INFO((report.error ? report.error->message : ""));
        REQUIRE_FALSE(report.error);
        REQUIRE(report.pass);
        passes.push_back(report.pass->id);
        model.reverted(report.pass->id, pass, places);
    }

    void reapply(PassId pass) {
        if (!model.writes(pass)) return;
        const auto report = desk.reapply(pass);
        INFO((report.error ? report.error->message : ""));
        REQUIRE_FALSE(report.error);
        std::vector<Wanted> wanted;
        for (const auto& [place, value] : model.written(pass))
            wanted.push_back({place.first, place.second, value});
        passes.push_back(report.pass->id);
        model.wrote(report.pass->id, wanted);
    }

    void check() {
        CHECK(values_of(desk.daw) == model.values());
        for (const PassId pass : passes) {
            const std::size_t standing = model.standing(pass).size();
            const PassState wanted = standing == 0                    ? PassState::reverted
                                     : standing < model.touched(pass) ? PassState::partly_reverted
                                                                      : PassState::applied;
            CAPTURE(pass.value);
            CHECK(to_string(desk.state(pass)) == to_string(wanted));
        }
    }

    std::mt19937 random;
    PassDesk desk;
    NaiveMixer model;
    std::vector<PassId> passes;
};

}  // namespace

TEST_CASE("passes reverted in any order end where all began, and each step is as a naive mixer says") {
    const auto seed = GENERATE(take(60, random(0, 1'000'000)));
    CAPTURE(seed);
    RandomSession session(static_cast<std::uint32_t>(seed));
    const Values origin = values_of(session.desk.daw);
    for (int step = 0; step < 25; ++step) {
        CAPTURE(step);
        const auto what = session.random() % 8;
        if (session.passes.empty() || what < 3) {
            session.write();
        } else if (what < 7) {
            const PassId pass = session.one_of(session.passes);
            session.revert(pass, session.a_part());
        } else {
            session.reapply(session.one_of(session.passes));
        }
        session.check();
    }
    // Everything that wrote a value goes, in an order of chance; reverts that stand are not asked.
    std::vector<PassId> writers;
    for (const PassId pass : session.passes)
        if (session.model.writes(pass)) writers.push_back(pass);
    std::shuffle(writers.begin(), writers.end(), session.random);
    for (const PassId pass : writers) {
        if (session.model.standing(pass).empty()) continue;
        session.revert(pass, {});
        session.check();
    }
    CHECK(values_of(session.desk.daw) == origin);
}

TEST_CASE(
    "three passes on one fader: the earliest taken out moves nothing, and changes the others' way back") {
    PassDesk desk;
    const PassId first = desk.write({{"Strip 1", Control::fader, -3.0_dB}});
    const PassId second = desk.write({{"Strip 1", Control::fader, -6.0_dB}});
    const PassId third = desk.write({{"Strip 1", Control::fader, -9.0_dB}});

    const auto report = desk.revert(first);
    CHECK_FALSE(report.error);
    CHECK(report.reverted == std::vector{first});
    REQUIRE(report.covered.size() == 1);
    CHECK_THAT(report.covered[0].reason, Catch::Contains("pass 2"));
    CHECK(desk.fader("Strip 1") == -9.0_dB);
    CHECK(desk.state(first) == PassState::reverted);

    CHECK_FALSE(desk.revert(second).error);
    CHECK(desk.fader("Strip 1") == -9.0_dB);
    CHECK_FALSE(desk.revert(third).error);
    CHECK(desk.fader("Strip 1") == Decibels());
}

TEST_CASE("a part of a pass goes back by strip and by control, and the rest with another revert") {
    PassDesk desk;
    const PassId pass = desk.write({{"Strip 1", Control::fader, -3.0_dB},
                                    {"Strip 1", Control::pan, Pan::left()},
                                    {"Strip 2", Control::fader, -4.0_dB},
                                    {"Strip 2", Control::pan, Pan::right()}});
    CHECK_FALSE(desk.revert(pass, false, {{"Strip 1"}, {}}).error);
    CHECK(desk.fader("Strip 1") == Decibels());
    CHECK(desk.daw.strip("Strip 1").pan == Pan::centre());
    CHECK(desk.fader("Strip 2") == -4.0_dB);
    CHECK(desk.state(pass) == PassState::partly_reverted);

    CHECK_FALSE(desk.revert(pass, false, {{}, {Control::pan}}).error);
    CHECK(desk.daw.strip("Strip 2").pan == Pan::centre());
    CHECK(desk.fader("Strip 2") == -4.0_dB);
    CHECK(desk.state(pass) == PassState::partly_reverted);

    const auto rest = desk.revert(pass);
    CHECK_FALSE(rest.error);
    CHECK(rest.reverted == std::vector{pass});
    CHECK(desk.fader("Strip 2") == Decibels());
    CHECK(desk.state(pass) == PassState::reverted);
    const auto again = desk.revert(pass);
    REQUIRE(again.error);
    CHECK_THAT(again.error->message, Catch::Contains("reverted already"));
}

TEST_CASE("a strip that the pass never touched cannot be selected") {
    PassDesk desk;
    const PassId pass = desk.write({{"Strip 1", Control::fader, -3.0_dB}});
    const auto report = desk.revert(pass, false, {{"Bass"}, {}});
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::usage);
    CHECK_THAT(report.error->next, Catch::Contains("Strip 1"));
    CHECK(desk.fader("Strip 1") == -3.0_dB);
}

TEST_CASE("a mix and its correction go back as one, and come back as one") {
    PassDesk desk;
    const PassId mix =
        desk.write({{"Strip 1", Control::fader, -3.0_dB}, {"Strip 2", Control::fader, -3.0_dB}});
    const PassId correction = desk.write({{"Strip 1", Control::fader, -4.0_dB}}, mix);
    const auto reverted = desk.revert(correction);
    CHECK_FALSE(reverted.error);
    CHECK(reverted.reverted == std::vector{mix, correction});
    CHECK(desk.fader("Strip 1") == Decibels());
    CHECK(desk.fader("Strip 2") == Decibels());

    const auto back = desk.revert(reverted.pass->id);
    CHECK_FALSE(back.error);
    CHECK(back.reverted == std::vector{reverted.pass->id});
    CHECK(desk.fader("Strip 1") == -4.0_dB);
    CHECK(desk.fader("Strip 2") == -3.0_dB);
    CHECK(desk.state(mix) == PassState::applied);
    CHECK(desk.state(correction) == PassState::applied);

    CHECK_FALSE(desk.revert(mix).error);
    const auto reapplied = desk.reapply(mix);
    CHECK_FALSE(reapplied.error);
    CHECK(reapplied.pass->kind == PassKind::reapply);
    CHECK(reapplied.pass->reapplies == mix);
    CHECK(desk.fader("Strip 1") == -4.0_dB);
    CHECK(desk.state(mix) == PassState::reverted);
}

TEST_CASE("a revert has nothing to reapply; the message says what does") {
    PassDesk desk;
    const PassId pass = desk.write({{"Strip 1", Control::fader, -3.0_dB}});
    const auto revert = desk.revert(pass);
    const auto report = desk.reapply(revert.pass->id);
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::usage);
    CHECK_THAT(report.error->next, Catch::Contains("kedge revert 1"));
}
