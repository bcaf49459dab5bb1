#include "cli/commands.hpp"
#include "cli/controller_choice.hpp"
#include "cli/map_trial.hpp"
#include "io/event_loop.hpp"
#include "io/midi_wire.hpp"
#include "midi/stream_parser.hpp"

#include <chrono>
#include <cstddef>
#include <iostream>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kedge::cli {

namespace json = boost::json;

namespace {

/// Slow enough for eyes.
constexpr Duration each_step_takes = std::chrono::milliseconds(250);

/// The device that is tried: what it says is ticked off, what it can show is shown.
class MapTest {
  public:
    MapTest(const Settings& settings, const ChosenController& chosen, io::MidiWire& wire, io::EventLoop& loop)
        : json_(settings.json),
          name_(chosen.profile.map.name),
          trial_(chosen.profile.map),
          steps_(trial_.steps()),
          wire_(wire) {
        loop.every(each_step_takes, [this] { show_next(); });
        wire_.listen({[this](std::size_t, std::span<const std::byte> bytes) { hear(bytes); },
                      [this](std::size_t, bool in) { plug(in); }});
    }
    [[nodiscard]] bool done() const { return trial_.missing().empty() && next_ == steps_.size(); }
    [[nodiscard]] Outcome outcome() const {
        Outcome outcome;
        const auto missing = trial_.missing();
        outcome.document = {{"controller", name_},
                            {"heard", json::value_from(trial_.heard())},
                            {"missing", json::value_from(missing)},
                            {"unexplained", json::value_from(trial_.unexplained())},
                            {"shown", next_},
                            {"to_show", steps_.size()}};
        outcome.text = fmt::format("{}: {} of {} controls were heard.\n", name_,
                                   trial_.controls() - missing.size(), trial_.controls());
        if (!missing.empty()) outcome.text += fmt::format("Not heard: {}.\n", fmt::join(missing, ", "));
        if (!trial_.unexplained().empty())
            outcome.text +=
                fmt::format("No control of the profile says: {}.\n", fmt::join(trial_.unexplained(), ", "));
        return outcome;
    }

  private:
    void hear(std::span<const std::byte> bytes) {
        std::vector<midi::Message> messages;
        parser_.receive(bytes, messages);
        for (const auto& message : messages)
            if (const auto words = trial_.hear(message); !words.empty()) say(words);
    }
    void plug(bool in) {
        in_ = in;
        say(in ? "Plugged in. Move and press each control; Ctrl-C ends it." : "Unplugged; waited for.");
    }
    void show_next() {
        if (!in_ || next_ == steps_.size()) return;
        const auto& step = steps_[next_];
        if (!wire_.send(0, step.bytes)) return;  // the next time
        ++next_;
        say("  shows " + step.words);
    }
    /// On the way, beside the outcome.
    void say(const std::string& words) const { (json_ ? std::cerr : std::cout) << words << std::endl; }

    bool json_;
    std::string name_;
    MapTrial trial_;
    std::vector<MapTrial::Step> steps_;
    io::MidiWire& wire_;  // NOLINT(cppcoreguidelines-avoid-const-or-ref-data-members): the command's
    midi::StreamParser parser_;
    std::size_t next_ = 0;
    bool in_ = false;
};

}  // namespace

int map_test_command(const Settings& settings, const std::string& controller) {
    const auto chosen = choose_controllers({controller}, io::MidiWire::ports());
    if (!chosen) return report(settings, chosen.error());
    io::EventLoop loop;
    io::MidiAddress address;
    address.units = {chosen->front().port};
    address.client = "kedge-test";
    const auto wire = io::MidiWire::open(address, loop);
    if (!wire) return report(settings, wire.error());
    bool ended = false;
    loop.on_end_signal([&] { ended = true; });
    MapTest test(settings, chosen->front(), **wire, loop);
    loop.run_until([&] { return ended || test.done(); }, std::chrono::hours(24));
    return print(settings, test.outcome());
}

}  // namespace kedge::cli
