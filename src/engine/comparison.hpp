#pragma once

#include "core/capabilities.hpp"
#include "journal/journal.hpp"
#include "journal/standing.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kedge::engine {

/// The pass that a word names; nullopt for one that can be a snapshot's name.
[[nodiscard]] std::optional<PassId> pass_named(const std::string& word);

/// One state of a session's mixer that the journal remembers: as it stood after a pass, or in a snapshot.
struct Remembered {
    std::optional<PassId> pass;  ///< the pass, with its corrections; nullopt for a snapshot
    std::string snapshot;
    std::string session;
    std::map<journal::ControlName, ControlValue> values;
};

/// `word`: the number of a pass, or the name of a snapshot of `session`. After a pass the mixer held what all
/// that stood at its end left; what only later passes touched is as they found it. A usage error when there
/// is nothing of that name; a refusal for a pass that was cut off.
[[nodiscard]] Result<Remembered> remember(const journal::Journal& journal, const std::string& session,
                                          const std::string& word, const Capabilities& capabilities);

/// The session that a comparison of these two is about: that of the first pass among them; or for two
/// snapshots the one session that has both. A usage error that names the candidates otherwise.
[[nodiscard]] Result<std::string> session_of(const journal::Journal& journal, const std::string& a,
                                             const std::string& b);

/// One control, side by side; nullopt where that side knows nothing of it.
struct Compared {
    StripName strip;
    Control control = Control::fader;
    std::optional<ControlValue> a;
    std::optional<ControlValue> b;
    bool differ = false;  ///< both known, and not the same on a surface of these capabilities
};

/// Every control that either side knows.
[[nodiscard]] std::vector<Compared> compare(const Remembered& a, const Remembered& b,
                                            const Capabilities& capabilities);

}  // namespace kedge::engine
