#pragma once

#include "core/capabilities.hpp"
#include "core/mixer_state.hpp"
#include "core/pass.hpp"
#include "core/ride.hpp"

#include <optional>
#include <span>
#include <string_view>

/// Passes that were written live, by their record. Without Capabilities::fader_lines a fader's automation is
/// known as it was heard, and only over the stretch that was listened to: what lies outside of it, and what
/// lies in the list of a fader that was never listened to, is not ours to take away. Pure.
namespace kedge::engine {

/// The rule that lines written live name: one of them that was cut off holds neither what was before nor what
/// was to be, and is nevertheless ours.
inline constexpr std::string_view live_ride_rule = "ride, live";

/// The same where the fader's automation was heard and not read: points of `before` are those heard in the
/// stretch, points of `after` those that were to be written.
///
/// While such a pass is prepared a line with the verdict `conflict` is left alone (it was not listened to to
/// the end, or has automation of its own); with `pending` it was heard to have none.
inline constexpr std::string_view heard_ride_rule = "ride, live and heard";

[[nodiscard]] bool written_live(const PassLine& line);
[[nodiscard]] bool is_heard(const PassLine& line);
[[nodiscard]] bool is_heard(const Pass& pass);

/// Where a ride was listened to and may have been written: from its first point to its last, and a second to
/// either side of it, in which a fader is touched and let go.
[[nodiscard]] SongRange stretch_of(std::span<const RidePoint> points);
/// The same of a line, by all points that are known of it; nullopt when none are.
[[nodiscard]] std::optional<SongRange> stretch_of(const PassLine& line);

/// Whether the points play one level all along: to whoever listens there is no automation.
[[nodiscard]] bool plays_level(const FaderLine& line);

/// Whether one line's points play within the stretch what the other's do, as exactly as live writing and
/// listening are: within half a decibel, a tick sooner or later.
[[nodiscard]] bool plays_as(const FaderLine& now, const FaderLine& other, SongRange stretch);

/// `now` with mode, fader and, within the stretch, points of `to`. The points outside stay; so that they go
/// on to play what they play, the stretch then begins and ends at the fader's level.
[[nodiscard]] FaderLine spliced(const FaderLine& now, SongRange stretch, const FaderLine& to);

/// Whether a fader that was read exactly holds one side (before, after or left) of a heard line: mode, fader,
/// and in the stretch its points; or in manual mode none, or those that the pass left, which do not play.
[[nodiscard]] bool holds_heard(const FaderLine& now, const PassLine& line, const FaderLine& side,
                               const Capabilities& capabilities);
/// What to write exactly, so that the fader holds that side: outside of the stretch nothing changes.
[[nodiscard]] FaderLine heard_target(const FaderLine& now, const PassLine& line, const FaderLine& side);

/// Whether a fader stands as the heard line says, as far as can be seen without its points: mode, and in
/// manual mode the level.
[[nodiscard]] bool stands_as(AutomationMode mode, Decibels level, const FaderLine& line,
                             const Capabilities& capabilities);

/// Whether a pass that was cut off can have left a fader so, although it stands as neither before nor after:
/// in another mode always, in manual mode at a level that its ride goes through.
[[nodiscard]] bool perhaps_ours(AutomationMode mode, Decibels level, const PassLine& line);

/// The ride that writes what the line was to become.
[[nodiscard]] Ride ride_of(const PassLine& line, StripId strip);

/// What an earlier pass left in the fader's list, by the record, when that pass was taken back without the
/// means to take the points away: inert in manual mode, and ours. nullptr when there is no such pass.
/// `history`: the session's passes, in journal order.
[[nodiscard]] const PassLine* left_behind(std::span<const Pass> history, const StripName& strip);

}  // namespace kedge::engine
