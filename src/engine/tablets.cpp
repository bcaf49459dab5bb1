#include "engine/tablets.hpp"

#include "control/grip.hpp"
#include "tablet/tablet_map.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>
#include <variant>

namespace kedge::engine {

namespace {

constexpr std::size_t places_at_first = 8;

}  // namespace

Tablets::Tablets(Controllers& controllers, FaderScale levels)
    : controllers_(controllers), levels_(std::move(levels)) {}

std::size_t Tablets::client_of(Desk& desk, TabletPeer peer) {
    auto found = std::find_if(clients_.begin(), clients_.end(),
                              [&](const Client& each) { return each.known && each.peer == peer; });
    if (found != clients_.end()) {
        found->heard = desk.now();
        return static_cast<std::size_t>(found - clients_.begin());
    }
    const std::size_t room = room_for(desk);
    Client client;
    client.peer = peer;
    client.told_at = peer;
    client.heard = desk.now();
    client.controller = clients_[room].controller;
    clients_[room] = std::move(client);
    lay_out(desk, clients_[room], places_at_first);
    return room;
}

/// A place that nobody has, or that of who was silent for longest, first of those that never said hello:
/// tools send each message from a port of its own.
std::size_t Tablets::room_for(Desk& desk) {
    const auto free =
        std::find_if(clients_.begin(), clients_.end(), [](const Client& c) { return !c.known; });
    if (free != clients_.end()) return static_cast<std::size_t>(free - clients_.begin());
    if (clients_.size() < most_tablets) {
        Client client;
        client.controller = controllers_.add_in_own_words(tablet::tablet_map(levels_, places_at_first));
        clients_.push_back(std::move(client));
        return clients_.size() - 1;
    }
    const auto silent =
        std::min_element(clients_.begin(), clients_.end(), [](const Client& a, const Client& b) {
            return std::tie(a.listens, a.heard) < std::tie(b.listens, b.heard);
        });
    ++counters_.made_room;
    controllers_.plugged(desk, silent->controller, false);
    counters_.overtaken_out += silent->queue.overtaken();
    counters_.dropped_out += silent->queue.dropped();
    return static_cast<std::size_t>(silent - clients_.begin());
}

void Tablets::hear(Desk& desk, const TabletDatagram& datagram, std::vector<Heard>& out) {
    const auto client = client_of(desk, datagram.peer);
    for (auto& call : tablet::read_calls(datagram.bytes)) {
        ++counters_.messages_in;
        if (call) {
            out.push_back({client, datagram.peer, std::move(*call), false});
        } else {
            refuse(clients_[client], call.error());
        }
    }
}

/// Of the values of one part that came together the last one is enough, where nothing else came between.
void Tablets::leave_out_overtaken(std::vector<Heard>& heard) {
    std::set<std::pair<std::size_t, std::string>> newer;
    for (auto i = heard.size(); i-- > 0;) {
        Heard& each = heard[i];
        const auto* part = std::get_if<tablet::PartCall>(&each.call);
        if (part == nullptr) {
            newer.clear();
        } else if (!std::holds_alternative<std::monostate>(part->to) &&
                   !newer.emplace(each.client, part->name).second) {
            each.overtaken = true;
            ++counters_.overtaken_in;
        }
    }
}

void Tablets::received(Desk& desk, std::span<const TabletDatagram> datagrams) {
    std::vector<Heard> heard;
    for (const auto& datagram : datagrams) hear(desk, datagram, heard);
    leave_out_overtaken(heard);
    for (const auto& each : heard) {
        Client& client = clients_[each.client];
        if (each.overtaken || client.peer != each.peer) continue;  // or it has made room since
        client.known = true;
        const auto done =
            std::visit([&](const auto& call) { return carry_out(desk, client, call); }, each.call);
        if (!done) refuse(client, done.error());
    }
}

void Tablets::refuse(Client& client, const Error& error) {
    ++counters_.wrong;
    if (client.errors >= errors_at_once) {
        ++counters_.unanswered;
        return;
    }
    ++client.errors;
    say(client.told_at, {std::string(tablet::error_address),
                         error.next.empty() ? error.message : error.message + " " + error.next});
}

void Tablets::say(const TabletPeer& to, const tablet::Told& told) {
    out_.push_back({to, tablet::bytes_of(told)});
    ++counters_.messages_out;
}

void Tablets::tell(Desk& desk) {
    for (Client& client : clients_) {
        client.errors = 0;
        if (!client.known || !client.listens) continue;
        if (desk.surface().ready()) {
            bind_roles(desk, client);
            const auto view = controllers_.view(desk);
            const auto& hands = controllers_.hands(client.controller);
            client.surroundings.tell(hands.strips(), view, client.queue);
            for (const auto& shown : controllers_.take_shown(client.controller))
                tablet::tell(shown, hands.map(), view, client.queue);
        } else {
            client.surroundings.tell_daw_gone(client.queue);
        }
        for (const auto& told : client.queue.take(told_at_once)) say(client.told_at, told);
    }
}

std::vector<TabletDatagram> Tablets::take() {
    return std::exchange(out_, {});
}

std::size_t Tablets::listening() const {
    return static_cast<std::size_t>(std::count_if(
        clients_.begin(), clients_.end(), [](const Client& each) { return each.known && each.listens; }));
}

Tablets::Counters Tablets::counters() const {
    Counters all = counters_;
    for (const Client& client : clients_) {
        all.overtaken_out += client.queue.overtaken();
        all.dropped_out += client.queue.dropped();
    }
    return all;
}

}  // namespace kedge::engine
