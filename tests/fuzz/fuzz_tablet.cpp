#include "control/grip.hpp"
#include "tablet/tablet_call.hpp"
#include "tablet/tablet_map.hpp"

#include <cstdlib>
#include <span>

namespace {

using namespace kedge;

void require(bool holds) {
    if (!holds) std::abort();
}

void check(const tablet::TabletCall& call) {
    const auto* part = std::get_if<tablet::PartCall>(&call);
    if (part == nullptr) return;
    const auto what = control::part_of(part->target);
    require(what.has_value());
    // A name says the same again, and can always be bound.
    const auto again = tablet::target_of(part->name);
    require(again && *again == part->target);
    require(tablet::tablet_part(part->name, part->target).binding.control == part->name);
    require(!std::holds_alternative<tablet::Switch>(part->to) || !tablet::is_continuous(*what));
    require(!std::holds_alternative<Decibels>(part->to) || tablet::is_level(*what));
}

}  // namespace

// Whatever a tablet sends: a call that holds what its type says, or an error that says what to do.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    for (const auto& call : tablet::read_calls(std::as_bytes(std::span(data, size)))) {
        if (call) {
            check(*call);
        } else {
            require(call.error().kind == ErrorKind::usage && !call.error().message.empty() &&
                    !call.error().next.empty());
        }
    }
    return 0;
}
