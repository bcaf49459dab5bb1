#include "unit/ardour/golden_frames.hpp"

#include "support/catch.hpp"
#include "unit/ardour/conversation.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace kedge::test {

namespace {

const std::filesystem::path& folder_of_all() {
    static const std::filesystem::path path =
        std::filesystem::path(KEDGE_SOURCE_DIR) / "tests" / "golden" / "ardour";
    return path;
}

Bytes read_bytes(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE(file);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    Bytes bytes;
    for (const char letter : text) bytes.push_back(static_cast<std::byte>(letter));
    return bytes;
}

std::string join(const std::vector<std::string>& parts, std::string_view between) {
    std::string all;
    for (const auto& part : parts) all += (all.empty() ? "" : std::string(between)) + part;
    return all;
}

std::string message_in_words(const osc::Message& message) {
    std::ostringstream words;
    words << message.address();
    if (message.size() > 0) words << " " << message.types();
    for (std::size_t i = 0; i < message.size(); ++i) {
        if (const auto text = message.string(i)) words << " '" << *text << "'";
        if (const auto whole = message.int64(i)) {
            words << " " << *whole;
        } else if (const auto number = message.number(i)) {
            words << " " << *number;
        }
    }
    return words.str();
}

/// A strip by its number.
class Describe {
  public:
    explicit Describe(const MixerState& mixer) : mixer_(mixer) {}

    std::string operator()(const surface::ControlReported& e) const {
        return strip(e.strip) + " " + std::string(to_string(e.control)) + " " + to_string(e.value);
    }
    std::string operator()(const surface::ControlRefused& e) const {
        return strip(e.strip) + " " + std::string(to_string(e.control)) + " refused";
    }
    // The engine's alone.
    std::string operator()(const surface::ControlTaken&) const { return "taken"; }
    std::string operator()(const surface::ControlLetGo&) const { return "let go"; }
    std::string operator()(const surface::SoloReported& e) const {
        return strip(e.strip) + (e.on ? " is soloed" : " is not soloed");
    }
    std::string operator()(const surface::MeterRead& e) const {
        return strip(e.strip) + " meter " + to_string(e.level);
    }
    std::string operator()(const surface::MarkShown& e) const { return "shows the mark '" + e.text + "'"; }
    std::string operator()(const surface::PositionReported& e) const { return "position " + to_string(e.at); }
    std::string operator()(const surface::BarReported& e) const {
        return "bar " + std::to_string(e.bar) + " beat " + std::to_string(e.beat);
    }
    std::string operator()(const surface::MetersShown& e) const {
        return "meters of window " + std::to_string(e.window);
    }
    std::string operator()(const surface::EndFound& e) const {
        return e.at ? "end " + to_string(*e.at) : "end ?";
    }
    std::string operator()(const surface::TransportReported& e) const {
        return e.rolling ? "rolling" : "stopped";
    }
    std::string operator()(const surface::AutomationReported& e) const {
        return strip(e.strip) + " " + std::string(to_string(e.control)) + " automation is " +
               std::string(to_string(e.mode));
    }
    std::string operator()(const surface::FaderLineRead& e) const { return strip(e.strip) + " line read"; }
    std::string operator()(const surface::FaderLinesWritten&) const { return "lines written"; }
    std::string operator()(const surface::LinesRefused& e) const { return "lines refused: " + e.why.message; }
    std::string operator()(const surface::FaderTried& e) const { return strip(e.strip) + " fader tried"; }
    std::string operator()(const surface::Ready&) const { return "ready"; }
    std::string operator()(const surface::Lost&) const { return "lost"; }
    std::string operator()(const surface::StripsChanged&) const { return "strips changed"; }
    std::string operator()(const surface::StripsUnsettled&) const { return "strips unsettled"; }

    [[nodiscard]] std::string strip(StripId id) const {
        for (std::size_t i = 0; i < mixer_.strips.size(); ++i)
            if (mixer_.strips[i].id == id) return "strip " + std::to_string(i + 1);
        return "a stranger";
    }

  private:
    const MixerState& mixer_;
};

void add_state_changes(const MixerState& before, const MixerState& after, std::vector<std::string>& words) {
    for (std::size_t i = 0; i < before.strips.size(); ++i) {
        const Strip& old = before.strips[i];
        const Strip& now = after.strips[i];
        const std::string strip = "strip " + std::to_string(i + 1);
        if (old.group != now.group) words.push_back(strip + " group '" + now.group + "'");
        if (old.hidden != now.hidden) words.push_back(strip + (now.hidden ? " hidden" : " shown"));
        if (old.soloed != now.soloed) words.push_back(strip + (now.soloed ? " soloed" : " not soloed"));
        for (const Control control : {Control::trim, Control::fader, Control::pan, Control::mute}) {
            if (old.automation(control) == now.automation(control)) continue;
            words.push_back(strip + " " + std::string(to_string(control)) + " automation " +
                            std::string(to_string(now.automation(control))));
        }
    }
    if (before.session.name != after.session.name) words.push_back("session '" + after.session.name + "'");
}

void add_counters(const surface::Counters& before, const surface::Counters& after,
                  std::vector<std::string>& words) {
    const auto add = [&](std::uint64_t surface::Counters::*counter, const char* what) {
        for (auto times = before.*counter; times < after.*counter; ++times) words.emplace_back(what);
    };
    add(&surface::Counters::malformed, "counted as malformed");
    add(&surface::Counters::wrong_type, "counted as wrong type");
    add(&surface::Counters::out_of_range, "counted as out of range");
    add(&surface::Counters::unknown_path, "counted as unknown path");
    add(&surface::Counters::heartbeats, "heartbeat");
}

}  // namespace

std::map<std::string, Bytes> golden_frames(std::string_view folder) {
    std::map<std::string, Bytes> frames;
    for (const auto& entry : std::filesystem::directory_iterator(folder_of_all() / folder))
        frames.emplace(entry.path().stem().string(), read_bytes(entry.path()));
    return frames;
}

std::vector<Bytes> golden_datagrams(std::string_view file) {
    const Bytes all = read_bytes(folder_of_all() / file);
    std::vector<Bytes> datagrams;
    std::size_t at = 0;
    while (at + 2 <= all.size()) {
        const auto length =
            std::to_integer<std::size_t>(all[at]) * 256 + std::to_integer<std::size_t>(all[at + 1]);
        at += 2;
        REQUIRE(at + length <= all.size());
        datagrams.emplace_back(all.begin() + static_cast<std::ptrdiff_t>(at),
                               all.begin() + static_cast<std::ptrdiff_t>(at + length));
        at += length;
    }
    REQUIRE(at == all.size());
    return datagrams;
}

std::string in_osc(const Bytes& frame) {
    const auto decoded = osc::decode(frame);
    std::vector<std::string> parts;
    for (const auto& message : decoded.messages) parts.push_back(message_in_words(message));
    if (decoded.malformed) parts.emplace_back("malformed");
    return join(parts, " + ");
}

std::string as_heard(const Bytes& frame) {
    Conversation talk(mixer_of(18));
    // What it says of the transport is news then.
    talk.ardour.loses = [](const osc::Message& m) { return m.address() == "/transport_stop"; };
    talk.connect();
    const MixerState before = talk.session.mixer();
    const auto counters = talk.session.counters();
    talk.hear(frame);

    std::vector<std::string> words;
    for (const auto& event : talk.events) words.push_back(std::visit(Describe(before), event));
    add_state_changes(before, talk.session.mixer(), words);
    add_counters(counters, talk.session.counters(), words);
    if (talk.sent_to("/strip/list") > 0) words.emplace_back("asks for the list");
    if (talk.sent.size() > talk.sent_to("/strip/list")) words.emplace_back("sends something");
    return words.empty() ? "nothing" : join(words, ", ");
}

void check_golden(std::string_view folder, std::span<const GoldenRow> rows) {
    auto frames = golden_frames(folder);
    for (const GoldenRow& row : rows) {
        CAPTURE(folder, row.name);
        const auto frame = frames.find(std::string(row.name));
        if (frame == frames.end()) {
            FAIL_CHECK("a row without a frame, or a second row for one");
            continue;
        }
        CHECK(in_osc(frame->second) == row.osc);
        CHECK(as_heard(frame->second) == row.heard);
        frames.erase(frame);
    }
    for (const auto& [name, bytes] : frames) FAIL_CHECK("a frame without a row: " << folder << "/" << name);
}

}  // namespace kedge::test
