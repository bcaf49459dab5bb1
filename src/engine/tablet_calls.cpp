// What a tablet asked for, done by its hands.

#include "control/grip.hpp"
#include "engine/tablets.hpp"
#include "tablet/tablet_map.hpp"

#include <algorithm>
#include <cassert>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

using control::ControlIndex;
using control::Hands;
using control::HandsOutbox;
using control::HandsView;

namespace {

std::string address_of(const std::string& name) {
    return fmt::format("{}{}", tablet::root, name);
}

}  // namespace

/// Whether a strip is there that has such a part.
Result<void> Tablets::is_there(const Desk& desk, const Client& client, const std::string& name,
                               const control::Target& target) const {
    if (!desk.surface().ready())
        return fail(ErrorKind::no_daw, fmt::format("{}: the DAW is not there.", address_of(name)),
                    "kedge waits for it; /kedge/daw 1 says that it is back.");
    const auto* part = std::get_if<control::PartOfStrip>(&target);
    if (const auto* place = part ? std::get_if<control::AtPlace>(&part->strip) : nullptr;
        place != nullptr && place->place >= client.places)
        return fail(ErrorKind::usage,
                    fmt::format("{}: {} strips are side by side here.", address_of(name), client.places),
                    fmt::format("Send /kedge/strip/1 to /kedge/strip/{}, /kedge/bank/right for those beyond, "
                                "or /kedge/places with up to {} for more at once.",
                                client.places, tablet::most_places));
    const auto view = controllers_.view(desk);
    const auto strips = control::strips_of(target, controllers_.hands(client.controller).strips(), view);
    if (strips.empty())
        return fail(ErrorKind::usage, fmt::format("{}: no strip is there.", address_of(name)),
                    fmt::format("The mixer has {} strips: /kedge/hello tells what is where.",
                                controllers_.hands(client.controller).strips().size()));
    const auto which = control::control_of(*control::part_of(target));
    const Strip* strip = view.mixer.find(strips.front());
    if (which && (strip == nullptr || !strip->control(*which)))
        return fail(ErrorKind::refused,
                    fmt::format("{}: '{}' has no {}, or the DAW does not tell it.", address_of(name),
                                strip == nullptr ? std::string() : strip->name.name, to_string(*which)),
                    "Leave it out of the layout.");
    return {};
}

/// Only while the surface is there.
ControlIndex Tablets::bind(Desk& desk, Client& client, const std::string& name,
                           const control::Target& target) {
    const auto part = tablet::tablet_part(name, target);
    controllers_.use(desk, client.controller, [&](Hands& hands, const HandsView& view, HandsOutbox& out) {
        client.controls[name] = hands.bind(part.control, part.feedback, part.binding);
        hands.told(desk.now(), view, out);
    });
    client.named.emplace(name, target);
    return client.controls.at(name);
}

Result<ControlIndex> Tablets::control_for(Desk& desk, Client& client, const std::string& name,
                                          const control::Target& target) {
    if (const auto there = is_there(desk, client, name, target); !there) return tl::unexpected(there.error());
    if (const auto found = client.controls.find(name); found != client.controls.end()) return found->second;
    if (client.named.size() >= most_named_parts)
        return fail(
            ErrorKind::usage,
            fmt::format("{}: more than {} addresses by role or name.", address_of(name), most_named_parts),
            "Use /kedge/strip/N with banks instead; /kedge/bye and /kedge/hello begin anew.");
    return bind(desk, client, name, target);
}

/// What was said, as what a hand did on a controller.
Result<control::ControlNews> Tablets::news_of(const Desk& desk, ControlIndex control,
                                              const tablet::PartCall& call) const {
    if (const auto* at = std::get_if<FaderPosition>(&call.to)) return control::ControlMoved{control, *at};
    if (const auto* to = std::get_if<tablet::Switch>(&call.to))
        return control::ControlPressed{control, *to == tablet::Switch::on};
    const auto level = std::get<Decibels>(call.to);
    const auto view = controllers_.view(desk);
    const auto part = *control::part_of(call.target);
    const auto range = part == control::StripPart::fader
                           ? LevelRange{Decibels::silence(), std::min(view.fader_top, levels_.top())}
                           : view.trim_range;
    const auto at = control::place_of(part, level, levels_, view);
    if (!at || !range.holds(level, Decibels(0.01)))
        return fail(ErrorKind::usage,
                    fmt::format("{}/db: {} is beyond its ends.", address_of(call.name), to_string(level)),
                    fmt::format("It goes from {} to {}.", to_string(range.low), to_string(range.high)));
    return control::ControlMoved{control, *at};
}

Result<void> Tablets::carry_out(Desk& desk, Client& client, const tablet::PartCall& call) {
    const auto control = control_for(desk, client, call.name, call.target);
    if (!control) return tl::unexpected(control.error());
    if (std::holds_alternative<std::monostate>(call.to)) {
        controllers_.use(desk, client.controller, [&](Hands& hands, const HandsView& view, HandsOutbox& out) {
            hands.asked(desk.now(), *control, view, out);
        });
        return {};
    }
    const auto news = news_of(desk, *control, call);
    if (!news) return tl::unexpected(news.error());
    controllers_.use(desk, client.controller, [&](Hands& hands, const HandsView& view, HandsOutbox& out) {
        hands.moved(desk.now(), *news, view, out);
    });
    return {};
}

Result<void> Tablets::carry_out(Desk& desk, Client& client, const tablet::TouchCall& call) {
    const auto control = control_for(desk, client, call.name, call.target);
    if (!control) return tl::unexpected(control.error());
    controllers_.use(desk, client.controller, [&](Hands& hands, const HandsView& view, HandsOutbox& out) {
        hands.moved(desk.now(), control::ControlTouched{*control, call.touched}, view, out);
    });
    return {};
}

Result<void> Tablets::carry_out(Desk& desk, Client& client, const tablet::PressCall& call) {
    if (!call.down) return {};
    if (!desk.surface().ready())
        return fail(ErrorKind::no_daw, "The DAW is not there.",
                    "kedge waits for it; /kedge/daw 1 says that it is back.");
    controllers_.use(desk, client.controller, [&](Hands& hands, const HandsView& view, HandsOutbox& out) {
        hands.pressed(desk.now(), call.target, view, out);
    });
    return {};
}

Result<void> Tablets::carry_out(Desk& desk, Client& client, const tablet::BankCall& call) {
    const auto& strips = controllers_.hands(client.controller).strips();
    const std::size_t banks = (strips.size() + client.places - 1) / client.places;
    if (call.number > banks)
        return fail(ErrorKind::usage, fmt::format("/kedge/bank/{}: there are {} banks.", call.number, banks),
                    "Send /kedge/bank/1 for the first, or /kedge/places for larger ones.");
    const auto there = static_cast<int>((call.number - 1) * client.places);
    const control::MoveView move{there - static_cast<int>(strips.first()), false};
    return carry_out(desk, client, tablet::PressCall{move, true});
}

Result<void> Tablets::carry_out(Desk& desk, Client& client, const tablet::PlacesCall& call) {
    if (call.places == client.places) return {};
    lay_out(desk, client, call.places);
    return {};
}

Result<void> Tablets::carry_out(Desk& desk, Client& client, const tablet::HelloCall& call) {
    client.told_at = {client.peer.address, call.port.value_or(client.peer.port)};
    client.listens = true;
    client.queue.clear();
    client.surroundings.forget();
    controllers_.plugged(desk, client.controller, true);
    return {};
}

Result<void> Tablets::carry_out(Desk&, Client& client, const tablet::PingCall&) {
    say(client.told_at, {std::string(tablet::pong_address), std::int32_t{client.listens ? 1 : 0}});
    return {};
}

Result<void> Tablets::carry_out(Desk& desk, Client& client, const tablet::ByeCall&) {
    client.known = false;
    client.listens = false;
    client.queue.clear();
    controllers_.plugged(desk, client.controller, false);
    return {};
}

/// So many places, and what was bound by role or by name stays so.
void Tablets::lay_out(Desk& desk, Client& client, std::size_t places) {
    client.places = places;
    auto map = tablet::tablet_map(levels_, places);
    for (const auto& [name, target] : client.named) tablet::add_part(map, tablet::tablet_part(name, target));
    client.queue.clear();
    client.surroundings.forget();
    controllers_.change_map(desk, client.controller, std::move(map));
    find_controls(client);
    controllers_.use(desk, client.controller, [&](Hands& hands, const HandsView& view, HandsOutbox& out) {
        hands.told(desk.now(), view, out);  // which strips are in view
    });
}

void Tablets::find_controls(Client& client) const {
    client.controls.clear();
    const auto& controls = controllers_.hands(client.controller).map().controls;
    for (ControlIndex i = 0; i < controls.size(); ++i) client.controls[controls[i].name] = i;
}

/// What a role's strips have in common, of each role that is in the mixer now.
void Tablets::bind_roles(Desk& desk, Client& client) {
    std::set<Role> roles;
    for (const auto& [strip, role] : controllers_.view(desk).roles)
        if (role != Role::other) roles.insert(role);
    if (roles == client.roles) return;
    client.roles = roles;
    for (const Role role : roles)
        for (const std::string_view part : {"fader", "mute", "solo"}) {
            const std::string name = fmt::format("role/{}/{}", to_string(role), part);
            if (client.controls.contains(name)) continue;
            const auto target = tablet::target_of(name);
            assert(target);
            bind(desk, client, name, *target);
        }
}

}  // namespace kedge::engine
