#include "fuzz/session_fuzzing.hpp"
#include "reaper/reaper_session.hpp"
#include "support/reaper_patterns.hpp"

#include <string>

namespace {

using namespace kedge;
using namespace kedge::fuzz;

const std::string patterns_with_actions = std::string(test::good_reaper_patterns) + "ACTION s/action/str\n";

struct ReaperTalk : Talk<reaper::ReaperSession> {
    ReaperTalk()
        : Talk(reaper::ReaperSetup{reaper::PatternFile::read(patterns_with_actions),
                                   Duration{},
                                   {Decibels(-62.0), Decibels(6.0)}}) {
        session.use_companion(reaper::CompanionSetup{"_RSkedge"});
    }
    void look_at(const surface::SendBytes& sent) override {
        constexpr std::size_t longest = 1'024;
        require(sent.bytes.size() <= longest);
        const auto decoded = osc::decode(sent.bytes);
        require(!decoded.malformed && !decoded.messages.empty());
    }
    void look_at(const surface::HandOver& hand) override {
        if (hand.request.empty()) return;
        require(hand.answered_by_file && hand.request.ends_with("end\n"));
        const auto head = hand.request.substr(0, hand.request.find('\n'));
        request = head.substr(head.rfind('\t') + 1);
        require(!request.empty());
    }
    void say(const std::string& address, osc::Argument argument) { hear(osc::encode(address, {argument})); }

    std::string request;  ///< the id of the last one for the companion script
};

void tell_tracks(ReaperTalk& talk, int count) {
    const std::string how_many = std::to_string(count);
    talk.say("/track/number/str", std::string_view(how_many));
    talk.say("/master/volume/db", 0.0F);
    talk.say("/master/pan", 0.5F);
    for (int number = 1; number <= count; ++number) {
        const std::string track = "/track/" + std::to_string(number) + "/";
        const std::string name = "Part " + std::to_string(number);
        talk.say(track + "name", std::string_view(name));
        talk.say(track + "select", 0.0F);
        talk.say(track + "volume/db", -6.0F);
        talk.say(track + "pan", 0.25F);
        talk.say(track + "mute", 0.0F);
    }
}

/// A message that REAPER could send, its number from the input.
void say_something(ReaperTalk& talk, Input& input) {
    const std::string number = std::to_string(input.byte() % 14);
    const float value = static_cast<float>(input.byte()) / 128.0F;
    const std::string text(1, static_cast<char>('0' + input.byte() % 11));
    switch (input.byte() % 11) {
        case 0:
            return talk.say("/track/" + number + "/volume/db", -value * 100.0F);
        case 1:
            return talk.say("/track/" + number + "/name", std::string_view(text));
        case 2:
            return talk.say("/track/" + number + "/select", value > 1.0F ? 1.0F : 0.0F);
        case 3:
            return talk.say("/track/number/str", std::string_view(number));
        case 4:
            return talk.say("/track/" + number + "/vu/L", value);
        case 5:
            return talk.say("/marker/" + number + "/name", std::string_view(text));
        case 6:
            return talk.say("/track/" + number + "/autotouch", 1.0F);
        case 7:
            return talk.say("/region/" + number + "/length", value);
        case 8:
            return talk.say("/repeat", value > 1.0F ? 1.0F : 0.0F);
        case 9:
            return talk.say("/track/mute", value > 1.0F ? 1.0F : 0.0F);
        default:
            return talk.say("/time", value);
    }
}

/// A line of an answer, its words and numbers from the input.
std::string some_line(Input& input) {
    const std::string number = std::to_string(input.byte() % 5);
    const std::string value = std::to_string(input.byte() / 64.0);
    const std::string guid = "{T-" + number + "}";
    switch (input.byte() % 7) {
        case 0:
            return "project\t{B-" + number + "}\t/songs/one.rpp\tone.rpp";
        case 1:
            return "state\t" + number;
        case 2:
            return "length\t" + value;
        case 3:
            return "meters\t-62\t" + value;
        case 4:
            return "track\t" + guid + "\t" + number + "\tPart " + number + "\t0\t0\t0\t" + value +
                   "\t0\t0\t0\t0\ttrim\t2\t-12\t-18\t-4\t-6";
        case 5:
            return "fader\t" + guid + "\tread\t" + value + "\t1\t1\t1\t1\t0\t0\t1\npoint\t1.5\t" + value +
                   "\t0\t0\t0\t" + value;
        default:
            return "reaper\t7.22/linux-x86_64\tOther";
    }
}

/// The companion script leaves an answer to the request under way, or anything else.
void answer_request(ReaperTalk& talk, Input& input) {
    std::string text;
    if (input.byte() % 4 == 0) {
        for (const auto byte : input.take(input.byte())) text += static_cast<char>(byte);
    } else {
        std::string body = input.byte() % 4 == 0 ? "refused\tno\tnext\n" : "done\n";
        for (int lines = input.byte() % 6; lines > 0; --lines) body += some_line(input) + "\n";
        const auto count = 1 + std::count(body.begin(), body.end(), '\n');
        text = "answer\t" + talk.request + "\t1\n" + body + "end\t" + std::to_string(count) + "\n";
    }
    talk.perform([&](surface::Effects& effects) { talk.session.answered(talk.now, text, effects); });
}

/// One step of the script: a datagram cut from the input, a pause, a command, or a REAPER that behaves.
void step(ReaperTalk& talk, Input& input) {
    constexpr std::uint8_t kinds = 10;
    const std::uint8_t what = input.byte();
    switch (what % kinds) {
        case 0:
            return talk.wait(std::chrono::milliseconds(what));
        case 1:
            return talk.wait(std::chrono::seconds(what / kinds));
        case 2:
            return talk.command(some_command(input, talk.session.mixer()));
        case 3:
            return tell_tracks(talk, what % 7);
        case 4:
        case 5:
            return say_something(talk, input);
        case 6:
            return answer_request(talk, input);
        default:
            return talk.hear(input.take(input.byte()));
    }
}

void recover(ReaperTalk& talk) {
    for (int i = 0; i < 600 && (i < 30 || !talk.session.ready()); ++i) {
        tell_tracks(talk, 4);
        talk.wait(std::chrono::milliseconds(100));
    }
    require(talk.session.ready());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ReaperTalk talk;
    run_script<ReaperTalk>(talk, std::as_bytes(std::span(data, size)), step, recover);
    return 0;
}
