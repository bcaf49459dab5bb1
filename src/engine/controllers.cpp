#include "engine/controllers.hpp"

#include "surface/same_value.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace kedge::engine {

using control::HandsOutbox;
using control::HandsView;

namespace {

/// Ardour tells faders every tenth of a second, and a busy one later.
constexpr Duration until_told = std::chrono::milliseconds(400);

}  // namespace

Controllers::Controllers(RolesOf roles, Duration pace) : roles_of_(std::move(roles)), queue_(pace) {}

std::size_t Controllers::add(control::ControllerMap map) {
    devices_.push_back(std::make_unique<Device>(std::move(map), false));
    return devices_.size() - 1;
}

std::size_t Controllers::add_in_own_words(control::ControllerMap map) {
    devices_.push_back(std::make_unique<Device>(std::move(map), true));
    return devices_.size() - 1;
}

HandsView Controllers::view(const Desk& desk) const {
    const auto& can = desk.surface().capabilities();
    return {desk.mixer(),   roles_,       selected_, can.fader_top,
            can.trim_range, suggestions_, at_work_,  &ride_depths_};
}

void Controllers::with(Desk& desk, std::size_t controller, const Call& call) {
    if (!desk.surface().ready()) return;
    HandsOutbox out;
    call(devices_.at(controller)->hands, view(desk), out);
    if (devices_[controller]->plugged_in)
        for (const auto& shown : out.shown) show(controller, shown);
    if (devices_[controller]->plugged_in)
        for (const auto& text : out.texts)
            for_devices_.push_back({controller, devices_[controller]->link.bytes_for(text)});
    if (out.wake_at) come_again(desk, *out.wake_at);
    for (const auto& action : out.actions) carry_out(desk, action);
}

void Controllers::everybody(Desk& desk, const Call& call) {
    for (std::size_t i = 0; i < devices_.size(); ++i) with(desk, i, call);
}

void Controllers::change_map(Desk& desk, std::size_t controller, control::ControllerMap map) {
    const bool in = devices_.at(controller)->plugged_in;
    let_go(desk, controller);
    devices_[controller] = std::make_unique<Device>(std::move(map), devices_[controller]->in_own_words);
    if (in) plugged(desk, controller, true);
}

void Controllers::plugged(Desk& desk, std::size_t controller, bool in) {
    Device& device = *devices_.at(controller);
    device.plugged_in = in;
    device.link.reset();
    device.hello_at.reset();
    let_go(desk, controller);
    if (!in) return;
    greet(desk, controller);
    with(desk, controller, [&](control::Hands& hands, const HandsView& view, HandsOutbox& out) {
        hands.plugged_in(desk.now(), view, out);
    });
}

void Controllers::let_go(Desk& desk, std::size_t controller) {
    with(desk, controller,
         [](control::Hands& hands, const HandsView&, HandsOutbox& out) { hands.let_go(out); });
}

void Controllers::greet(Desk& desk, std::size_t controller) {
    Device& device = *devices_[controller];
    const auto& map = device.hands.map();
    if (map.hello.empty()) return;
    for_devices_.push_back({controller, map.hello});
    if (!map.hello_every) return;
    device.hello_at = desk.now() + *map.hello_every;
    come_again(desk, *device.hello_at);
}

void Controllers::received(Desk& desk, std::size_t controller, std::span<const std::byte> bytes) {
    Device& device = *devices_.at(controller);
    for (const auto& news : device.link.heard(bytes))
        with(desk, controller, [&](control::Hands& hands, const HandsView& view, HandsOutbox& out) {
            hands.moved(desk.now(), news, view, out);
        });
    send_moves(desk);
}

void Controllers::use(Desk& desk, std::size_t controller, const Call& call) {
    with(desk, controller, call);
    send_moves(desk);
}

void Controllers::event(Desk& desk, const surface::Event& event) {
    if (std::holds_alternative<surface::Lost>(event)) forget_moves();
    const bool others = std::holds_alternative<surface::Ready>(event) ||
                        std::holds_alternative<surface::StripsChanged>(event);
    if (others) {
        forget_moves();
        roles_ = roles_of_(desk.mixer());
        if (selected_ && desk.mixer().find(*selected_) == nullptr) selected_.reset();
        const auto is_gone = [&](const auto& each) { return desk.mixer().find(each.first) == nullptr; };
        std::erase_if(suggestions_, is_gone);
        std::erase_if(ride_depths_, is_gone);
    }
    if (const auto* report = std::get_if<surface::ControlReported>(&event)) {
        unheard_.told(report->strip, report->control, report->value,
                      [&](const ControlValue& a, const ControlValue& b) {
                          return surface::same_value(a, b, desk.surface().capabilities());
                      });
        drop_stale_suggestion(desk, report->strip);
    }
    if (!others && !std::holds_alternative<surface::ControlReported>(event) &&
        !std::holds_alternative<surface::SoloReported>(event))
        return;
    everybody(desk, [&](control::Hands& hands, const HandsView& view, HandsOutbox& out) {
        hands.told(desk.now(), view, out);
    });
}

void Controllers::wake(Desk& desk) {
    if (wakes_at_ && *wakes_at_ <= desk.now()) wakes_at_.reset();
    for (std::size_t i = 0; i < devices_.size(); ++i) {
        const auto hello_at = devices_[i]->hello_at;
        if (hello_at && *hello_at <= desk.now()) greet(desk, i);
        if (hello_at && *hello_at > desk.now()) come_again(desk, *hello_at);
    }
    everybody(desk, [&](control::Hands& hands, const HandsView& view, HandsOutbox& out) {
        hands.wake(desk.now(), view, out);
    });
    send_moves(desk);
}

void Controllers::send_moves(Desk& desk) {
    const auto send = [&](const control::SetStrip& move) {
        desk.send(surface::SetControl{move.strip, move.control, move.value});
        ++counters_.moves_out;
    };
    const Duration patience = std::max(until_told, desk.surface().capabilities().longest_turn);
    for (const auto& move : queue_.take(desk.now())) {
        unheard_.left(desk.now(), move, patience);
        send(move);
    }
    for (const auto& move : unheard_.take(desk.now())) send(move);
    if (const auto then = queue_.wake_at()) come_again(desk, *then);
    if (const auto then = unheard_.wake_at()) come_again(desk, *then);
}

/// Not once for each of a hand's moves: each one asked for is delivered.
void Controllers::come_again(Desk& desk, Instant then) {
    if (wakes_at_ && *wakes_at_ > desk.now() && *wakes_at_ <= then) return;
    wakes_at_ = then;
    desk.wake_at(then);
}

void Controllers::forget_moves() {
    queue_.clear();
    unheard_.clear();
}

void Controllers::carry_out(Desk& desk, const control::HandAction& action) {
    std::visit(
        [&](const auto& what) {
            using What = std::decay_t<decltype(what)>;
            if constexpr (std::is_same_v<What, control::SetStrip>) {
                queue_.put(desk.now(), what);
            } else if constexpr (std::is_same_v<What, control::TouchStrip>) {
                desk.send(surface::TouchControl{what.strip, what.control, what.held});
            } else if constexpr (std::is_same_v<What, control::SoloStrip>) {
                desk.send(surface::SwitchSolo{what.strip, what.on});
            } else if constexpr (std::is_same_v<What, control::SelectStrip>) {
                selected_ = what.strip;
                show_all(desk);
            } else if constexpr (std::is_same_v<What, control::AcceptSuggestion>) {
                accept(what.strip);
            } else if constexpr (std::is_same_v<What, control::TransportKey> ||
                                 std::is_same_v<What, control::KedgeKey>) {
                carry_out(desk, what);
            } else if constexpr (std::is_same_v<What, control::ToMarker>) {
                desk.send(surface::StepMark{what.by});
            } else {
                static_assert(std::is_same_v<What, control::SetRideDepth>);
                ride_depths_[what.strip] = what.share;
                show_all(desk);
            }
        },
        action);
}

void Controllers::carry_out(Desk& desk, control::TransportKey key) {
    const bool rolls = desk.surface().rolling().value_or(false);
    switch (key) {
        case control::TransportKey::play:
            return desk.send(surface::Play{});
        case control::TransportKey::stop:
            return desk.send(surface::Stop{});
        case control::TransportKey::play_or_stop:
            return rolls ? desk.send(surface::Stop{}) : desk.send(surface::Play{});
        case control::TransportKey::to_start:
            return desk.send(surface::Locate{SongTime()});
        case control::TransportKey::loop:
            return desk.send(surface::SwitchLoop{!(desk.surface().loop() && desk.surface().loop()->on)});
    }
}

void Controllers::refused(Desk&, const surface::Command& command, const Error& error) {
    if (const auto* set = std::get_if<surface::SetControl>(&command))
        unheard_.refused(set->strip, set->control);
    refuse(error);
}

void Controllers::refuse(Error error) {
    ++counters_.refused;
    last_refusal_ = std::move(error);
}

void Controllers::show_at_work(Desk& desk, std::optional<control::KedgeKey> key) {
    at_work_ = key;
    show_all(desk);
}

void Controllers::show_all(Desk& desk) {
    everybody(desk, [&](control::Hands& hands, const HandsView& view, HandsOutbox& out) {
        hands.told(desk.now(), view, out);
    });
}

// --- suggestions

void Controllers::suggest(Desk& desk, control::Suggestions suggestions) {
    suggestions_ = std::move(suggestions);
    for (const Strip& strip : desk.mixer().strips) drop_stale_suggestion(desk, strip.id);
    show_all(desk);
}

void Controllers::drop_stale_suggestion(const Desk& desk, StripId strip) {
    const auto suggested = suggestions_.find(strip);
    const Strip* in_mixer = desk.mixer().find(strip);
    if (suggested == suggestions_.end() || in_mixer == nullptr) return;
    const auto stands = in_mixer->control(Control::fader);
    if (!stands || !surface::same_value(*stands, suggested->second.from, desk.surface().capabilities()))
        suggestions_.erase(suggested);
}

void Controllers::carry_out(Desk& desk, control::KedgeKey key) {
    const bool accepts = key == control::KedgeKey::accept;
    if (!accepts && key != control::KedgeKey::reject) {
        if (on_key) on_key(key);
        return;
    }
    if (!selected_)
        return refuse({ErrorKind::refused, "No strip is selected.",
                       "Press a select button first: the suggestion is the selected strip's."});
    if (accepts) return accept(*selected_);
    suggestions_.erase(*selected_);
    show_all(desk);
}

void Controllers::accept(StripId strip) {
    const auto suggested = suggestions_.find(strip);
    if (suggested == suggestions_.end())
        return refuse({ErrorKind::refused, "Nothing is suggested for this strip.",
                       "A button for `kedge listen` makes suggestions."});
    if (on_accept) on_accept(strip, suggested->second);
}

void Controllers::show(std::size_t controller, const control::Shown& shown) {
    if (devices_[controller]->in_own_words) {
        devices_[controller]->shown.push_back(shown);
        return;
    }
    for_devices_.push_back({controller, devices_[controller]->link.bytes_for(shown)});
}

std::vector<ForController> Controllers::take_for_devices() {
    return std::exchange(for_devices_, {});
}

std::vector<control::Shown> Controllers::take_shown(std::size_t controller) {
    return std::exchange(devices_.at(controller)->shown, {});
}

Controllers::Counters Controllers::counters() const {
    Counters all = counters_;
    all.overtaken = queue_.overtaken();
    all.sent_again = unheard_.sent_again();
    all.unheard = unheard_.given_up();
    for (const auto& device : devices_) {
        all.messages_in += device->link.messages();
        all.unknown += device->link.unknown();
    }
    return all;
}

}  // namespace kedge::engine
