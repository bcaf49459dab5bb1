#include "cli/controller_profiles.hpp"
#include "control/controller_link.hpp"
#include "control/hands.hpp"
#include "profiles/shipped_profiles.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace {

using namespace kedge;

void require(bool holds) {
    if (!holds) std::abort();
}

std::vector<control::ControllerMap> shipped_maps() {
    std::vector<control::ControllerMap> maps;
    for (const auto& shipped : shipped_profiles())
        if (shipped.path.starts_with("controllers/") && shipped.path.ends_with(".toml"))
            maps.push_back(cli::read_controller_profile(shipped.path, shipped.text)->map);
    return maps;
}

MixerState ten_strips() {
    MixerState mixer;
    for (std::uint32_t i = 1; i <= 10; ++i) {
        Strip strip;
        strip.id = StripId{i};
        strip.name = {StripKind::audio_track, "Track " + std::to_string(i), 0};
        strip.fader = Decibels(-1.0 * i);
        strip.trim = Decibels();
        strip.pan = Pan();
        strip.mute = Mute::open;
        mixer.strips.push_back(strip);
    }
    return mixer;
}

/// What the hands want is a value that a DAW can take, for a strip that there is.
void check(const control::HandAction& action, const MixerState& mixer) {
    const auto* set = std::get_if<control::SetStrip>(&action);
    if (set == nullptr) return;
    require(mixer.find(set->strip) != nullptr);
    if (const auto* level = std::get_if<Decibels>(&set->value))
        require(level->is_silence() || (std::isfinite(level->db()) && *level <= Decibels(20.0)));
}

}  // namespace

// Whatever a controller sends, by any of the shipped maps: the first byte chooses it, the rest comes in
// pieces.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto maps = shipped_maps();
    static const MixerState mixer = ten_strips();
    if (size == 0) return 0;
    const auto& map = maps[data[0] % maps.size()];
    control::Hands hands(map);
    control::ControllerLink link(hands.map());
    const control::StripRoles roles;
    const control::Suggestions suggestions;
    const control::HandsView view{
        mixer, roles, std::nullopt, Decibels(6.0), {Decibels(-20.0), Decibels(20.0)}, suggestions};
    Instant now;
    constexpr std::size_t piece = 5;
    for (auto rest = std::as_bytes(std::span(data + 1, size - 1)); !rest.empty();) {
        const auto some = rest.first(std::min(piece, rest.size()));
        rest = rest.subspan(some.size());
        now += std::chrono::milliseconds(7);
        control::HandsOutbox out;
        for (const auto& news : link.heard(some)) hands.moved(now, news, view, out);
        hands.wake(now, view, out);
        for (const auto& action : out.actions) check(action, mixer);
        for (const auto& shown : out.shown) require(!link.bytes_for(shown).empty());
        for (const auto& text : out.texts) require(!link.bytes_for(text).empty());
    }
    return 0;
}
