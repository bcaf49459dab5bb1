#pragma once

#include "core/decibels.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "reaper/fader_words.hpp"

#include <compare>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What is said to the companion script inside REAPER, and what it answers: texts, both laid down in a file.
/// profiles/reaper/README.md has the words. Pure; safe from any thread.
namespace kedge::reaper {

/// Tells a request and its answer from all others: letters, digits and "-".
struct RequestId {
    std::string text;
    auto operator<=>(const RequestId&) const = default;
};
/// By which REAPER tells a track, whatever it is called and wherever it stands.
struct TrackGuid {
    std::string text;
    auto operator<=>(const TrackGuid&) const = default;
};
/// A project: a copy of it has its GUID too, under another path.
struct ProjectKey {
    std::string guid;
    std::string path;  ///< empty for one that was never saved
    bool operator==(const ProjectKey&) const = default;
};
struct GuidLine {
    TrackGuid track;
    FaderWords fader;
};

// A request's first line lacks the time, which is put there by whoever lays it down (surface::HandOver).

/// Which project is in front.
[[nodiscard]] std::string identity_request(const RequestId& id);
/// Everything about its tracks.
[[nodiscard]] std::string strips_request(const RequestId& id, const ProjectKey& project);
/// What the faders of these tracks are.
[[nodiscard]] std::string read_request(const RequestId& id, const ProjectKey& project,
                                       std::span<const TrackGuid> tracks);
/// Make these faders so, in one step of REAPER's undo called `undo_name` (cut to what the script takes).
[[nodiscard]] std::string write_request(const RequestId& id, const ProjectKey& project,
                                        std::string_view undo_name, std::span<const GuidLine> lines);

struct ToldProject {
    ProjectKey key;
    std::string name;  ///< of its file; empty for one that was never saved
};
struct ToldTrack {
    TrackGuid guid;
    int number = 0;    ///< from 1
    std::string name;  ///< empty for one without
};
struct ToldStrips {
    SongTime length;                   ///< to the end of what it plays
    std::optional<LevelRange> meters;  ///< the ends of its meters, from the preferences
    std::vector<ToldTrack> tracks;     ///< in their order, without the master
};
struct ToldFader {
    TrackGuid guid;
    FaderLine line;
};
using ToldFaders = std::vector<ToldFader>;
/// The request was not carried out.
struct ToldRefusal {
    bool changed = false;  ///< something was, and could not be put back
    std::string why;
    std::string next;
};
struct CompanionAnswer {
    RequestId id;
    std::variant<ToldProject, ToldStrips, ToldFaders, ToldRefusal> what;
};

/// An answer, whole. Anything may be in the text; the error names the line and what is wrong with it.
[[nodiscard]] Result<CompanionAnswer> read_answer(std::string_view text);

}  // namespace kedge::reaper
