#pragma once

#include "control/strip_view.hpp"
#include "core/fader_scale.hpp"
#include "engine/controllers.hpp"
#include "tablet/feedback_queue.hpp"
#include "tablet/tablet_call.hpp"
#include "tablet/tablet_news.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace kedge::engine {

/// Where an app on a tablet sends from, or listens: an address of IPv4 and a port, in host order.
struct TabletPeer {
    std::uint32_t address = 0;
    std::uint16_t port = 0;
    auto operator<=>(const TabletPeer&) const = default;
};
struct TabletDatagram {
    TabletPeer peer;  ///< who sent it, or who is to have it
    std::vector<std::byte> bytes;
};

/// Apps on tablets, each of them a controller in words of its own among the others: what they say in OSC is
/// done by the hands that MIDI controllers have, and what those show is told to each that said hello, until
/// it says bye. Silence is no goodbye.
class Tablets {
  public:
    /// When one more comes, the one that was silent for longest makes room; one that did not say hello goes
    /// first.
    static constexpr std::size_t most_tablets = 16;
    /// Messages for each tablet at one time to tell.
    static constexpr std::size_t told_at_once = 64;
    /// Answers to wrong messages between two times to tell; more are only counted.
    static constexpr std::size_t errors_at_once = 16;
    /// Parts by role or by name that one tablet can use.
    static constexpr std::size_t most_named_parts = 256;

    struct Counters {
        std::uint64_t messages_in = 0;
        std::uint64_t wrong = 0;          ///< answered by /kedge/error, as far as there was room
        std::uint64_t unanswered = 0;     ///< of those: too many at once
        std::uint64_t overtaken_in = 0;   ///< values that a newer one came with
        std::uint64_t messages_out = 0;   ///< for tablets
        std::uint64_t overtaken_out = 0;  ///< likewise: of an address that was to be told a newer value
        std::uint64_t dropped_out = 0;    ///< likewise: too many waited
        std::uint64_t made_room = 0;      ///< tablets that were forgotten for another one
    };

    /// `levels`: at which levels positions of faders stand. The controllers outlive this.
    Tablets(Controllers& controllers, FaderScale levels);

    /// What has come, in its order; anything at all may be in it. The desk is one of the controllers'.
    void received(Desk& desk, std::span<const TabletDatagram> datagrams);
    /// What there is to tell goes out: call it at the pace at which tablets draw.
    void tell(Desk& desk);
    /// What is to be sent; call after anything else here.
    [[nodiscard]] std::vector<TabletDatagram> take();

    [[nodiscard]] Counters counters() const;
    /// Those that said hello and not yet bye.
    [[nodiscard]] std::size_t listening() const;

  private:
    struct Client {
        TabletPeer peer;
        TabletPeer told_at;
        bool known = true;  ///< not gone
        bool listens = false;
        Instant heard;
        std::size_t controller = 0;
        std::size_t places = 0;
        std::map<std::string, control::ControlIndex> controls;  ///< by name
        std::map<std::string, control::Target> named;           ///< of them, those by role or by name
        std::set<Role> roles;                                   ///< all of which are bound
        tablet::FeedbackQueue queue;
        tablet::Surroundings surroundings;
        std::size_t errors = 0;  ///< since it was last told
    };
    struct Heard {
        std::size_t client = 0;
        TabletPeer peer;
        tablet::TabletCall call;
        bool overtaken = false;
    };

    [[nodiscard]] std::size_t client_of(Desk& desk, TabletPeer peer);
    [[nodiscard]] std::size_t room_for(Desk& desk);
    void hear(Desk& desk, const TabletDatagram& datagram, std::vector<Heard>& out);
    void leave_out_overtaken(std::vector<Heard>& heard);
    void refuse(Client& client, const Error& error);
    void say(const TabletPeer& to, const tablet::Told& told);

    Result<void> carry_out(Desk& desk, Client& client, const tablet::PartCall& call);
    Result<void> carry_out(Desk& desk, Client& client, const tablet::TouchCall& call);
    Result<void> carry_out(Desk& desk, Client& client, const tablet::PressCall& call);
    Result<void> carry_out(Desk& desk, Client& client, const tablet::BankCall& call);
    Result<void> carry_out(Desk& desk, Client& client, const tablet::PlacesCall& call);
    Result<void> carry_out(Desk& desk, Client& client, const tablet::HelloCall& call);
    Result<void> carry_out(Desk& desk, Client& client, const tablet::PingCall& call);
    Result<void> carry_out(Desk& desk, Client& client, const tablet::ByeCall& call);
    control::ControlIndex bind(Desk& desk, Client& client, const std::string& name,
                               const control::Target& target);
    Result<control::ControlIndex> control_for(Desk& desk, Client& client, const std::string& name,
                                              const control::Target& target);
    [[nodiscard]] Result<void> is_there(const Desk& desk, const Client& client, const std::string& name,
                                        const control::Target& target) const;
    [[nodiscard]] Result<control::ControlNews> news_of(const Desk& desk, control::ControlIndex control,
                                                       const tablet::PartCall& call) const;
    void lay_out(Desk& desk, Client& client, std::size_t places);
    void find_controls(Client& client) const;
    void bind_roles(Desk& desk, Client& client);

    Controllers& controllers_;  // NOLINT(cppcoreguidelines-avoid-const-or-ref-data-members): owned elsewhere
    FaderScale levels_;
    std::vector<Client> clients_;
    std::vector<TabletDatagram> out_;
    Counters counters_;
};

}  // namespace kedge::engine
