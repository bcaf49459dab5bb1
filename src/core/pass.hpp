#pragma once

#include "core/fader_line.hpp"
#include "core/strip.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kedge {

/// The journal's number of a pass, from 1.
struct PassId {
    std::int64_t value = 0;
    constexpr auto operator<=>(const PassId&) const = default;
};

/// Seconds since 1970-01-01 UTC, handed in by src/io or src/cli; only ever shown.
struct WallTime {
    std::int64_t unix_seconds = 0;
    constexpr auto operator<=>(const WallTime&) const = default;
};

enum class PassState {
    prepared,         ///< in the journal; nothing sent yet, or cut off by a crash or the loss of the DAW
    applied,          ///< every move confirmed by read-back
    rolled_back,      ///< could not be completed; every control confirmed back at its before-value
    broken,           ///< could not be completed nor wholly taken back; the entries say which
    reverted,         ///< taken back later by another pass
    partly_reverted,  ///< some of its controls were taken back later, others stand
};
[[nodiscard]] std::string_view to_string(PassState state);
[[nodiscard]] std::optional<PassState> pass_state_from_string(std::string_view word);

enum class Verdict {
    pending,      ///< nothing known yet
    confirmed,    ///< the DAW reported the wanted value
    failed,       ///< the DAW reported another value, or refused
    unheard,      ///< the DAW did not answer
    rolled_back,  ///< confirmed back at its before-value
    conflict,     ///< someone moved it since: left alone
};
[[nodiscard]] std::string_view to_string(Verdict verdict);
[[nodiscard]] std::optional<Verdict> verdict_from_string(std::string_view word);

/// One control of a pass.
struct PassEntry {
    StripName strip;
    Control control = Control::fader;
    ControlValue before;  ///< read from the DAW just before the pass, never assumed
    ControlValue after;   ///< what the pass writes
    Verdict verdict = Verdict::pending;
    std::string rule;
    std::string reason;
};

/// One fader's automation in a pass.
struct PassLine {
    StripName strip;
    FaderLine before;  ///< read from the DAW just before the pass, never assumed
    FaderLine after;   ///< what the pass writes
    Verdict verdict = Verdict::pending;
    std::string rule;
    std::string reason;
    /// What it became, where writing is not exact (a hand on the fader, while the song plays). Only known
    /// once it is over.
    std::optional<FaderLine> became{};

    /// What the fader has from the pass on.
    [[nodiscard]] const FaderLine& left() const { return became ? *became : after; }
};

enum class PassKind {
    mix,
    refine,
    revert,      ///< takes another pass out; the revert of a revert puts it back
    reapply,     ///< writes once more what another pass wrote
    correction,  ///< belongs to the mix it continues
    recall,      ///< writes what a snapshot holds
    comparison,  ///< writes the mixer as it stood after another pass, or in a snapshot: A against B
    ride,        ///< writes automation; it has lines and no entries, and so have the passes that take it back
    rebuild,     ///< mutes the tracks for a while, and opens them layer by layer; it never stays applied
    fader_law,   ///< moves one fader along its whole way for a while, to learn its law; nor does it
};
[[nodiscard]] std::string_view to_string(PassKind kind);
[[nodiscard]] std::optional<PassKind> pass_kind_from_string(std::string_view word);

/// A plan that was sent: with before- and after-values, a state, and an inverse.
struct Pass {
    PassId id;  ///< given by the journal
    PassKind kind = PassKind::mix;
    std::string surface;  ///< "ardour 127.0.0.1:3819"
    std::string session;  ///< the DAW's session name
    WallTime created;
    PassState state = PassState::prepared;
    std::optional<PassId> reverts;  ///< for a revert: the pass it takes back
    std::optional<PassId>
        continues;  ///< for a correction of the same mix: the pass it belongs to and is reverted with
    std::optional<PassId> reapplies;  ///< for a reapply or a comparison: the pass it takes its values from
    std::string recalls;              ///< for a recall or a comparison: the snapshot, or empty
    std::vector<PassEntry> entries;
    std::vector<PassLine> lines;
};

}  // namespace kedge
