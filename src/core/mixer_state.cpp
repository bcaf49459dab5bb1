#include "core/mixer_state.hpp"

#include <algorithm>

namespace kedge {

namespace {
template <typename Strips, typename Wanted>
auto* first(Strips& strips, Wanted wanted) {
    const auto at = std::find_if(strips.begin(), strips.end(), wanted);
    return at == strips.end() ? nullptr : &*at;
}
}  // namespace

const Strip* MixerState::find(StripId id) const {
    return first(strips, [&](const Strip& s) { return s.id == id; });
}

Strip* MixerState::find(StripId id) {
    return first(strips, [&](const Strip& s) { return s.id == id; });
}

const Strip* MixerState::find(const StripName& name) const {
    return first(strips, [&](const Strip& s) { return s.name == name; });
}

const Strip* MixerState::master() const {
    return first(strips, [](const Strip& s) { return s.name.kind == StripKind::master; });
}

}  // namespace kedge
