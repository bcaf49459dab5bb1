#pragma once

#include "core/strip.hpp"
#include "core/time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kedge {

/// What is known of the session that the DAW has open.
struct SessionInfo {
    std::string name;  ///< as the DAW reports it; empty when unknown
    SampleRate rate;
    std::optional<SongTime> end;  ///< the session's end, where the DAW tells it
    bool operator==(const SessionInfo&) const = default;
};

/// The mixer as last reported, strips in mixer order, the master (if any) among them.
struct MixerState {
    SessionInfo session;
    std::vector<Strip> strips;

    [[nodiscard]] const Strip* find(StripId id) const;
    [[nodiscard]] Strip* find(StripId id);
    [[nodiscard]] const Strip* find(const StripName& name) const;
    [[nodiscard]] const Strip* master() const;
    bool operator==(const MixerState&) const = default;
};

}  // namespace kedge
