#include "cli/map_learning.hpp"

#include "cli/controller_profile_text.hpp"
#include "control/control_feedback.hpp"
#include "control/control_reader.hpp"
#include "control/source_words.hpp"
#include "control/target_words.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace kedge;
using namespace kedge::control;

namespace {

std::vector<midi::Message> says(const std::string& source, int value) {
    return messages_for(MotorBack{*source_from_words(source, midi::Channel()), FaderPosition::top},
                        FaderPosition(value));
}

std::string move(cli::MapLearning& learning, const std::string& source, const std::vector<int>& values) {
    std::string words;
    for (const int value : values)
        for (const auto& message : says(source, value))
            if (const auto said = learning.hear(message); !said.empty()) words = said;
    return words;
}

std::string named(cli::MapLearning& learning, const std::string& line) {
    const auto said = learning.name_target(line);
    return said ? *said : "error: " + said.error().message + " " + said.error().next;
}

}  // namespace

TEST_CASE("Map learning: moved, named, written, read back, and the same messages move the same targets") {
    cli::MapLearning learning(cli::MapLearning::nothing_yet("Box"));
    struct Step {
        std::string source;
        std::vector<int> values;
        std::string target;
    };
    const std::vector<Step> steps = {{"cc 7", {3, 5, 6}, "strip 1 fader"},
                                     {"cc 1/33", {300, 501, 601}, "strip 2 fader"},
                                     {"nrpn 900", {300, 501, 601}, "strip 3 fader"},
                                     {"nrpn 901 coarse", {3, 5, 6}, "strip 4 fader"},
                                     {"bend ch 5", {300, 501, 601}, "role lead-vocal fader"},
                                     {"cc 70 ch 3", {1, 1, 127}, "strip 1 pan"},
                                     {"cc 71 ch 3", {65, 65, 63}, "strip 2 pan"},
                                     {"cc 72 ch 3", {1, 1, 65}, "strip 3 pan"},
                                     {"cc 73 ch 3", {65, 65, 1}, "bank right"},
                                     {"note 9", {127, 0}, "strip 'Lead Vox' mute"},
                                     {"pressure 9", {1, 0}, "play"}};
    for (const auto& step : steps) {
        CAPTURE(step.source);
        CHECK_FALSE(move(learning, step.source, step.values).empty());
        const auto said = named(learning, step.target);
        CAPTURE(said);
        CHECK(said.find("is the hand for " + step.target) != std::string::npos);
    }
    const auto back = cli::read_controller_profile("box.toml", cli::text_of_profile(learning.profile()));
    REQUIRE(back);
    REQUIRE(back->map.controls.size() == steps.size());
    ControlReader reader(back->map.controls);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        CAPTURE(steps[i].source);
        std::vector<ControlNews> news;
        for (const auto& message : says(steps[i].source, steps[i].values.front()))
            for (const auto& each : reader.read(message)) news.push_back(each);
        REQUIRE(news.size() == 1);
        CHECK(std::visit([](const auto& what) { return what.control; }, news.front()) == i);
        CHECK(to_string(back->map.pages.front().bindings.at(i).target) == steps[i].target);
    }
}

TEST_CASE("Map learning: what is wrong, and what is in conflict") {
    cli::MapLearning learning(cli::MapLearning::nothing_yet("Box"));
    CHECK(named(learning, "strip 1 fader").find("No control was moved yet") != std::string::npos);
    move(learning, "cc 7", {3, 5, 6});
    CHECK(named(learning, "strip 1 width").find("one of 'fader', 'pan'") != std::string::npos);
    CHECK(named(learning, "strip 1 mute").find("a fader or a pot is the hand for") != std::string::npos);
    CHECK(learning.learned() == 0);
    CHECK(named(learning, "big one = strip 1 fader") == "'big one' is the hand for strip 1 fader.");
    CHECK(move(learning, "cc 7", {3, 5, 6}).find("which 'big one' uses already") != std::string::npos);
    CHECK(named(learning, "strip 2 fader").find("it is learned anew") != std::string::npos);
    CHECK(learning.profile().map.controls.size() == 1);
    move(learning, "cc 8", {3, 5, 6});
    CHECK(named(learning, "strip 2 fader").find("'big one' is the hand for it as well") != std::string::npos);
    // A button that remembers by itself is on as long as it says so.
    move(learning, "note 3", {127});
    named(learning, "strip 2 mute");
    CHECK(learning.profile().map.pages.front().bindings.back().way == ButtonWay::momentary);
    move(learning, "cc 9", {3, 5, 6});
    learning.skip();
    CHECK(named(learning, "strip 3 fader").find("No control was moved yet") != std::string::npos);
}
