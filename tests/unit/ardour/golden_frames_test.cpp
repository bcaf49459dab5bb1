#include "unit/ardour/golden_frames.hpp"

#include "ardour/session_limits.hpp"
#include "support/catch.hpp"
#include "unit/ardour/conversation.hpp"

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

const std::vector<std::string> recorded_names = {
    "Kick In",      "Snare Top",    "HH",           "Toms",     "OH",           "Perc",
    "Bass DI 1",    "Bass DI 2",    "Rhy Gtr",      "Strings",  "Synth Lead 1", "Synth Lead 2",
    "Synth Lead 3", "Synth Lead 4", "Synth Lead 5", "Lead Vox", "Click 1",      "Master"};

/// An Ardour that knows nothing but what was recorded of a real one: the list is answered with all of it, a
/// question with the value it last reported.
class RecordedArdour {
  public:
    explicit RecordedArdour(std::optional<std::size_t> lost_once) : lost_(lost_once) {
        surface::Effects out;
        session.start(now, out);
        carry(out);
    }

    bool run_until_ready() {
        while (!session.ready() && now < Instant{} + 10s) {
            now += 10ms;
            surface::Effects out;
            session.wake(now, out);
            carry(out);
        }
        return session.ready();
    }

    ardour::ArdourSession session;
    Instant now{};
    int questions = 0;
    int lists = 0;

  private:
    void carry(surface::Effects& effects) {
        for (const auto& effect : effects) {
            const auto* sent = std::get_if<surface::SendBytes>(&effect);
            if (!sent) continue;
            const auto message = *osc::decode_message(sent->bytes);
            if (message.address() == "/strip/list") {
                ++lists;
                play();
            } else if (message.size() == 0) {
                ++questions;
                answer(message.address());
            }
        }
        effects.clear();
    }

    void play() {
        for (std::size_t i = 0; i < recorded_.size(); ++i) {
            if (lost_ == i) {
                lost_.reset();
                continue;
            }
            hear(recorded_[i]);
        }
    }

    void answer(std::string_view path) {
        for (const auto& frame : recorded_) {
            const auto told = *osc::decode_message(frame);
            if (told.address() != plainly(path)) continue;
            return hear(osc::encode(path, {static_cast<float>(*told.number(0))}));
        }
    }

    void hear(const Bytes& frame) {
        surface::Effects out;
        session.receive(now, frame, out);
        carry(out);
    }

    std::vector<Bytes> recorded_ = golden_datagrams("handshake_18_strips.datagrams");
    std::optional<std::size_t> lost_;
};

void check_whole(const MixerState& mixer) {
    REQUIRE(mixer.strips.size() == recorded_names.size());
    for (std::size_t i = 0; i < mixer.strips.size(); ++i) {
        const Strip& strip = mixer.strips[i];
        CHECK(strip.name.name == recorded_names[i]);
        CHECK(strip.fader->db() == Approx(0.0).margin(1e-5));
        CHECK(strip.trim->db() == Approx(0.0).margin(1e-5));
        CHECK(strip.pan == Pan::centre());
        CHECK(strip.mute == Mute::open);
    }
}

}  // namespace

TEST_CASE("The handshake recorded from a real Ardour makes a session Ready, with everything known") {
    RecordedArdour ardour(std::nullopt);
    REQUIRE(ardour.run_until_ready());
    CHECK(ardour.lists == 1);
    CHECK(ardour.questions == 0);
    check_whole(ardour.session.mixer());
    const auto& mixer = ardour.session.mixer();
    CHECK(mixer.session.name == "Demo Song");
    CHECK(mixer.session.rate.hertz == 48'000);
    CHECK(mixer.session.end == SongTime::from_seconds(42));
    CHECK(mixer.master()->id == mixer.strips.back().id);
    CHECK(mixer.strips[4].inputs == 2);
    CHECK(ardour.session.rolling() == true);
    CHECK(ardour.session.position());
    const auto& counters = ardour.session.counters();
    CHECK(counters.messages_in == counters.datagrams_in);
    CHECK(counters.malformed + counters.wrong_type + counters.out_of_range + counters.unknown_path == 0);
}

TEST_CASE("Whichever datagram of the recorded handshake gets lost, everything is known at Ready") {
    const std::size_t datagrams = golden_datagrams("handshake_18_strips.datagrams").size();
    int asked = 0;
    for (std::size_t lost = 0; lost < datagrams; ++lost) {
        CAPTURE(lost);
        RecordedArdour ardour(lost);
        REQUIRE(ardour.run_until_ready());
        check_whole(ardour.session.mixer());
        CHECK(ardour.lists + ardour.questions <= 2);
        asked += ardour.lists - 1 + ardour.questions;
    }
    // Lines of the list, and the four controls of each strip.
    CHECK(asked >= 18 + 18 * 4);
}

TEST_CASE("An answer of a real Ardour to a question is brought back to what its fader shows") {
    const auto frames = golden_frames("valid");
    Conversation talk(mixer_of(18));
    talk.connect();
    const auto ask = [&](const char* answer) {
        talk.ardour.dead = true;
        REQUIRE(talk.command(surface::QueryControl{talk.id("T2"), Control::fader}));
        // A recorded answer, under the path of this question: Ardour answers where it is asked.
        const auto recorded = osc::decode_message(frames.at(answer));
        const auto question = osc::decode_message(talk.sent.back());
        const auto under_ours = osc::encode(question->address(), {*recorded->float32(0)});
        talk.forget_the_past();
        talk.hear(under_ours);
        const auto reports = talk.all<surface::ControlReported>();
        REQUIRE(reports.size() == 1);
        CHECK(reports[0].asked);
        return std::get<Decibels>(reports[0].value);
    };
    CHECK(ask("strip_gain_answer_for_minus_3_db").db() == Approx(-3.0).margin(0.001));
    CHECK(ask("strip_gain_answer_for_minus_infinity").is_silence());
}
