#include "mackie/sysex_frame.hpp"

#include <algorithm>
#include <array>

namespace kedge::mackie {

namespace {

constexpr std::array maker = {midi::Data7(0x00), midi::Data7(0x00), midi::Data7(0x66)};
constexpr std::size_t model_at = maker.size();
constexpr std::size_t command_at = model_at + 1;
constexpr std::size_t payload_at = command_at + 1;

}  // namespace

bool begins_with(const midi::SysEx& sysex, Payload start) {
    return sysex.data.size() >= start.size() && std::equal(start.begin(), start.end(), sysex.data.begin());
}

tl::expected<Frame, Unusable> open_frame(const midi::SysEx& sysex) {
    if (!begins_with(sysex, maker)) return tl::unexpected(Unusable::other_maker);
    if (sysex.data.size() <= model_at) return tl::unexpected(Unusable::wrong_length);
    const auto model = model_from(sysex.data[model_at]);
    if (!model) return tl::unexpected(Unusable::other_model);
    if (sysex.data.size() <= command_at) return tl::unexpected(Unusable::wrong_length);
    return Frame{*model, sysex.data[command_at].value(), Payload(sysex.data).subspan(payload_at)};
}

midi::SysEx begin_frame(Model model, int command) {
    midi::SysEx sysex;
    append(sysex, maker);
    sysex.data.emplace_back(static_cast<int>(model));
    sysex.data.emplace_back(command);
    return sysex;
}

void append(midi::SysEx& sysex, Payload numbers) {
    sysex.data.insert(sysex.data.end(), numbers.begin(), numbers.end());
}

}  // namespace kedge::mackie
