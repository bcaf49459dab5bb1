#pragma once

#include "core/result.hpp"
#include "io/midi_address.hpp"
#include "io/midi_end.hpp"
#include "io/midi_inbox.hpp"
#include "io/midi_system.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kedge::io {

/// The pair of MIDI ports of one unit: both are plugged in, or none. Its two ends are clients of the MIDI
/// system, which they stay while a port is looked for.
class MidiUnit {
  public:
    /// `on_news` is called from the MIDI thread when there is something to take.
    MidiUnit(std::size_t number, const std::string& name, std::string client, std::function<void()> on_news);

    /// False when the system is not there any more; whether it still is has to be asked after that.
    bool open_ends(const MidiSystem& system);
    [[nodiscard]] bool has_ends() const { return in_ && out_; }
    /// Without taking leave of the system, see MidiSystem::goes_on.
    void abandon();
    /// Gives the ends back: on a thread of its own where JACK is gone, as RtMidi waits for it up to a second;
    /// else when what is returned is asked (`get`), as one unit is to go after the other. The unit and `jack`
    /// (nullptr elsewhere) outlive what is returned, and it opens no ends meanwhile.
    [[nodiscard]] std::future<void> let_go(const JackWatch* jack);

    /// Opens ports of ours, or connects to the DAW's. An error of kind usage when a name may be several
    /// ports; one of kind no_daw when a port is not there yet, or while it is settling: call again then.
    [[nodiscard]] Result<void> plug_in(const MidiSystem& system);
    void unplug(const MidiSystem& system);
    [[nodiscard]] bool is_plugged_in() const { return opened_ && connected_; }
    /// JACK was told to connect it, and has not done it yet. What is heard meanwhile waits in here.
    [[nodiscard]] bool is_settling() const { return opened_ && !connected_; }
    /// Whether its ports and the DAW's are still among those there are, and connected as far as can be seen.
    [[nodiscard]] bool is_still_there(const MidiSystem& system, const MidiPortNames& ports) const;

    /// All ports that its ends see; nullopt when they changed meanwhile, or it has no ends.
    [[nodiscard]] std::optional<MidiPortNames> ports() const;
    /// Any number of messages. False when one could not leave: nothing is plugged in, or they come faster
    /// than JACK takes them.
    bool send(const MidiSystem& system, std::span<const std::byte> bytes);
    void take(const std::function<void(std::span<const std::byte>)>& hear) { inbox_.take(hear); }
    [[nodiscard]] std::uint64_t dropped() const { return inbox_.dropped(); }

  private:
    /// What was opened, by full names; empty where there is none, or the system does not show it.
    struct Opened {
        std::string own_in;
        std::string own_out;
        std::string daw_from;
        std::string daw_to;
    };
    struct DawPorts;

    [[nodiscard]] Result<DawPorts> find_daw(const MidiPortNames& ports) const;
    [[nodiscard]] Result<void> open_ports(const MidiSystem& system);
    [[nodiscard]] bool open_both(const MidiSystem& system, const DawPorts& daw);
    [[nodiscard]] bool has_cables(const MidiSystem& system) const;
    [[nodiscard]] std::string own_name(const std::string& port, const std::vector<std::string>& before,
                                       const std::vector<std::string>& now) const;
    [[nodiscard]] bool has_room_for(const JackWatch& jack, std::span<const std::byte> bytes);
    /// From the MIDI thread.
    static void heard(double, std::vector<unsigned char>* message, void* unit);

    std::size_t number_;
    std::string name_;
    std::string client_;
    std::function<void()> on_news_;
    MidiInbox inbox_;
    std::unique_ptr<MidiEnd<RtMidiIn>> in_;
    std::unique_ptr<MidiEnd<RtMidiOut>> out_;
    std::optional<Opened> opened_;
    bool connected_ = false;
    int waits_ = 0;  ///< how often JACK was asked whether it has connected it
    /// Bytes that JACK may not have taken yet: of the period of the last ones, and of the one before.
    std::size_t sent_last_ = 0;
    std::size_t sent_before_ = 0;
    std::uint64_t last_period_ = 0;
};

}  // namespace kedge::io
