#include "cli/learned_words.hpp"

#include "cli/json_words.hpp"
#include "cli/mix_text.hpp"
#include "cli/pass_words.hpp"

#include <utility>

#include <fmt/format.h>

namespace kedge::cli {

namespace json = boost::json;

namespace {

bool is_back(const engine::LearnFaderReport& report) {
    return report.pass && report.pass->state == PassState::rolled_back;
}

}  // namespace

json::object json_of(const Learned& learned) {
    json::object words = json_of(static_cast<const engine::PassReport&>(learned.report));
    words["strip"] = learned.report.strip.name;
    words["fader_is_back"] = is_back(learned.report);
    json::array shown;
    for (const surface::FaderText& one : learned.report.shown)
        shown.push_back(json::object{{"position", one.at.value()},
                                     {"text", one.text ? json::value(*one.text) : json::value(nullptr)}});
    words["shown"] = std::move(shown);
    json::array anchors;
    if (learned.law)
        for (const FaderAnchor& anchor : learned.law->anchors)
            anchors.push_back(json::array{anchor.position.value(), anchor.level.db()});
    words["anchors"] = std::move(anchors);
    words["bits"] = learned.bits ? json::value(*learned.bits) : json::value(nullptr);
    words["exactly"] = learned.report.exactly;
    words["left_out"] = learned.law ? json::value(learned.law->left_out) : json::value(nullptr);
    words["daw"] = learned.profile ? json::value(learned.profile->daw) : json::value(nullptr);
    words["file"] = learned.profile ? json::value(learned.profile->kept.file.string()) : json::value(nullptr);
    words["kept_before"] = learned.profile && learned.profile->kept.before
                               ? json::value(learned.profile->kept.before->string())
                               : json::value(nullptr);
    return words;
}

std::string learned_text(const Learned& learned) {
    std::string text;
    if (is_back(learned.report))
        text += fmt::format(
            "The fader of '{}' stands where it stood{}, read back (pass {}).\n", learned.report.strip.name,
            learned.report.exactly ? "" : ", within the steps that the DAW takes of a surface",
            learned.report.pass->id.value);
    if (learned.report.pass && learned.report.pass->state == PassState::broken)
        text += pass_text(*learned.report.pass);
    if (!learned.law || !learned.profile) return text;
    const auto& anchors = learned.law->anchors;
    text += fmt::format("Its law, read off the display at {} positions{}: {} at the top, {} lowest.\n",
                        learned.law->positions,
                        learned.law->left_out == 0
                            ? std::string()
                            : fmt::format(" ({} did not fit and were left out)", learned.law->left_out),
                        to_string(learned.law->scale.top()), to_string(anchors.front().level));
    if (learned.bits) text += fmt::format("The DAW reads {} bits of a position.\n", *learned.bits);
    text += fmt::format("Written to {}.\n", learned.profile->kept.file.string());
    if (learned.profile->kept.before)
        text += fmt::format("The profile that was there is kept as {}.\n",
                            learned.profile->kept.before->string());
    return text +
           fmt::format("From now on `--daw {}` goes by it; a daemon that runs, once it is started again.\n",
                       learned.profile->daw);
}

}  // namespace kedge::cli
