#pragma once

#include "core/result.hpp"
#include "sim/simulated_ardour.hpp"

#include <string>
#include <string_view>

/// The file that `kedge sim --save-to` writes and `--open` reads: one JSON document, {"strips": [{"strip",
/// "trim_db", "fader_db", "pan", "mute", "fader_mode", "fader_points"}, …]}, the master last. Levels in dB,
/// silence is null; pan 0 (left) to 1; mute 0 or 1; a point is [sample, dB]; without mode and points: manual
/// and none. Numbers in full, so that what is opened stands exactly where it was saved.
namespace kedge::cli {

[[nodiscard]] std::string saved_words(const sim::SavedMixer& saved);
/// Puts the strips of `engine` where `words` say, by name. A document that is none of these, or that names a
/// strip the engine has not, is an error (usage), and nothing has changed.
[[nodiscard]] Result<void> open_saved(std::string_view words, sim::AudioEngine& engine);

}  // namespace kedge::cli
