#include "cli/rebuild_words.hpp"

#include "cli/json_words.hpp"
#include "cli/mix_text.hpp"
#include "cli/pass_words.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kedge::cli {

namespace json = boost::json;

namespace {

json::object json_of_layer(const engine::LayerCameIn& layer) {
    json::array strips;
    for (const StripName& strip : layer.strips) strips.push_back(json::value(strip.name));
    return {{"name", layer.name},
            {"strips", std::move(strips)},
            {"at_s", layer.at.seconds()},
            {"bar", layer.bar ? json::value(*layer.bar) : json::value(nullptr)}};
}

std::string layers_in(std::size_t count) {
    return count == 1 ? "1 layer came in" : fmt::format("{} layers came in", count);
}

std::string how_it_ended(const engine::RebuildReport& report) {
    const std::string in = layers_in(report.came_in.size());
    if (report.not_heard.empty()) {
        const bool cut = report.end && *report.end != engine::RebuildEnd::all_heard;
        return fmt::format("All {}{}.\n", in, cut ? ", the last one not for its whole time" : "");
    }
    const std::string missing = fmt::format("{}", fmt::join(report.not_heard, ", "));
    if (report.end == engine::RebuildEnd::end_of_song)
        return fmt::format(
            "{}, then the song ended; not heard: {}. Begin earlier, or give each layer less: `kedge rebuild "
            "--bars 2`.\n",
            in, missing);
    return fmt::format("{}, then it was ended; not heard: {}.\n", in, missing);
}

/// What a pass that was taken back wholly leaves.
std::string what_stands(const engine::RebuildReport& report) {
    const Pass& pass = *report.pass;
    const auto back = std::count_if(pass.entries.begin(), pass.entries.end(), [](const PassEntry& entry) {
        return entry.verdict == Verdict::rolled_back;
    });
    if (report.left() == 0)
        return fmt::format("Everything stands as it was: {} mutes read back (pass {}).\n", back,
                           pass.id.value);
    return fmt::format("{} of {} mutes read back as they were (pass {}).\n", back, pass.entries.size(),
                       pass.id.value) +
           left_text(report);
}

}  // namespace

json::object json_of(const engine::RebuildReport& report) {
    json::object words = json_of(static_cast<const engine::PassReport&>(report));
    json::array layers;
    for (const engine::LayerCameIn& layer : report.came_in) layers.push_back(json_of_layer(layer));
    words["layers"] = std::move(layers);
    words["not_heard"] = json::value_from(report.not_heard);
    json::array left_out;
    for (const engine::TrackLeftOut& track : report.left_out)
        left_out.push_back(json::object{{"strip", track.strip.name}, {"why", track.why}});
    words["left_out"] = std::move(left_out);
    words["ended"] = report.end ? json::value(to_string(*report.end)) : json::value(nullptr);
    return words;
}

std::string rebuild_text(const engine::RebuildReport& report) {
    std::string text;
    if (report.end) text += how_it_ended(report);
    if (report.pass && report.pass->state == PassState::rolled_back) text += what_stands(report);
    if (report.pass && report.pass->state == PassState::broken)
        text += pass_text(*report.pass) + left_text(report);
    for (const engine::TrackLeftOut& track : report.left_out)
        text += fmt::format("  left as it is: {}: {}\n", track.strip.name, track.why);
    return text;
}

}  // namespace kedge::cli
