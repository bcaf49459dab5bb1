// Messages of tablets as they are on the wire, and what they ask for.

#include "tablet/tablet_call.hpp"

#include "control/target_words.hpp"
#include "osc/osc.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

using namespace kedge;
using namespace kedge::tablet;

namespace {

template <std::size_t N>
std::vector<std::byte> frame(const char (&text)[N]) {
    std::vector<std::byte> bytes;
    for (std::size_t i = 0; i + 1 < N; ++i) bytes.push_back(static_cast<std::byte>(text[i]));
    return bytes;
}

std::string words_of(const TabletCall& call) {
    if (const auto* part = std::get_if<PartCall>(&call)) {
        const std::string what = part->name + " | " + to_string(part->target) + " | ";
        if (const auto* at = std::get_if<FaderPosition>(&part->to))
            return what + fmt::format("{}", at->value());
        if (const auto* level = std::get_if<Decibels>(&part->to)) return what + to_string(*level);
        if (const auto* to = std::get_if<Switch>(&part->to)) return what + (*to == Switch::on ? "on" : "off");
        return what + "?";
    }
    if (const auto* touch = std::get_if<TouchCall>(&call))
        return touch->name + " | " + (touch->touched ? "touched" : "let go");
    if (const auto* press = std::get_if<PressCall>(&call))
        return to_string(press->target) + (press->down ? "" : " | up");
    if (const auto* bank = std::get_if<BankCall>(&call)) return fmt::format("bank {}", bank->number);
    if (const auto* places = std::get_if<PlacesCall>(&call)) return fmt::format("places {}", places->places);
    if (const auto* hello = std::get_if<HelloCall>(&call))
        return hello->port ? fmt::format("hello {}", *hello->port) : "hello";
    return std::holds_alternative<PingCall>(call) ? "ping" : "bye";
}

std::string read(const std::vector<std::byte>& bytes) {
    const auto message = osc::decode_message(bytes);
    if (!message) return "no OSC";
    const auto call = read_call(*message);
    if (!call) {
        CHECK(call.error().kind == ErrorKind::usage);
        CHECK_FALSE(call.error().next.empty());
        return "wrong: " + call.error().message + " " + call.error().next;
    }
    return words_of(*call);
}

std::string read(std::string_view address, std::initializer_list<osc::Argument> with = {}) {
    return read(osc::encode(address, with));
}

bool is_wrong(const std::string& words, std::string_view says) {
    CAPTURE(words, says);
    return words.starts_with("wrong: ") && words.find(says) != std::string::npos;
}

}  // namespace

TEST_CASE("tablet: frames as TouchOSC and Open Stage Control send them") {
    CHECK(read(frame("/kedge/strip/3/fader\0\0\0\0,f\0\0\x3f\0\0\0")) ==
          "strip/3/fader | strip 3 fader | 8192");
    CHECK(read(frame("/kedge/strip/12/mute\0\0\0\0,i\0\0\0\0\0\1")) == "strip/12/mute | strip 12 mute | on");
    CHECK(read(frame("/kedge/strip/12/mute\0\0\0\0,F\0\0")) == "strip/12/mute | strip 12 mute | off");
    CHECK(read(frame("/kedge/name/Lead Vox/fader\0\0,d\0\0\x3f\xf0\0\0\0\0\0\0")) ==
          "name/Lead Vox/fader | strip 'Lead Vox' fader | 16383");
    CHECK(read(frame("/kedge/hello\0\0\0\0,i\0\0\0\0\x23\x29")) == "hello 9001");
    CHECK(read(frame("/kedge/hello\0\0\0\0,\0\0\0")) == "hello");
    CHECK(read(frame("/kedge/bank/right\0\0\0,f\0\0\x3f\x80\0\0")) == "bank right");
    CHECK(read(frame("/kedge/bank/right\0\0\0,f\0\0\0\0\0\0")) == "bank right | up");
}

TEST_CASE("tablet: frames that are wrong") {
    CHECK(read(frame("/kedge/strip/3/fader\0\0\0\0,f\0\0\x3f\0\0")) == "no OSC");
    CHECK(read(frame("/kedge/strip/3/fader")) == "no OSC");
    CHECK(is_wrong(read(frame("/kedge/strip/3/fader\0\0\0\0,f\0\0\x7f\xc0\0\0")), "from 0 to 1"));  // NaN
    CHECK(is_wrong(read(frame("/kedge/strip/3/fader\0\0\0\0,f\0\0\x7f\x80\0\0")), "from 0 to 1"));
    CHECK(is_wrong(read(frame("/kedge/strip/3/fader\0\0\0\0,s\0\0loud\0\0\0\0")), "from 0 to 1"));
    CHECK(is_wrong(read(frame("/kedge/strip/3/fader/db\0,f\0\0\x7f\x80\0\0")), "decibels"));
    CHECK(is_wrong(read(frame("/fader1\0,f\0\0\x3f\0\0\0")), "/kedge/strip/1/fader"));
}

TEST_CASE("tablet: every part of every strip") {
    const std::vector<std::pair<std::string, std::string>> strips = {{"strip/64", "strip 64"},
                                                                     {"selected", "selected"},
                                                                     {"master", "master"},
                                                                     {"role/lead-vocal", "role lead-vocal"},
                                                                     {"name/Lead%20Vox", "strip 'Lead Vox'"},
                                                                     {"name/A%2FB", "strip 'A/B'"},
                                                                     {"name/a/b", "strip 'a/b'"},
                                                                     {"name/50%25", "strip '50%'"}};
    for (const auto& [name, words] : strips) {
        for (const std::string part : {"fader", "pan", "trim"}) {
            const std::string end = name + "/" + part;
            const std::string address = "/kedge/" + end;
            CHECK(read(address, {1.0F}) == end + " | " + words + " " + part + " | 16383");
            CHECK(read(address, {0}) == end + " | " + words + " " + part + " | 0");
            CHECK(read(address) == end + " | " + words + " " + part + " | ?");
            CHECK(read(address + "/touch", {1}) == end + " | touched");
            CHECK(read(address + "/touch", {0.0F}) == end + " | let go");
            if (part == "pan") {
                CHECK(is_wrong(read(address + "/db", {1.0F}), "There is no"));
                continue;
            }
            CHECK(read(address + "/db", {-3.0F}) == end + " | " + words + " " + part + " | -3.0 dB");
            CHECK(read(address + "/db", {-193.0F}) == end + " | " + words + " " + part + " | -inf dB");
            CHECK(read(address + "/db", {-HUGE_VALF}) == end + " | " + words + " " + part + " | -inf dB");
        }
        for (const std::string part : {"mute", "solo"}) {
            const std::string end = name + "/" + part;
            CHECK(read("/kedge/" + end, {true}) == end + " | " + words + " " + part + " | on");
            CHECK(read("/kedge/" + end, {0.0}) == end + " | " + words + " " + part + " | off");
        }
    }
    CHECK(read("/kedge/strip/1/select", {1.0F}) == "strip/1/select | strip 1 select | on");
}

TEST_CASE("tablet: what sets something going") {
    CHECK(read("/kedge/bank/left") == "bank left");
    CHECK(read("/kedge/bank/7") == "bank 7");
    CHECK(read("/kedge/bank/7", {0.0F}).ends_with("| up"));
    CHECK(read("/kedge/channel/left") == "channel left");
    CHECK(read("/kedge/channel/right") == "channel right");
    CHECK(read("/kedge/transport/play", {1.0F}) == "play");
    CHECK(read("/kedge/transport/stop") == "stop");
    CHECK(read("/kedge/transport/play-or-stop") == "play or stop");
    CHECK(read("/kedge/transport/to-start") == "to start");
    CHECK(read("/kedge/transport/loop") == "loop");
    CHECK(read("/kedge/marker/next") == "next marker");
    CHECK(read("/kedge/marker/previous") == "previous marker");
    for (const std::string key : {"listen", "mix", "revert", "accept", "reject"})
        CHECK(read("/kedge/command/" + key) == "kedge " + key);
    CHECK(read("/kedge/command/a-b") == "kedge a-b");
    CHECK(read("/kedge/places", {16.0F}) == "places 16");
    CHECK(read("/kedge/ping") == "ping");
    CHECK(read("/kedge/bye") == "bye");
}

TEST_CASE("tablet: addresses that there are not, and what to send instead") {
    for (const std::string address : {"/kedge/",
                                      "/kedge/strip",
                                      "/kedge/strip/1",
                                      "/kedge/strip/0/fader",
                                      "/kedge/strip/65/fader",
                                      "/kedge/strip/x/fader",
                                      "/kedge/strip/1/volume",
                                      "/kedge/strip/1/ride depth",
                                      "/kedge/strip/1/suggestion",
                                      "/kedge/name/a/suggestion",
                                      "/kedge/name/a/ride depth",
                                      "/kedge/strip/1 fader",
                                      "/kedge/name/fader",
                                      "/kedge/name//fader",
                                      "/kedge/role/tuba/fader",
                                      "/kedge/role/kick/select",
                                      "/kedge/transport/fine",
                                      "/kedge/transport/page x",
                                      "/kedge/bank/0",
                                      "/kedge/bank/up",
                                      "/kedge/marker/third",
                                      "/kedge/command/format",
                                      "/kedge/fader",
                                      "/kedge/strip/'a' fader/fader",
                                      "/kedge/transport/strip-1-fader"}) {
        CAPTURE(address);
        CHECK(is_wrong(read(address, {0.5F}), "There is no"));
    }
    CHECK(is_wrong(read("/kedge/places", {2.5F}), "whole number"));
    CHECK(is_wrong(read("/kedge/places"), "whole number"));
    CHECK(is_wrong(read("/kedge/hello", {0}), "1 to 65535"));
    CHECK(is_wrong(read("/kedge/hello", {std::string_view("9000")}), "1 to 65535"));
}
