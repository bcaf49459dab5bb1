#include "sim/reaper_words.hpp"
#include "sim/simulated_reaper.hpp"

#include <fmt/format.h>

/// What REAPER says of sends and receives where there are none: every place of every count, on every track of
/// the bank.
namespace kedge::sim {

namespace {

/// A level or a pan of a send has no raw form.
ReaperValue without_raw(ReaperValue value) {
    value.raw.reset();
    return value;
}

}  // namespace

void SimulatedReaper::tell_empty_routes(TrackNumber number) {
    for (int slot = 1; slot <= device_.send_count; ++slot) {
        tell_empty_route("TRACK_SEND", number, slot,
                         fmt::format("{} {}", number == 0 ? "Aux" : "Send", slot));
    }
    for (int slot = 1; number != 0 && slot <= device_.receive_count; ++slot)
        tell_empty_route("TRACK_RECV", number, slot, fmt::format("Recv {}", slot));
}

void SimulatedReaper::tell_empty_route(std::string_view key, TrackNumber number, int slot,
                                       const std::string& name) {
    const auto tell = [&](std::string_view stem, std::initializer_list<int> numbers) {
        say(fmt::format("{}_NAME", stem), numbers, {std::nullopt, std::nullopt, name});
        say(fmt::format("{}_VOLUME", stem), numbers, without_raw(volume_value(Decibels::silence())));
        say(fmt::format("{}_PAN", stem), numbers, {std::nullopt, 0.5, "center"});
    };
    if (number == 0) tell("MASTER_SEND", {slot});
    if (number == current_track_) tell(key, {slot});
    if (is_in_bank(number)) tell(key, {number - bank_start_, slot});
}

}  // namespace kedge::sim
