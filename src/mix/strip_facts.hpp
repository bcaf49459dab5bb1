#pragma once

#include "core/plan.hpp"
#include "mix/families.hpp"
#include "mix/mix.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kedge::mix {

/// A strip that was heard and whose role has a place in the balance (or that could anchor it): what the rules
/// work on.
struct StripFacts {
    const Strip* strip = nullptr;
    Role role = Role::other;
    std::string role_rule;
    const measure::StripStatistics* heard = nullptr;
    FamilyPlace family;

    /// The robust peak after trim and fader as they stand now; silence for a closed fader.
    [[nodiscard]] Decibels peak_now() const;
};

/// How exactly the strip's peak is known.
[[nodiscard]] Exactness known_of(const StripFacts& facts, const MixQuestion& question);
/// For a reason: ", known within 2 dB"; empty where it is exact.
[[nodiscard]] std::string known_words(const StripFacts& facts, const MixQuestion& question);

/// The mixer sorted into strips the rules work on and strips left alone, both in mixer order.
struct Examination {
    std::vector<StripFacts> strips;
    std::vector<StripFacts>
        unplaced;  ///< heard strips without a place in the balance: they can be wished as an anchor
    std::vector<LeftAlone> left_alone;
    std::vector<std::string> notes;
};

/// Refused when a strip is soloed: everything else was silent then.
[[nodiscard]] Result<Examination> examine(const MixQuestion& question);

/// Empty, or why this control must not be written: it follows automation, or the DAW did not report it.
[[nodiscard]] std::string why_not_written(const Strip& strip, Control control);

/// The strips that are soloed, by name, for a message; empty when none is.
[[nodiscard]] std::string soloed_names(const MixerState& mixer);

}  // namespace kedge::mix
