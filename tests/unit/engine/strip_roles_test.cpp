#include "engine/strip_roles.hpp"

#include "support/catch.hpp"
#include "support/shipped_rules.hpp"

using namespace kedge;
using namespace kedge::engine;

namespace {

MixerState mixer_labelled(const std::vector<std::string>& labels) {
    MixerState mixer;
    for (const std::string& label : labels) {
        Strip strip;
        strip.id = StripId{static_cast<std::uint32_t>(mixer.strips.size() + 1)};
        strip.name = {StripKind::audio_track, label, 0};
        mixer.strips.push_back(strip);
    }
    return mixer;
}

}  // namespace

TEST_CASE("Roles are read from labels only where names are labels, and by hand before either") {
    const mix::RoleBook book = test::shipped_roles();
    const MixerState mixer = mixer_labelled({"SnarTp", "Snar 1/2", "Foo 7"});
    const std::optional<StripLabels> labels = StripLabels{6, Shortening::letters};

    const auto by_name = roles_of(mixer, std::nullopt, book, {});
    CHECK(by_name[0].role == Role::other);
    CHECK(by_name[0].rule == book.classify("SnarTp").rule);

    const auto by_label = roles_of(mixer, labels, book, {});
    CHECK(by_label[0].role == Role::snare);
    CHECK(by_label[0].rule == "snare: label 'SnarTp' reads as 'Snare Top'");
    CHECK(by_label[1].role == Role::snare);
    CHECK(by_label[2].role == Role::other);

    const auto by_hand = roles_of(mixer, labels, book, {{mixer.strips[0].name, Role::tom}});
    CHECK(by_hand[0].role == Role::tom);
    CHECK(by_hand[0].rule == "set by hand");
}
