// Apps on tablets, at a DAW in virtual time: what they say is what the DAW holds, what the DAW holds is what
// they show, and nobody is told what he is doing while he does it.

#include "engine/tablets.hpp"

#include "osc/osc.hpp"
#include "scenario/live_studio.hpp"
#include "support/sanitized.hpp"

#include <cmath>
#include <map>
#include <random>
#include <string>
#include <variant>

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

constexpr Duration tell_every = 10ms;

/// kedge's end: the controllers and the tablets among them.
class Hall {
  public:
    explicit Hall(LiveStudio& studio)
        : studio_(studio),
          controllers_(
              [](const MixerState& mixer) {
                  control::StripRoles roles;
                  if (mixer.strips.size() > 2) {
                      roles[mixer.strips[0].id] = Role::lead_vocal;
                      roles[mixer.strips[1].id] = Role::lead_vocal;
                  }
                  return roles;
              },
              5ms),
          tablets_(controllers_, FaderScale(FaderCurve::ardour)) {
        studio.tell_people_last();
        studio.engine().invite(controllers_);
        studio.loop().act(controllers_,
                          [&](engine::Desk& desk) { controllers_.event(desk, surface::Ready{}); });
    }
    /// Time passes, and tablets are told at their pace.
    void idle(Duration span) {
        const Instant end = studio_.loop().now() + span;
        while (studio_.loop().now() < end) {
            studio_.loop().idle(std::min<Duration>(tell_every, end - studio_.loop().now()));
            tell();
        }
    }
    void tell() {
        studio_.loop().act(controllers_, [&](engine::Desk& desk) { tablets_.tell(desk); });
        deliver();
    }
    void receive(std::vector<engine::TabletDatagram> datagrams) {
        studio_.loop().act(controllers_, [&](engine::Desk& desk) { tablets_.received(desk, datagrams); });
        deliver();
    }
    std::function<void(const engine::TabletDatagram&)> on_told;

    [[nodiscard]] engine::Tablets& tablets() { return tablets_; }
    [[nodiscard]] engine::Controllers& controllers() { return controllers_; }
    [[nodiscard]] LiveStudio& studio() { return studio_; }

  private:
    void deliver() {
        for (const auto& each : tablets_.take())
            if (on_told) on_told(each);
    }

    LiveStudio& studio_;
    engine::Controllers controllers_;
    engine::Tablets tablets_;
};

/// An app: what it shows, by address.
class App {
  public:
    App(Hall& hall, std::uint16_t port) : hall_(hall), peer_{0x7F000001, port} {}
    void says(std::string_view address, std::initializer_list<osc::Argument> with = {}) {
        hall_.receive({{peer_, osc::encode(address, with)}});
    }
    /// A hand moves what the app shows.
    void moves(const std::string& address, double to) {
        shows[address] = to;
        says(address, {static_cast<float>(to)});
    }
    void told(const engine::TabletDatagram& datagram) {
        if (datagram.peer != engine::TabletPeer{peer_.address, listens_at ? listens_at : peer_.port}) return;
        const auto message = osc::decode_message(datagram.bytes);
        REQUIRE(message);
        const std::string address(message->address());
        ++heard;
        if (const auto text = message->string(0)) {
            says_of[address] = std::string(*text);
            if (address == "/kedge/error") ++errors;
            return;
        }
        const double value = message->number(0).value_or(NAN);
        if (address == under_hand) ++told_under_hand;
        if (shows.contains(address) && shows[address] != value) ++moved;
        shows[address] = value;
    }
    [[nodiscard]] bool knows(const std::string& address) const { return shows.contains(address); }

    std::map<std::string, double> shows;
    std::map<std::string, std::string> says_of;
    std::string under_hand;
    int told_under_hand = 0;
    int moved = 0;  ///< times that something went elsewhere than where it stood
    int heard = 0;
    int errors = 0;
    std::uint16_t listens_at = 0;

  private:
    Hall& hall_;
    engine::TabletPeer peer_;
};

std::string fader(int place) {
    return "/kedge/strip/" + std::to_string(place) + "/fader";
}

double share_of_level(Decibels level) {
    return static_cast<double>(FaderScale(FaderCurve::ardour).position_of(level).value()) /
           FaderPosition::top;
}

/// One app alone.
struct Alone {
    explicit Alone(int tracks) : studio(tracks), hall(studio), app(hall, 9001) {
        hall.on_told = [this](const engine::TabletDatagram& datagram) { app.told(datagram); };
    }
    LiveStudio studio;
    Hall hall;
    App app;
};

}  // namespace

TEST_CASE("tablets: /kedge/hello tells everything: names, how many, where they stand") {
    Alone room(12);
    room.studio.move_fader(2, Decibels(-10.0));
    room.hall.idle(500ms);
    room.app.says("/kedge/hello");
    room.hall.idle(1s);
    CHECK(room.app.errors == 0);
    CHECK(room.app.shows["/kedge/daw"] == 1.0);
    CHECK(room.app.shows["/kedge/strips"] == 12.0);
    CHECK(room.app.shows["/kedge/places"] == 8.0);
    CHECK(room.app.shows["/kedge/first"] == 1.0);
    CHECK(room.app.says_of["/kedge/strip/3/name"] == room.studio.mixer().strips[2].name.name);
    CHECK(room.app.says_of.contains("/kedge/selected/name"));
    CHECK(room.app.says_of.contains("/kedge/master/name"));
    CHECK(std::abs(room.app.shows[fader(3)] - share_of_level(Decibels(-10.0))) < 1e-4);
    CHECK(std::abs(room.app.shows[fader(3) + "/db"] + 10.0) < 0.01);
    CHECK(room.app.shows["/kedge/strip/3/pan"] == Approx(0.5).margin(1e-4));
    CHECK(room.app.knows("/kedge/strip/3/trim"));
    CHECK(room.app.knows("/kedge/strip/3/trim/db"));
    CHECK(room.app.shows["/kedge/strip/3/mute"] == 0.0);
    CHECK(room.app.shows["/kedge/strip/3/solo"] == 0.0);
    CHECK(room.app.shows["/kedge/strip/3/select"] == 0.0);
    CHECK(room.app.knows("/kedge/master/fader"));
    CHECK(room.app.knows("/kedge/role/lead-vocal/fader"));
    const int before = room.app.heard;
    room.hall.idle(5s);
    CHECK(room.app.heard == before);
    room.app.says("/kedge/ping");
    CHECK(room.app.shows["/kedge/pong"] == 1.0);
    room.app.says("/kedge/hello");
    room.hall.idle(1s);
    CHECK(room.app.heard > before + 50);
}

TEST_CASE("tablets: every part of a strip is set by its address") {
    Alone room(12);
    room.app.says("/kedge/hello");
    room.hall.idle(500ms);
    room.app.moves(fader(2), 0.5);
    room.app.says("/kedge/strip/3/fader/db", {-12.5F});
    room.app.moves("/kedge/strip/4/pan", 0.25);
    room.app.says("/kedge/strip/5/trim/db", {3.0});
    room.app.moves("/kedge/strip/6/mute", 1.0);
    room.app.moves("/kedge/strip/7/solo", 1.0);
    room.app.moves("/kedge/strip/8/select", 1.0);
    room.app.says("/kedge/master/fader/db", {-4});
    room.hall.idle(1s);
    const auto& scale = FaderScale(FaderCurve::ardour);
    CHECK(distance(room.studio.strip(1).fader, scale.level_at(FaderPosition(8192))) < Decibels(0.01));
    CHECK(distance(room.studio.strip(2).fader, Decibels(-12.5)) < Decibels(0.01));
    CHECK(std::abs(room.studio.strip(3).pan.position() + 0.5) < 0.001);
    CHECK(distance(room.studio.strip(4).trim, Decibels(3.0)) < Decibels(0.01));
    CHECK(room.studio.strip(5).muted);
    CHECK(room.studio.strip(6).soloed);
    CHECK(room.hall.controllers().selected() == room.studio.id(7));
    CHECK(distance(*room.studio.mixer().master()->fader, Decibels(-4.0)) < Decibels(0.01));
    CHECK(room.app.says_of["/kedge/selected/name"] == room.studio.mixer().strips[7].name.name);
    room.app.moves("/kedge/selected/fader", 0.25);
    room.app.moves("/kedge/strip/6/mute", 0.0);
    room.hall.idle(1s);
    CHECK_FALSE(room.studio.strip(5).muted);
    CHECK(distance(room.studio.strip(7).fader, scale.level_at(FaderPosition(4096))) < Decibels(0.02));
    CHECK(room.app.errors == 0);
    CHECK(room.app.shows[fader(8)] == Approx(0.25).margin(1e-3));
}

TEST_CASE("tablets: strips by role and by name, in whatever is in view") {
    Alone room(12);
    room.app.says("/kedge/hello");
    room.studio.move_fader(1, Decibels(-20.0));
    room.hall.idle(500ms);
    room.app.says("/kedge/role/lead-vocal/fader/db", {-6.0F});
    room.hall.idle(500ms);
    CHECK(distance(room.studio.strip(0).fader, Decibels(-6.0)) < Decibels(0.01));
    CHECK(distance(room.studio.strip(1).fader, Decibels(-26.0)) < Decibels(0.02));
    const std::string by_name = "/kedge/name/" + room.studio.mixer().strips[10].name.name;
    room.app.says(by_name + "/fader");  // asks
    room.hall.idle(500ms);
    REQUIRE(room.app.knows(by_name + "/fader"));
    room.app.moves(by_name + "/mute", 1.0);
    room.app.says(by_name + "/fader/db", {-33.0F});
    room.hall.idle(500ms);
    CHECK(room.studio.strip(10).muted);
    CHECK(distance(room.studio.strip(10).fader, Decibels(-33.0)) < Decibels(0.02));
    room.studio.move_fader(10, Decibels(-3.0));
    room.hall.idle(1s);
    CHECK(room.app.shows[by_name + "/fader/db"] == Approx(-3.0).margin(0.01));
    CHECK(room.app.errors == 0);
}

TEST_CASE("tablets: banks, places and the transport") {
    Alone room(20);
    room.app.says("/kedge/hello");
    room.hall.idle(500ms);
    const auto first_after = [&](std::string_view address, std::initializer_list<osc::Argument> with = {}) {
        room.app.says(address, with);
        room.hall.idle(300ms);
        return room.app.shows["/kedge/first"];
    };
    CHECK(first_after("/kedge/bank/right") == 9.0);
    CHECK(first_after("/kedge/bank/right", {0.0F}) == 9.0);  // a button that is let go
    CHECK(first_after("/kedge/bank/3") == 13.0);             // so that the last strip is the last
    CHECK(first_after("/kedge/bank/1") == 1.0);
    CHECK(first_after("/kedge/channel/right", {1.0F}) == 2.0);
    CHECK(first_after("/kedge/channel/left") == 1.0);
    CHECK(first_after("/kedge/bank/2") == 9.0);
    CHECK(first_after("/kedge/bank/left") == 1.0);
    room.app.says("/kedge/places", {16});
    room.hall.idle(500ms);
    CHECK(room.app.shows["/kedge/places"] == 16.0);
    CHECK(room.app.knows(fader(16)));
    room.app.says("/kedge/transport/play", {1.0F});
    room.hall.idle(500ms);
    CHECK(room.studio.daw().engine().rolling());
    room.app.says("/kedge/transport/stop");
    room.hall.idle(500ms);
    CHECK_FALSE(room.studio.daw().engine().rolling());
    room.app.says("/kedge/transport/play-or-stop");
    room.hall.idle(500ms);
    CHECK(room.studio.daw().engine().rolling());
    room.app.says("/kedge/transport/play-or-stop");
    room.hall.idle(500ms);
    CHECK(room.studio.position() > SongTime());
    room.app.says("/kedge/transport/to-start");
    room.hall.idle(500ms);
    CHECK(room.studio.position() == SongTime());
    CHECK(room.hall.controllers().counters().refused == 0);
    room.app.says("/kedge/transport/loop");  // came as far as the DAW, which has none over OSC
    room.hall.idle(500ms);
    CHECK(room.hall.controllers().counters().refused == 1);
    REQUIRE(room.hall.controllers().last_refusal());
    CHECK(room.hall.controllers().last_refusal()->message.find("loop") != std::string::npos);
    room.app.says("/kedge/marker/next");
    room.app.says("/kedge/marker/previous");
    std::optional<control::KedgeKey> key;
    room.hall.controllers().on_key = [&](control::KedgeKey pressed) { key = pressed; };
    room.app.says("/kedge/command/mix");
    CHECK(key == control::KedgeKey::mix);
    CHECK(room.app.errors == 0);
}

TEST_CASE("tablets: what is wrong is answered, counted, and loses nothing") {
    Alone room(12);
    room.app.says("/kedge/hello");
    room.hall.idle(500ms);
    int wrong = 0;
    const auto refused = [&](const std::string& says, std::string_view address,
                             std::initializer_list<osc::Argument> with) {
        room.app.says(address, with);
        CAPTURE(address, room.app.says_of["/kedge/error"]);
        CHECK(room.app.errors == ++wrong);
        CHECK(room.app.says_of["/kedge/error"].find(says) != std::string::npos);
        room.hall.idle(20ms);
    };
    refused("/kedge/strip/1/fader", "/mixer/1", {1.0F});
    refused("/kedge/hello, ping, bye", "/kedge/nonsense", {});
    refused("from 0 to 1", fader(1), {std::string_view("loud")});
    refused("from 0 to 1", fader(1), {NAN});
    refused("from 0 to 1", fader(1), {1.5F});
    refused("from 0 to 1", fader(1), {0.5F, 0.5F});
    refused("decibels", fader(1) + "/db", {NAN});
    refused("beyond its ends", fader(1) + "/db", {40.0F});
    refused("8 strips are side by side", fader(16), {0.5F});
    refused("place from 1 to 64", fader(99), {0.5F});
    refused("no strip is there", "/kedge/name/Nobody/fader", {0.5F});
    refused("no strip is there", "/kedge/role/kick/fader", {0.5F});
    refused("a role after", "/kedge/role/tuba/fader", {0.5F});
    refused("2 banks", "/kedge/bank/3", {});
    refused("1 to 64", "/kedge/places", {65});
    refused("1 to 65535", "/kedge/hello", {70'000});
    refused("/kedge/transport/play", "/kedge/transport/rewind", {});
    refused("0 is up", "/kedge/transport/play", {std::string_view("now")});
    refused("/touch", "/kedge/strip/1/mute/touch", {1.0F});
    room.hall.receive({{{0x7F000001, 9001}, {std::byte{'x'}}}});
    CHECK(room.app.errors == ++wrong);
    CHECK(room.hall.tablets().counters().wrong == static_cast<std::uint64_t>(wrong));
    room.app.says("/kedge/error", {std::string_view("an answer of another kedge's")});
    CHECK(room.app.errors == wrong);
    for (int i = 0; i < 100; ++i) room.app.says("/kedge/nonsense");
    CHECK(room.app.errors <= wrong + static_cast<int>(engine::Tablets::errors_at_once));
    CHECK(room.hall.tablets().counters().unanswered >= 80);
    room.hall.idle(20ms);
    room.app.moves(fader(1), 0.5);
    room.hall.idle(1s);
    CHECK(share_of_level(room.studio.strip(0).fader) == Approx(0.5).margin(1e-3));
}

TEST_CASE("tablets: a hand that moves is told nothing, and at its rest where the DAW stands") {
    Alone room(8);
    room.app.says("/kedge/hello");
    room.hall.idle(500ms);
    room.app.under_hand = fader(1);
    for (int i = 0; i < 100; ++i) {
        room.app.moves(fader(1), 0.2 + i * 0.005);
        room.hall.idle(10ms);
    }
    CHECK(room.app.told_under_hand == 0);
    room.hall.idle(1s);
    CHECK(room.app.told_under_hand == 1);
    CHECK(room.app.shows[fader(1)] == Approx(0.695).margin(1e-3));
    // With a finger on it that does not move, the DAW's own moves wait.
    room.app.says(fader(1) + "/touch", {1.0F});
    room.studio.move_fader(0, Decibels(-30.0));
    room.hall.idle(2s);
    CHECK(room.app.told_under_hand == 1);
    room.app.says(fader(1) + "/touch", {0.0F});
    room.hall.idle(100ms);
    CHECK(room.app.told_under_hand == 2);
    CHECK(room.app.shows[fader(1)] == Approx(share_of_level(Decibels(-30.0))).margin(1e-3));
}

TEST_CASE("tablets: feedback goes where hello says, until bye, and silence is no goodbye") {
    Alone room(8);
    room.app.moves(fader(1), 0.5);  // a hand without a hello is a hand all the same
    room.hall.idle(500ms);
    CHECK(share_of_level(room.studio.strip(0).fader) == Approx(0.5).margin(1e-3));
    CHECK(room.app.heard == 0);
    room.app.listens_at = 9777;
    room.app.says("/kedge/hello", {9777});
    room.hall.idle(500ms);
    CHECK(room.app.heard > 50);
    CHECK(room.hall.tablets().listening() == 1);
    room.hall.idle(30min);
    room.studio.move_fader(3, Decibels(-30.0));
    room.hall.idle(500ms);
    CHECK(room.app.shows[fader(4)] == Approx(share_of_level(Decibels(-30.0))).margin(1e-3));
    room.app.says("/kedge/bye");
    CHECK(room.hall.tablets().listening() == 0);
    const int before = room.app.heard;
    room.studio.move_fader(3, Decibels(-3.0));
    room.hall.idle(500ms);
    CHECK(room.app.heard == before);
}

TEST_CASE("tablets: there is room for sixteen, and the one that was silent for longest goes") {
    Alone room(8);
    room.app.says("/kedge/hello");
    room.hall.idle(100ms);
    for (std::uint16_t port = 100; port < 200; ++port) {
        App passing(room.hall, port);
        passing.says("/kedge/strip/1/select", {1.0F});
        room.hall.idle(10ms);
    }
    CHECK(room.hall.tablets().listening() == 1);  // who said hello stays
    const auto passed = room.hall.tablets().counters().made_room;
    CHECK(passed == 100 - (engine::Tablets::most_tablets - 1));
    for (std::uint16_t port = 1; port <= engine::Tablets::most_tablets; ++port) {
        App other(room.hall, port);
        other.says("/kedge/hello");
        room.hall.idle(10ms);
    }
    CHECK(room.hall.tablets().counters().made_room == passed + engine::Tablets::most_tablets);
    CHECK(room.hall.tablets().listening() == engine::Tablets::most_tablets);
    const int before = room.app.heard;
    room.studio.move_fader(0, Decibels(-30.0));
    room.hall.idle(500ms);
    CHECK(room.app.heard == before);
}

TEST_CASE("tablets: a flood of values is one value, the last") {
    Alone room(8);
    room.app.says("/kedge/hello");
    room.hall.idle(500ms);
    std::vector<engine::TabletDatagram> flood;
    for (int i = 0; i < 10'000; ++i)
        flood.push_back(
            {{0x7F000001, 9001}, osc::encode(fader(1 + i % 8), {static_cast<float>(i) / 10'000.0F})});
    room.studio.tap().sent.clear();
    room.hall.receive(flood);
    room.hall.idle(1s);
    CHECK(room.studio.tap().sent.size() <= 8);
    CHECK(room.hall.tablets().counters().overtaken_in == 10'000 - 8);
    for (int place = 1; place <= 8; ++place)
        CHECK(share_of_level(room.studio.strip(static_cast<std::size_t>(place - 1)).fader) ==
              Approx((9'991 + place) / 10'000.0).margin(1e-3));
}

TEST_CASE("tablets: two of them and the DAW's own moves at random, ten minutes: all agree, nothing swings") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto any = [&](int from, int to) {
        return from + static_cast<int>(random() % static_cast<unsigned>(to - from + 1));
    };
    LiveStudio studio(8, 200ms);
    studio.tap().notes = false;
    sim::FaultPlan wire;
    wire.to_daw.latency = std::chrono::milliseconds(any(0, 60));
    wire.to_client.latency = std::chrono::milliseconds(any(0, 60));
    CAPTURE(wire.to_daw.latency.count(), wire.to_client.latency.count());
    studio.set_plan(wire);
    Hall hall(studio);
    std::vector<App> apps = {App(hall, 9001), App(hall, 9002)};
    hall.on_told = [&](const engine::TabletDatagram& datagram) {
        for (App& app : apps) app.told(datagram);
    };
    for (App& app : apps) app.says("/kedge/hello");
    hall.idle(1s);
    const Instant end = studio.loop().now() + (sanitized ? 1min : 10min);
    while (studio.loop().now() < end) {
        const int place = any(1, 8);
        const auto track = static_cast<std::size_t>(place - 1);
        const int who = any(0, 3);  // the first, the second, both in turns, nobody
        const bool by_daw = who == 3 || any(0, 2) == 0;
        const bool mute = any(0, 3) == 0;
        const std::string address = mute ? "/kedge/strip/" + std::to_string(place) + "/mute" : fader(place);
        if (who < 2) apps[static_cast<std::size_t>(who)].under_hand = address;
        for (int i = any(1, 30); i > 0; --i) {
            if (who < 3) {
                App& app = apps[static_cast<std::size_t>(who == 2 ? any(0, 1) : who)];
                app.moves(address, mute ? any(0, 1) : any(0, 1'000) / 1'000.0);
            }
            if (by_daw && (who == 3 || any(0, 4) == 0))
                studio.move_fader(track, Decibels(any(-400, 60) / 10.0));
            // A mute is answered as soon as the DAW has: a hand comes before that.
            hall.idle(std::chrono::milliseconds(mute ? any(1, 20) : any(1, 50)));
        }
        const int told = apps[0].told_under_hand + apps[1].told_under_hand;
        if (!mute) REQUIRE(told == 0);
        for (App& app : apps) app.under_hand.clear();
        apps[0].told_under_hand = apps[1].told_under_hand = 0;
        hall.idle(3s);  // a value that the DAW held already is awaited back for two
        const double stands = share_of_level(studio.strip(track).fader);
        for (App& app : apps) {
            CAPTURE(place, who, by_daw, mute, app.shows[fader(place)], stands);
            REQUIRE(std::abs(app.shows[fader(place)] - stands) < 5.0 / FaderPosition::top);
            REQUIRE(app.shows["/kedge/strip/" + std::to_string(place) + "/mute"] ==
                    (studio.strip(track).muted ? 1.0 : 0.0));
        }
        const int rest = apps[0].heard + apps[1].heard;
        hall.idle(1s);
        REQUIRE(apps[0].heard + apps[1].heard == rest);
    }
    CHECK(hall.tablets().counters().wrong == 0);
    CHECK(hall.tablets().counters().dropped_out == 0);
}
