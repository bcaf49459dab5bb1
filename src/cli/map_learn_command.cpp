#include "cli/commands.hpp"
#include "cli/controller_choice.hpp"
#include "cli/controller_profile_text.hpp"
#include "cli/map_learning.hpp"
#include "io/event_loop.hpp"
#include "io/midi_wire.hpp"
#include "io/typed_lines.hpp"
#include "midi/stream_parser.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <span>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace kedge::cli {

namespace json = boost::json;

namespace {

/// Whole, or as it was before.
Result<void> put_down(const std::filesystem::path& file, const std::string& text) {
    const std::filesystem::path beside = file.string() + ".new";
    std::error_code problem;
    {
        std::ofstream out(beside);
        out << text;
        out.close();
        if (!out) problem = std::make_error_code(std::errc::io_error);
    }
    if (!problem) std::filesystem::rename(beside, file, problem);
    if (problem)
        return fail(ErrorKind::usage, fmt::format("'{}' cannot be written.", file.string()),
                    "Name a file in a folder that is there and yours.");
    return {};
}

/// The talk on the terminal: what was moved is said, targets are typed, and the file holds each of them at
/// once.
class LearnTalk {
  public:
    LearnTalk(const Settings& settings, MapLearning learning, std::string file)
        : json_(settings.json), learning_(std::move(learning)), file_(std::move(file)) {}

    void hear(std::span<const std::byte> bytes) {
        std::vector<midi::Message> messages;
        parser_.receive(bytes, messages);
        for (const auto& message : messages)
            if (const auto words = learning_.hear(message); !words.empty()) say("heard", words);
    }
    /// Whether it goes on.
    bool type(const std::string& line) {
        if (line == "end") return false;
        if (line == "skip") {
            learning_.skip();
            say("skipped", "What was moved is forgotten.");
        } else if (!line.empty()) {
            name(line);
        }
        return true;
    }
    [[nodiscard]] Outcome outcome() const {
        Outcome outcome;
        const auto learned = learning_.learned();
        outcome.document = {{"learned", learned},
                            {"file", written_ ? json::value(file_) : json::value(nullptr)}};
        outcome.text = written_ ? fmt::format("{} learned, written to {}. Use it: kedge control {}\n",
                                              learned, file_, file_)
                                : "Nothing was learned, and nothing written.\n";
        if (failure_) outcome.fail_with(*failure_);
        return outcome;
    }

  private:
    void name(const std::string& line) {
        const auto said = learning_.name_target(line);
        if (!said) return say("refused", said.error().message + " " + said.error().next);
        say("learned", *said);
        failure_.reset();
        if (const auto put = put_down(file_, text_of_profile(learning_.profile())); !put) {
            failure_ = put.error();
            return say("refused", put.error().message + " " + put.error().next);
        }
        written_ = true;
    }
    void say(const std::string& what, const std::string& words) const {
        if (json_)
            std::cout << json::serialize(json::object{{what, words}}) << std::endl;
        else
            std::cout << words << std::endl;
    }

    bool json_;
    MapLearning learning_;
    std::string file_;
    midi::StreamParser parser_;
    bool written_ = false;
    std::optional<Error> failure_;
};

}  // namespace

int map_learn_command(const Settings& settings, const MapLearnOptions& options) {
    if (std::filesystem::exists(options.file) && !options.overwrite)
        return report(settings, Error{ErrorKind::usage, fmt::format("'{}' is there already.", options.file),
                                      "Name another file, or add --overwrite."});
    auto begun = MapLearning::nothing_yet(options.port);
    if (!options.from.empty()) {
        auto profile = load_controller_profile(options.from);
        if (!profile) return report(settings, profile.error());
        begun = std::move(*profile);
    }
    io::EventLoop loop;
    io::MidiAddress address;
    address.units = {options.port};
    address.client = "kedge-learn";
    auto wire = io::MidiWire::open(address, loop);
    if (!wire) return report(settings, wire.error());
    LearnTalk talk(settings, MapLearning(std::move(begun)), options.file);
    bool ended = false;
    loop.on_end_signal([&] { ended = true; });
    (*wire)->listen(
        {[&](std::size_t, std::span<const std::byte> bytes) { talk.hear(bytes); },
         [&](std::size_t, bool in) {
             std::cerr << (in ? "Plugged in. Move one control (an encoder clockwise first, a button "
                                "once), then type its target, as in: strip 1 fader\n"
                                "`skip` forgets the move, `end` or Ctrl-C ends it.\n"
                              : "Unplugged; waited for.\n");
         }});
    io::TypedLines lines;
    while (!ended && !lines.ended()) {
        loop.run_one_for(std::chrono::milliseconds(20));
        for (const auto& line : lines.take())
            if (!ended && !talk.type(line)) ended = true;
    }
    return print(settings, talk.outcome());
}

}  // namespace kedge::cli
