#pragma once

#include "control/controller_link.hpp"
#include "control/hands.hpp"
#include "control/move_queue.hpp"
#include "control/unheard_moves.hpp"
#include "engine/engine_guest.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kedge::engine {

/// Bytes for one of the controllers, by its number.
struct ForController {
    std::size_t controller = 0;
    std::vector<std::byte> bytes;
};

/// Hardware controllers on a surface: what hands do on them goes to the DAW at its pace, beside any job, and
/// what the DAW tells goes to their motors and lights. While the surface is lost, nothing goes either way;
/// banks and pages stay.
class Controllers final : public EngineGuest {
  public:
    using RolesOf = std::function<control::StripRoles(const MixerState&)>;

    struct Counters {
        std::uint64_t messages_in = 0;
        std::uint64_t unknown = 0;     ///< no control's of the map
        std::uint64_t moves_out = 0;   ///< values that left for the DAW
        std::uint64_t overtaken = 0;   ///< values that a newer one took the place of before they left
        std::uint64_t sent_again = 0;  ///< values that the DAW had not told back
        std::uint64_t unheard = 0;     ///< values that it never told back
        std::uint64_t refused = 0;     ///< the surface would not do it
    };

    /// `roles` is asked whenever the strips change. Each control of a strip is set once in `pace` at most.
    Controllers(RolesOf roles, Duration pace);

    /// Its number, from 0 on.
    std::size_t add(control::ControllerMap map);
    /// One that does not speak MIDI: what is done on it comes by use(), what it is to show goes by
    /// take_shown(). Its number.
    std::size_t add_in_own_words(control::ControllerMap map);
    /// Another map for the same device, which is plugged in or not as before.
    void change_map(Desk& desk, std::size_t controller, control::ControllerMap map);
    void plugged(Desk& desk, std::size_t controller, bool in);
    /// Any number of bytes of MIDI from the device; anything at all may be in them.
    void received(Desk& desk, std::size_t controller, std::span<const std::byte> bytes);

    using Call = std::function<void(control::Hands&, const control::HandsView&, control::HandsOutbox&)>;
    /// Has something done by the hands of a controller, and carries out what comes of it. Nothing while the
    /// surface is lost.
    void use(Desk& desk, std::size_t controller, const Call& call);

    void event(Desk& desk, const surface::Event& event) override;
    void wake(Desk& desk) override;
    void refused(Desk& desk, const surface::Command& command, const Error& error) override;

    /// What is to be sent to the devices; call after anything else here.
    [[nodiscard]] std::vector<ForController> take_for_devices();
    /// What one that does not speak MIDI is to show.
    [[nodiscard]] std::vector<control::Shown> take_shown(std::size_t controller);
    /// A button that is kedge's own was pressed; but those that are about suggestions are `on_accept`.
    std::function<void(control::KedgeKey)> on_key;
    /// A person wants a suggestion to be done.
    std::function<void(StripId, const control::Suggestion&)> on_accept;
    /// In place of all others. One whose fader does not stand where it was made for goes by itself, as does
    /// one that was accepted.
    void suggest(Desk& desk, control::Suggestions suggestions);
    [[nodiscard]] const control::Suggestions& suggestions() const { return suggestions_; }
    /// As hands have set them.
    [[nodiscard]] const control::RideDepths& ride_depths() const { return ride_depths_; }
    /// Its light is on while its command goes on.
    void show_at_work(Desk& desk, std::optional<control::KedgeKey> key);

    [[nodiscard]] const control::Hands& hands(std::size_t controller) const {
        return devices_.at(controller)->hands;
    }
    /// The mixer as hands need it; for as long as the desk is there.
    [[nodiscard]] control::HandsView view(const Desk& desk) const;
    [[nodiscard]] std::optional<StripId> selected() const { return selected_; }
    [[nodiscard]] Counters counters() const;
    /// Why the surface last would not do something.
    [[nodiscard]] const std::optional<Error>& last_refusal() const { return last_refusal_; }

  private:
    struct Device {
        Device(control::ControllerMap map, bool own_words)
            : hands(std::move(map)), link(hands.map()), in_own_words(own_words) {}
        control::Hands hands;
        control::ControllerLink link;
        bool in_own_words;  ///< instead of what the link says
        std::vector<control::Shown> shown;
        bool plugged_in = false;
        std::optional<Instant> hello_at;  ///< the next time
    };

    void with(Desk& desk, std::size_t controller, const Call& call);
    void everybody(Desk& desk, const Call& call);
    void carry_out(Desk& desk, const control::HandAction& action);
    void carry_out(Desk& desk, control::TransportKey key);
    void send_moves(Desk& desk);
    void forget_moves();
    void refuse(Error error);
    void carry_out(Desk& desk, control::KedgeKey key);
    void accept(StripId strip);
    void show_all(Desk& desk);
    void drop_stale_suggestion(const Desk& desk, StripId strip);
    void come_again(Desk& desk, Instant then);
    void let_go(Desk& desk, std::size_t controller);
    void greet(Desk& desk, std::size_t controller);
    void show(std::size_t controller, const control::Shown& shown);

    RolesOf roles_of_;
    control::StripRoles roles_;
    control::MoveQueue queue_;
    control::UnheardMoves unheard_;
    std::vector<std::unique_ptr<Device>> devices_;
    std::vector<ForController> for_devices_;
    std::optional<StripId> selected_;
    control::Suggestions suggestions_;
    control::RideDepths ride_depths_;
    std::optional<control::KedgeKey> at_work_;
    std::optional<Instant> wakes_at_;  ///< the next time, as asked for
    Counters counters_;
    std::optional<Error> last_refusal_;
};

}  // namespace kedge::engine
