#include "core/strip_recognition.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

using namespace kedge;

namespace {

Strip strip_called(const std::string& name, double fader, std::uint32_t id = 0) {
    Strip strip;
    strip.id = StripId{id};
    strip.name.name = name;
    strip.inputs = 1;
    strip.outputs = 2;
    strip.fader = Decibels(fader);
    return strip;
}

/// "A B C": strips with ids 1, 2, 3 whose faders stand at -1, -2, -3.
std::vector<Strip> list_of(const std::string& names) {
    std::vector<Strip> strips;
    for (const char name : names)
        if (name != ' ') {
            const auto number = static_cast<std::uint32_t>(strips.size() + 1);
            strips.push_back(strip_called(std::string(1, name), -static_cast<double>(number), number));
        }
    return strips;
}

/// "1 2 -": the ids, "-" for a new strip.
std::string ids(const std::vector<Strip>& old, const std::vector<Strip>& now, SinceThen since) {
    std::string words;
    for (const auto& id : recognise_strips(old, now, since))
        words += (words.empty() ? "" : " ") + (id ? std::to_string(id->value) : "-");
    return words;
}

/// The strips of another list as they stand now: their names, and whose standing each has.
std::vector<Strip> standing(const std::string& names, const std::vector<double>& faders) {
    auto strips = list_of(names);
    for (std::size_t i = 0; i < strips.size(); ++i) strips[i].fader = Decibels(faders[i]);
    return strips;
}

/// A mixer whose strips have a true identity that nobody is told.
struct TrueStrip {
    int self = 0;
    Strip shown;
};

class RandomMixer {
  public:
    explicit RandomMixer(std::uint32_t seed) : random_(seed) {
        const int count = 1 + below(8);
        for (int i = 0; i < count; ++i) insert(false);
    }

    /// One thing that a person does. `twins`: names may be given twice.
    void edit(bool twins) {
        const int what = below(6);
        if (what == 0) {
            insert(twins);
        } else if (what == 1 && strips.size() > 1) {
            strips.erase(strips.begin() + static_cast<std::ptrdiff_t>(pick()));
            moved = true;
        } else if (what == 2) {
            std::swap(strips[pick()], strips[pick()]);
            moved = true;
        } else if (what == 3) {
            strips[pick()].shown.name.name = new_name(twins);
            ++renames;
        } else if (what == 4) {
            strips[pick()].shown.hidden ^= true;
            moved = true;
        } else {
            // Two names in exchange.
            std::swap(strips[pick()].shown.name.name, strips[pick()].shown.name.name);
            renames += 2;
        }
    }

    void listed() {
        moved = false;
        renames = 0;
    }

    [[nodiscard]] std::vector<Strip> list() const {
        std::vector<Strip> shown;
        for (const TrueStrip& strip : strips) shown.push_back(strip.shown);
        return shown;
    }

    [[nodiscard]] bool has(int self) const {
        return std::any_of(strips.begin(), strips.end(),
                           [&](const TrueStrip& strip) { return strip.self == self; });
    }

    std::vector<TrueStrip> strips;
    bool moved = false;  ///< the DAW says that its strips changed
    int renames = 0;

  private:
    int below(int limit) { return std::uniform_int_distribution(0, limit - 1)(random_); }
    std::size_t pick() { return static_cast<std::size_t>(below(static_cast<int>(strips.size()))); }
    std::string new_name(bool twins) {
        if (twins && below(3) == 0) return strips[pick()].shown.name.name;
        return "S" + std::to_string(++last_name_);
    }
    void insert(bool twins) {
        const auto name = strips.empty() ? new_name(false) : new_name(twins);
        TrueStrip strip{++last_self_, strip_called(name, -0.5 * last_self_)};
        strips.insert(strips.begin() + below(static_cast<int>(strips.size()) + 1), strip);
        moved = true;
    }

    std::mt19937 random_;
    int last_self_ = 0;
    int last_name_ = 0;
};

}  // namespace

TEST_CASE("strips keep their ids when they are reordered, inserted, deleted or hidden") {
    const auto old = list_of("A B C");
    CHECK(ids(old, standing("C A B", {-3, -1, -2}), SinceThen::anything) == "3 1 2");
    CHECK(ids(old, standing("A N B C", {-1, 0, -2, -3}), SinceThen::anything) == "1 - 2 3");
    CHECK(ids(old, standing("A C", {-1, -3}), SinceThen::anything) == "1 3");
    auto hidden = list_of("A B C");
    hidden[1].hidden = true;
    CHECK(ids(old, hidden, SinceThen::anything) == "1 2 3");
}

TEST_CASE("values moved meanwhile are no reason to doubt a name") {
    CHECK(ids(list_of("A B C"), standing("A B C", {-9, -8, -7}), SinceThen::anything) == "1 2 3");
}

TEST_CASE("renamed in its place a strip keeps its id; several at once when they stand as they stood") {
    const auto old = list_of("A B C");
    CHECK(ids(old, standing("A X C", {-1, -5, -3}), SinceThen::renames) == "1 2 3");
    CHECK(ids(old, standing("X Y Z", {-1, -2, -3}), SinceThen::renames) == "1 2 3");
    CHECK(ids(old, standing("X Y C", {-1, -5, -3}), SinceThen::renames) == "- - 3");
    // When strips changed, a new name is a new strip.
    CHECK(ids(old, standing("A X C", {-1, -2, -3}), SinceThen::anything) == "1 - 3");
}

TEST_CASE("names in exchange: told by the values that stayed, else nobody's") {
    const auto old = list_of("A B C");
    CHECK(ids(old, standing("B A C", {-1, -2, -3}), SinceThen::renames) == "1 2 3");
    CHECK(ids(old, standing("B A C", {-2, -1, -3}), SinceThen::renames) == "- - 3");
    // With word of a change it looks like strips in another order, unless the values stayed.
    CHECK(ids(old, standing("B A C", {-2, -1, -3}), SinceThen::anything) == "2 1 3");
    CHECK(ids(old, standing("B A C", {-1, -2, -3}), SinceThen::anything) == "- - 3");
    CHECK(ids(old, standing("B C A", {-1, -2, -3}), SinceThen::anything) == "- - -");
    const auto alike = standing("A B C", {0, 0, 0});
    CHECK(ids(alike, standing("B A C", {0, 0, 0}), SinceThen::renames) == "- - 3");
}

TEST_CASE("twins are nobody's once strips changed, and stay who they are while nothing but a name did") {
    const auto old = list_of("A A C");
    CHECK(ids(old, standing("A A C", {-1, -2, -3}), SinceThen::renames) == "1 2 3");
    CHECK(ids(old, standing("A X C", {-1, -2, -3}), SinceThen::renames) == "1 2 3");
    CHECK(ids(old, standing("A A C", {-1, -2, -3}), SinceThen::anything) == "- - 3");
    CHECK(ids(old, standing("A C", {-2, -3}), SinceThen::anything) == "- 3");
    CHECK(ids(list_of("A C"), standing("A C A", {-1, -2, 0}), SinceThen::anything) == "- 2 -");
    // Another kind is no twin.
    auto kinds = list_of("A A");
    kinds[1].name.kind = StripKind::midi_track;
    std::vector<Strip> turned = {kinds[1], kinds[0]};
    CHECK(ids(kinds, turned, SinceThen::anything) == "2 1");
}

TEST_CASE(
    "whatever is done to a mixer, an id never moves to another strip; nobody loses it without a doubt") {
    int kept = 0;
    for (std::uint32_t seed = 1; seed <= 3'000; ++seed) {
        INFO("seed " << seed);
        RandomMixer mixer(seed);
        const bool twins = seed % 3 == 0;
        std::map<std::uint32_t, int> owner;  // of every id ever given
        std::uint32_t next_id = 1;
        std::set<int> seen;
        std::vector<Strip> known;
        for (int round = 0; round < 12; ++round) {
            auto now = mixer.list();
            const auto since = round > 0 && !mixer.moved ? SinceThen::renames : SinceThen::anything;
            const auto given = recognise_strips(known, now, since);
            REQUIRE(given.size() == now.size());
            const bool one_edit_of_unique_names =
                !twins && (mixer.renames == 0 || (!mixer.moved && mixer.renames == 1));
            for (std::size_t i = 0; i < now.size(); ++i) {
                const int self = mixer.strips[i].self;
                if (given[i]) {
                    const int owned_by = owner.at(given[i]->value);
                    // Deleted, and another one made under its name: no list can tell.
                    const bool made_anew = !mixer.has(owned_by) && !seen.contains(self);
                    if (!made_anew) REQUIRE(owned_by == self);
                    owner[given[i]->value] = self;
                    now[i].id = *given[i];
                    ++kept;
                    continue;
                }
                if (one_edit_of_unique_names)
                    for (const Strip& old : known) REQUIRE(owner.at(old.id.value) != self);
                now[i].id = StripId{next_id};
                owner[next_id++] = self;
            }
            std::set<StripId> distinct;
            for (const Strip& strip : now) distinct.insert(strip.id);
            REQUIRE(distinct.size() == now.size());
            for (const TrueStrip& strip : mixer.strips) seen.insert(strip.self);
            known = now;
            mixer.listed();
            const std::uint32_t edits = 1 + (seed + static_cast<std::uint32_t>(round)) % 4;
            for (std::uint32_t i = 0; i < edits; ++i) mixer.edit(twins);
        }
    }
    CHECK(kept > 50'000);
}
