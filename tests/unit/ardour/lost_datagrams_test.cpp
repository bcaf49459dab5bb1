#include "ardour/session_limits.hpp"
#include "support/catch.hpp"
#include "unit/ardour/conversation.hpp"

#include <random>

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

bool is_list_line(const osc::Message& message) {
    return message.address() == "/reply";
}

bool is_line_of(const osc::Message& message, std::string_view name) {
    return is_list_line(message) && message.string(1) == name;
}

}  // namespace

TEST_CASE("A lost line of the list: the list is asked for again") {
    // The last one leaves no hole in the numbers; that the master is missing tells.
    for (const std::string_view name : {"Kick", "Bass", "Vox", "Master"}) {
        CAPTURE(name);
        Conversation talk(small_mixer());
        int lost = 0;
        talk.ardour.loses = [&](const osc::Message& m) { return is_line_of(m, name) && lost++ == 0; };
        talk.start();
        REQUIRE(talk.run_until_ready(3s));
        CHECK(talk.names() == std::vector<std::string>{"Kick", "Bass", "Vox", "Master"});
        CHECK(talk.sent_to("/strip/list") == 2);
    }
}

TEST_CASE("The end of the mixer lost altogether, its line and its values: the missing master tells") {
    Conversation talk(small_mixer());
    std::size_t lists = 0;
    talk.ardour.loses = [&](const osc::Message& m) {
        if (is_line_of(m, "Kick")) ++lists;
        return lists < 2 && (is_line_of(m, "Master") || m.address().ends_with("/4"));
    };
    talk.start();
    REQUIRE(talk.run_until_ready(3s));
    CHECK(talk.names() == std::vector<std::string>{"Kick", "Bass", "Vox", "Master"});
}

TEST_CASE("A list that is lost but for its end, or without its end, is asked for again") {
    for (const bool end_is_lost : {false, true}) {
        CAPTURE(end_is_lost);
        Conversation talk(small_mixer());
        std::size_t lists = 0;
        talk.ardour.loses = [&](const osc::Message& m) {
            if (!is_list_line(m)) return false;
            const bool end = m.string(0) == "end_route_list";
            const bool lost = lists == 0 && end == end_is_lost;
            if (end) ++lists;
            return lost;
        };
        talk.start();
        REQUIRE(talk.run_until_ready(5s));
        CHECK(talk.names().size() == 4);
        CHECK(talk.sent_to("/strip/list") == 2);
    }
}

TEST_CASE("A list that loses another line each time becomes whole piece by piece") {
    Conversation talk(small_mixer());
    const std::vector<std::string> lost = {"Kick", "Bass", "Master"};
    std::size_t lists = 0;
    talk.ardour.loses = [&](const osc::Message& m) {
        if (is_list_line(m) && m.string(0) == "end_route_list") return ++lists, false;
        return lists < lost.size() && is_line_of(m, lost[lists]);
    };
    talk.start();
    REQUIRE(talk.run_until_ready(2s));
    CHECK(talk.names() == std::vector<std::string>{"Kick", "Bass", "Vox", "Master"});
    CHECK(talk.sent_to("/strip/list") == 2);
}

TEST_CASE("Lines of two mixers do not make one list") {
    Conversation talk(small_mixer());
    std::size_t lists = 0;
    talk.ardour.loses = [&](const osc::Message& m) {
        if (is_list_line(m) && m.string(0) == "end_route_list") {
            // Told to nobody: between two questions a strip goes, and its successor takes its number.
            if (++lists == 1) talk.ardour.strips.erase(talk.ardour.strips.begin() + 2);
            return false;
        }
        // The numbers of the rest do not contradict each other: the second master tells.
        return lists == 0 && is_line_of(m, "Vox");
    };
    talk.start();
    REQUIRE(talk.run_until_ready(5s));
    CHECK(talk.names() == std::vector<std::string>{"Kick", "Bass", "Master"});
}

TEST_CASE("A DAW that answers is asked for the lost line of its list for many seconds") {
    Conversation talk(small_mixer());
    talk.ardour.loses = [&](const osc::Message& m) {
        return is_line_of(m, "Bass") && talk.now < Instant{} + 8s;
    };
    talk.start();
    REQUIRE(talk.run_until_ready(ardour::listing_patience));
    CHECK(talk.count<surface::Lost>() == 0);
    CHECK(talk.names() == std::vector<std::string>{"Kick", "Bass", "Vox", "Master"});
    CHECK(talk.sent_to("/strip/list") <= 10);
}

TEST_CASE("A list that never arrives whole is Lost, with the reason") {
    Conversation talk(small_mixer());
    talk.ardour.loses = [&](const osc::Message& m) { return is_line_of(m, "Bass"); };
    talk.start();
    CHECK_FALSE(talk.run_until_ready(ardour::listing_patience + ardour::list_patience + 1s));
    REQUIRE(talk.count<surface::Lost>() == 1);
    CHECK(talk.all<surface::Lost>()[0].why == "the strip list never arrived whole");
}

TEST_CASE("A DAW that tells values but no list is Lost sooner") {
    Conversation talk(small_mixer());
    talk.ardour.loses = is_list_line;
    talk.start();
    // It knew this port before, and had never heard a goodbye.
    for (int ms = 0; ms < 8'000; ms += 500) {
        talk.hear(osc::encode(strip_path("gain", 1), {static_cast<float>(-ms) / 1000.0F}));
        talk.run_for(500ms);
    }
    CHECK_FALSE(talk.session.ready());
    REQUIRE(talk.count<surface::Lost>() == 1);
    CHECK(talk.all<surface::Lost>()[0].why == "the strip list never arrived whole");
}

TEST_CASE("A greeting that was lost while the list was answered is said again") {
    Conversation talk(small_mixer());
    int lost = 0;
    talk.ardour.never_hears = [&](const osc::Message& m) {
        return m.address() == "/set_surface" && lost++ < 2;
    };
    talk.start();
    REQUIRE(talk.run_until_ready(2s));
    CHECK(talk.ardour.feedback() == 17599);
    CHECK(talk.sent_to("/set_surface") == 3);
    talk.run_for(10s);
    CHECK(talk.count<surface::Lost>() == 0);
}

TEST_CASE("A feedback that was never turned on: the greeting is said again") {
    Conversation talk(small_mixer());
    int lost = 0;
    talk.ardour.never_hears = [&](const osc::Message& m) {
        return m.address() == "/set_surface/feedback" && lost++ == 0;
    };
    talk.start();
    REQUIRE(talk.run_until_ready(2s));
    CHECK(talk.ardour.feedback() == 17599);
    CHECK(talk.sent_to("/set_surface") == 2);
    CHECK(talk.count<surface::Lost>() == 0);
}

TEST_CASE("A question for the list that gets lost is asked again, even while automation plays") {
    Conversation talk(small_mixer());
    int questions = 0;
    talk.ardour.never_hears = [&](const osc::Message& m) {
        return m.address() == "/strip/list" && questions++ == 0;
    };
    talk.start();
    // Values come without a pause: there is no quiet to wait for.
    for (int ms = 0; ms < 3'000 && !talk.session.ready(); ms += 50) {
        talk.hear(osc::encode(strip_path("gain", 1), {static_cast<float>(-ms) / 1000.0F}));
        talk.run_for(50ms);
    }
    CHECK(talk.session.ready());
}

TEST_CASE("A value that the burst lost is asked for, and the answer is brought back to what it means") {
    struct Row {
        Control control;
        std::string_view word;
    };
    for (const Row row : {Row{Control::fader, "gain"}, Row{Control::trim, "trimdB"},
                          Row{Control::pan, "pan_stereo_position"}, Row{Control::mute, "mute"}}) {
        CAPTURE(row.word);
        Conversation talk(small_mixer());
        talk.ardour.strips[1].gain_db = -8.9;
        talk.ardour.strips[1].trim_db = 4.7;
        talk.ardour.strips[1].pan = 0.25;
        talk.ardour.strips[1].muted = true;
        const std::string path = strip_path(row.word, 2);
        int lost = 0;
        talk.ardour.loses = [&](const osc::Message& m) { return plainly(m.address()) == path && lost++ < 1; };
        talk.start();
        REQUIRE(talk.run_until_ready(2s));
        CHECK(talk.sent.size() == 4);
        CHECK(talk.sent_to(path) == 1);
        const Strip& bass = talk.strip("Bass");
        CHECK(bass.fader->db() == Approx(-8.9).margin(0.002));
        CHECK(bass.trim->db() == Approx(4.7).margin(0.002));
        CHECK(bass.pan->position() == Approx(0.5).margin(1e-6));
        CHECK(bass.mute == Mute::muted);
    }
}

TEST_CASE("An answer that gets lost is asked for again") {
    Conversation talk(small_mixer());
    int lost = 0;
    talk.ardour.loses = [&](const osc::Message& m) {
        return plainly(m.address()) == strip_path("gain", 1) && lost++ < 3;
    };
    talk.start();
    REQUIRE(talk.run_until_ready(3s));
    CHECK(talk.sent_to(strip_path("gain", 1)) == 3);
    CHECK(talk.strip("Kick").fader->db() == Approx(-6.0).margin(0.002));
}

TEST_CASE("A trim that never comes is none; a fader that never comes is a DAW that cannot be trusted") {
    Conversation no_trim(small_mixer());
    no_trim.ardour.loses = [](const osc::Message& m) {
        return plainly(m.address()) == strip_path("trimdB", 2);
    };
    no_trim.start();
    REQUIRE(no_trim.run_until_ready());
    CHECK_FALSE(no_trim.strip("Bass").trim);
    CHECK(no_trim.sent_to(strip_path("trimdB", 2)) == static_cast<std::size_t>(ardour::most_asks));

    Conversation no_fader(small_mixer());
    no_fader.ardour.loses = [](const osc::Message& m) {
        return plainly(m.address()) == strip_path("gain", 2);
    };
    no_fader.start();
    CHECK_FALSE(no_fader.run_until_ready(3s));
    REQUIRE(no_fader.count<surface::Lost>() == 1);
    CHECK(no_fader.all<surface::Lost>()[0].why == "it never told the fader of 'Bass'");
    CHECK(no_fader.count<surface::Ready>() == 0);
}

TEST_CASE("A DAW that dies while it tells its values is Lost, and never was Ready") {
    int readies = 0;
    int losses = 0;
    // Whatever part of its bursts still came.
    for (int came = 0; came < 200; came += 7) {
        CAPTURE(came);
        Conversation talk(small_mixer());
        int datagrams = 0;
        talk.ardour.loses = [&](const osc::Message& m) { return !is_list_line(m) && ++datagrams > came; };
        talk.start();
        talk.run_for(20ms);
        talk.ardour.dead = true;
        talk.run_for(10s);
        CHECK(talk.count<surface::Lost>() == 1);
        if (talk.count<surface::Ready>() == 0) {
            ++losses;
        } else {
            // Everything was known: only the silence afterwards tells.
            ++readies;
            for (const auto& strip : talk.session.mixer().strips) CHECK(strip.fader);
        }
    }
    CHECK(readies > 0);
    CHECK(losses > 10);
}

TEST_CASE("A trim that never comes may be none; but not when nobody answers any more") {
    Conversation talk(small_mixer());
    talk.ardour.loses = [](const osc::Message& m) { return plainly(m.address()) == strip_path("trimdB", 2); };
    talk.start();
    talk.run_for(20ms);
    talk.ardour.dead = true;
    talk.run_for(10s);
    CHECK(talk.count<surface::Ready>() == 0);
    REQUIRE(talk.count<surface::Lost>() == 1);
    CHECK(talk.all<surface::Lost>()[0].why == "it stopped answering while it told its values");
}

TEST_CASE("The whole burst of 512 strips lost: it is asked for in portions") {
    Conversation talk(mixer_of(512));
    bool burst = true;
    talk.ardour.loses = [&](const osc::Message& m) { return burst && m.address().starts_with("/strip/"); };
    talk.start();
    talk.run_for(100ms);
    burst = false;
    REQUIRE(talk.run_until_ready(3s));
    CHECK(talk.most_sent_at_once <= 64);
    CHECK(talk.sent.size() == 3 + 512 * 4);
    CHECK(talk.now < Instant{} + 1500ms);
    for (const auto& strip : talk.session.mixer().strips) CHECK(strip.fader);
}

TEST_CASE("On a wire that loses a share of everything the first connection is Ready, with the whole mixer") {
    const double share = GENERATE(0.03, 0.05, 0.10);
    CAPTURE(share);
    for (std::uint32_t seed = 1; seed <= 50; ++seed) {
        CAPTURE(seed);
        Conversation talk(mixer_of(24));
        std::mt19937 chance(seed);
        const auto one_of_them = [&](const osc::Message&) {
            return std::uniform_real_distribution<>()(chance) < share;
        };
        talk.ardour.loses = one_of_them;
        talk.ardour.never_hears = one_of_them;
        talk.start();
        REQUIRE(talk.run_until_ready(ardour::listing_patience + 2s));
        for (const auto& lost : talk.all<surface::Lost>()) FAIL_CHECK(lost.why);
        CHECK(talk.ardour.feedback() == 17599);
        REQUIRE(talk.session.mixer().strips.size() == 24);
        for (const auto& strip : talk.session.mixer().strips) {
            CAPTURE(strip.name.name);
            REQUIRE(strip.fader);
            CHECK(strip.fader->db() == Approx(-6.0).margin(0.002));
            REQUIRE(strip.trim);
            CHECK(strip.trim->db() == Approx(0.0).margin(0.002));
            CHECK(strip.pan);
            CHECK(strip.mute == Mute::open);
        }
    }
}
