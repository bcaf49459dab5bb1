#include "io/midi_wire.hpp"

#include "io/asio_context.hpp"
#include "io/midi_system.hpp"
#include "io/midi_unit.hpp"

#include <algorithm>
#include <chrono>
#include <future>
#include <optional>
#include <utility>
#include <vector>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>

namespace kedge::io {

namespace {

using boost::system::error_code;

constexpr auto look_again_after = std::chrono::milliseconds(500);
constexpr auto look_soon_after = std::chrono::milliseconds(50);

Error no_midi_system() {
    return {
        ErrorKind::no_daw, "No MIDI system answers on this machine.",
        "Start JACK (or PipeWire with its JACK library), or load ALSA's sequencer (modprobe snd-seq), and "
        "try again. If JACK runs, one of its programs keeps it waiting: try again in half a minute."};
}

}  // namespace

struct MidiWire::State {
    State(MidiAddress the_address, EventLoop& the_loop);
    ~State() {
        if (system) let_go();
        if (letting_go.valid()) letting_go.wait();  // before what its callbacks use is gone
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    void look();
    [[nodiscard]] bool find_system();
    [[nodiscard]] bool open_ends();
    enum class Leave { taken, not_taken };
    void lose_system(Leave leave);
    void let_go();
    void unplug_what_is_gone();
    void plug_in_what_is_there();
    void look_now_and_then();
    void greet(std::size_t number);
    void hear(std::size_t number);

    MidiAddress address;
    EventLoop& loop;
    boost::asio::steady_timer timer;
    std::vector<std::unique_ptr<MidiUnit>> units;
    std::optional<MidiSystem> system;
    std::optional<RtMidi::Api> api;  ///< of the system that something was found in: it is waited for
    std::future<void> letting_go;    ///< of a system that went away
    std::optional<Error> trouble;    ///< why not all is plugged in
    Ears ears;
    bool listens = false;
    std::shared_ptr<bool> alive = std::make_shared<bool>(true);  ///< for what the loop still holds
};

MidiWire::State::State(MidiAddress the_address, EventLoop& the_loop)
    : address(std::move(the_address)), loop(the_loop), timer(the_loop.context().asio) {
    for (std::size_t i = 0; i < address.units.size(); ++i) {
        const auto on_news = [this, i] {
            boost::asio::post(loop.context().asio, [this, i, still = std::weak_ptr(alive)] {
                if (still.lock()) hear(i);
            });
        };
        units.push_back(std::make_unique<MidiUnit>(i, address.units[i], address.client, on_news));
    }
}

void MidiWire::State::hear(std::size_t number) {
    const auto& unit = *units[number];
    if (!listens || unit.is_settling()) return;  // it waits for greet()
    units[number]->take([&](std::span<const std::byte> bytes) {
        if (unit.is_plugged_in()) ears.hear(number, bytes);
    });
}

/// The news that it is there comes before what it says.
void MidiWire::State::greet(std::size_t number) {
    ears.changed(number, true);
    hear(number);
}

/// What was unplugged is let go, what is there is connected.
void MidiWire::State::look() {
    trouble.reset();
    if (system && !system->is_there()) lose_system(Leave::taken);
    if (system && !api && system->jack() == nullptr) {
        let_go();  // JACK, which comes first, may have come meanwhile
        letting_go.wait();
    }
    if ((!system && !find_system()) || !open_ends()) {
        trouble = no_midi_system();
        return;
    }
    unplug_what_is_gone();
    plug_in_what_is_there();
}

bool MidiWire::State::find_system() {
    using namespace std::chrono_literals;
    if (letting_go.valid() && letting_go.wait_for(0s) != std::future_status::ready) return false;
    system = MidiSystem::open(address.client, api);
    return system.has_value();
}

/// Of the units that have none. JACK's library frees all clients of a process that opens one more just after
/// the server went away: what is left is not touched then. It may also have met a new server already, so that
/// only the passing of time tells.
bool MidiWire::State::open_ends() {
    bool all = true;
    bool any = false;
    for (auto& unit : units) {
        if (!all || unit->has_ends()) continue;
        all = unit->open_ends(*system);
        any = true;
    }
    const bool goes_on = !any || system->goes_on();
    if (!goes_on || !all) lose_system(goes_on ? Leave::taken : Leave::not_taken);
    return goes_on && all;
}

void MidiWire::State::lose_system(Leave leave) {
    std::vector<std::size_t> lost;
    for (std::size_t i = 0; i < units.size(); ++i)
        if (units[i]->is_plugged_in()) lost.push_back(i);
    if (leave == Leave::taken) {
        let_go();
    } else {
        for (auto& unit : units) unit->abandon();
        system->abandon();
        system.reset();
    }
    for (const std::size_t each : lost)
        if (listens) ears.changed(each, false);
}

/// All ends first, the watch last: as long as it is there, nobody here goes to a server that came anew.
void MidiWire::State::let_go() {
    const JackWatch* jack = system->jack();
    std::vector<std::future<void>> ends;
    for (auto& unit : units) ends.push_back(unit->let_go(jack));
    letting_go = std::async(std::launch::async, [ends = std::move(ends), gone = std::move(system)]() mutable {
        for (auto& each : ends) each.get();  // one after the other
        gone.reset();
    });
    system.reset();
}

void MidiWire::State::unplug_what_is_gone() {
    const auto ports = units.front()->ports();
    if (!ports) return;  // they are changing: the next look sees more
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (!units[i]->is_plugged_in() || units[i]->is_still_there(*system, *ports)) continue;
        units[i]->unplug(*system);
        if (listens) ears.changed(i, false);
    }
}

void MidiWire::State::plug_in_what_is_there() {
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (units[i]->is_plugged_in()) continue;
        if (const auto plugged = units[i]->plug_in(*system); !plugged) {
            if (!trouble) trouble = plugged.error();
            continue;
        }
        api = system->api();
        if (listens) greet(i);
    }
}

void MidiWire::State::look_now_and_then() {
    const bool settling =
        std::any_of(units.begin(), units.end(), [](auto& unit) { return unit->is_settling(); });
    timer.expires_after(settling ? look_soon_after : look_again_after);
    timer.async_wait([this, still = std::weak_ptr(alive)](error_code problem) {
        if (problem || !still.lock()) return;
        look();
        look_now_and_then();
    });
}

MidiWire::MidiWire(std::unique_ptr<State> state) : state_(std::move(state)) {}
MidiWire::~MidiWire() = default;

Result<std::unique_ptr<MidiWire>> MidiWire::open(const MidiAddress& address, EventLoop& loop) {
    auto state = std::make_unique<State>(address, loop);
    state->look();
    if (const auto& trouble = state->trouble;
        trouble && (!state->system || trouble->kind == ErrorKind::usage))
        return tl::unexpected(*trouble);
    return std::unique_ptr<MidiWire>(new MidiWire(std::move(state)));
}

void MidiWire::listen(Ears ears) {
    state_->ears = std::move(ears);
    state_->listens = true;
    for (std::size_t i = 0; i < state_->units.size(); ++i)
        if (state_->units[i]->is_plugged_in()) state_->greet(i);
    state_->look_now_and_then();
}

void MidiWire::catch_up() {
    for (std::size_t i = 0; i < state_->units.size(); ++i) state_->hear(i);
}

bool MidiWire::send(std::size_t port, std::span<const std::byte> bytes) {
    return state_->system && port < state_->units.size() && state_->units[port]->send(*state_->system, bytes);
}

std::string MidiWire::name() const {
    return state_->address.text();
}

std::string MidiWire::what_to_check() const {
    if (const auto& trouble = state_->trouble) return trouble->message + " " + trouble->next;
    return "Turn on the control surface in the DAW, with kedge's ports (`kedge doctor` names them), and "
           "check "
           "what is given with --midi.";
}

std::uint64_t MidiWire::dropped() const {
    std::uint64_t all = 0;
    for (const auto& unit : state_->units) all += unit->dropped();
    return all;
}

MidiPortNames MidiWire::ports() {
    const MidiAddress ours;
    auto system = MidiSystem::open(ours.client);
    if (!system) return {};
    MidiUnit unit(0, "", ours.client, [] {});
    const bool opened = unit.open_ends(*system);
    if (!system->goes_on()) {
        unit.abandon();
        system->abandon();
        return {};
    }
    if (!opened) return {};
    auto found = unit.ports().value_or(MidiPortNames{});
    unit.let_go(system->jack()).get();
    for (auto* names : {&found.from, &found.to})
        std::erase_if(*names, [&](const std::string& name) { return is_port_of(ours.client, name); });
    return found;
}

}  // namespace kedge::io
