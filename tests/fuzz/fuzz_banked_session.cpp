// A session behind a Mackie Control or a HUI, with a simulated DAW on the other end of the wire and bytes
// from nowhere in between. Whatever came, the strips are the DAW's once the port was plugged in anew.

#include "banked/banked_session.hpp"
#include "fuzz/session_fuzzing.hpp"
#include "hui/hui_panel.hpp"
#include "mackie/mackie_panel.hpp"
#include "sim/simulated_hui.hpp"
#include "sim/simulated_mackie.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace kedge;
using namespace kedge::fuzz;

constexpr auto latency = std::chrono::milliseconds(3);

sim::Stem stem_called(const std::string& name) {
    sim::Stem stem;
    stem.name = name;
    stem.samples = std::make_shared<std::vector<float>>(4'800);
    return stem;
}

/// More than stand on one unit.
sim::Song nine_tracks() {
    sim::Song song;
    for (int i = 1; i <= 9; ++i) song.stems.push_back(stem_called("Tr " + std::to_string(i)));
    return song;
}

std::unique_ptr<sim::BankedHost> a_host(bool hui) {
    if (hui) return std::make_unique<sim::SimulatedHui>(nine_tracks(), sim::hui_as_pro_tools());
    return std::make_unique<sim::SimulatedMackie>(nine_tracks(), sim::as_ardour());
}

std::unique_ptr<banked::Panel> a_panel(bool hui) {
    if (hui) return std::make_unique<hui::HuiPanel>(1);
    return std::make_unique<mackie::MackiePanel>(mackie::PanelMake{});
}

banked::BankedSetup a_setup(bool hui) {
    banked::BankedSetup setup;
    setup.scale = FaderScale(hui ? FaderCurve::reaper : FaderCurve::ardour);
    setup.fader_top = setup.scale.top();
    if (hui) {
        setup.last_bank = banked::LastBank::overlapping;
        setup.to_start = {banked::Known::yes, {{0x0F, 0}}};
    } else {
        setup.to_start = {banked::Known::yes, {{0, 0x46}, {0, 0x5B}}};
        setup.pan_ticks = 63;
    }
    setup.session_name = "song";
    return setup;
}

/// Both of them, in virtual time.
struct Conversation {
    explicit Conversation(bool hui) : daw(a_host(hui)), session(a_panel(hui), a_setup(hui)) {
        surface::Effects effects;
        session.start(now, effects);
        session.wire_changed(now, 0, true, effects);
        carry_out(effects);
    }

    void run(Duration span) {
        const Instant end = now + span;
        for (Instant due = next_due(); due <= end; due = next_due()) {
            // What is due again at once is given a little time.
            now = std::max(due, now + std::chrono::microseconds(100));
            turn();
        }
        now = std::max(now, end);
    }
    void hear(std::span<const std::byte> bytes) {
        surface::Effects effects;
        session.receive_from(now, 0, bytes, effects);
        carry_out(effects);
    }
    void command(const surface::Command& command) {
        surface::Effects effects;
        const auto done = session.command(now, command, effects);
        require(done || (!done.error().message.empty() && effects.empty()));
        carry_out(effects);
    }
    void plug(bool plugged_in) {
        if (plugged == plugged_in) return;
        plugged = plugged_in;
        to_daw.clear();
        to_us.clear();
        if (plugged_in) {
            daw->plug(0);
        } else {
            daw->unplug(0);
        }
        surface::Effects effects;
        session.wire_changed(now, 0, plugged_in, effects);
        carry_out(effects);
    }
    void check() const {
        std::set<StripId> ids;
        std::set<StripName> names;
        for (const Strip& strip : session.mixer().strips) {
            require(strip.id.value != 0 && ids.insert(strip.id).second && names.insert(strip.name).second);
            require(!strip.fader || strip.fader->db() <= 100.0);
            require(!strip.pan || std::abs(strip.pan->position()) <= 1.0);
        }
    }

    std::unique_ptr<sim::BankedHost> daw;
    banked::BankedSession session;
    Instant now{};

  private:
    using UnderWay = std::multimap<Instant, std::vector<std::byte>>;

    void carry_out(surface::Effects& effects) {
        for (auto& effect : effects) {
            if (const auto* wake = std::get_if<surface::WakeAt>(&effect)) {
                require(wake->when >= now);
                wakes.insert(wake->when);
            } else if (auto* sent = std::get_if<surface::SendBytes>(&effect)) {
                require(sent->port == 0);
                if (plugged) to_daw.emplace(now + latency, std::move(sent->bytes));
            }
        }
        effects.clear();
    }
    void take(std::vector<sim::Datagram>& told) {
        for (auto& each : told)
            if (plugged) to_us.emplace(now + latency, std::move(each.bytes));
        told.clear();
    }
    static void sooner(Instant& due, const UnderWay& wire) {
        if (!wire.empty()) due = std::min(due, wire.begin()->first);
    }
    Instant next_due() const {
        Instant due = daw->next_wake();
        if (!wakes.empty()) due = std::min(due, *wakes.begin());
        sooner(due, to_daw);
        sooner(due, to_us);
        return std::max(due, now);
    }
    void turn() {
        std::vector<sim::Datagram> told;
        daw->advance(now, told);
        take(told);
        while (!to_daw.empty() && to_daw.begin()->first <= now) {
            const auto bytes = std::move(to_daw.extract(to_daw.begin()).mapped());
            daw->receive(now, {0x7F000001, 0}, bytes, told);
            take(told);
        }
        while (!to_us.empty() && to_us.begin()->first <= now)
            hear(std::move(to_us.extract(to_us.begin()).mapped()));
        if (!wakes.empty() && *wakes.begin() <= now) {
            wakes.erase(wakes.begin(), wakes.upper_bound(now));
            surface::Effects effects;
            session.wake(now, effects);
            carry_out(effects);
        }
    }

    bool plugged = true;
    std::multiset<Instant> wakes;
    UnderWay to_daw;
    UnderWay to_us;
};

/// Something a person does in front of the DAW.
void act(sim::BankedHost& daw, Input& input) {
    const std::size_t tracks = daw.engine().strips().size();
    const std::size_t track = tracks == 0 ? 0 : input.byte() % tracks;
    switch (input.byte() % 7) {
        case 0:
            if (tracks < 20) daw.insert_track(track, stem_called("New " + std::to_string(tracks)));
            break;
        case 1:
            if (tracks > 1) daw.remove_track(track);
            break;
        case 2:
            if (tracks > 0) daw.rename(track, "Tr " + std::to_string(input.byte() % 10));
            break;
        case 3:
            if (tracks > 0) daw.move_fader(track, Decibels(input.byte() / 4.0 - 60.0));
            break;
        case 4:
            if (tracks > 0) daw.turn_pan(track, Pan(input.byte() / 128.0 - 1.0));
            break;
        case 5:
            daw.bank_by_hand(input.byte() % 16);
            break;
        default:
            daw.flip();
            break;
    }
}

/// One step of the script.
void step(Conversation& talk, Input& input) {
    const std::uint8_t what = input.byte();
    switch (what % 8) {
        case 0:
            talk.run(std::chrono::milliseconds(what));
            break;
        case 1:
            talk.run(std::chrono::milliseconds(10 * what));
            break;
        case 2:
        case 3:
            talk.command(some_command(input, talk.session.mixer()));
            break;
        case 4:
            act(*talk.daw, input);
            break;
        case 5:
            talk.plug(what % 16 < 8);
            break;
        default:
            talk.hear(input.take(input.byte()));
            break;
    }
    talk.check();
}

/// A cable that was pulled and put in again makes the DAW tell everything.
void recover(Conversation& talk) {
    talk.plug(false);
    talk.run(std::chrono::seconds(1));
    talk.plug(true);
    for (int i = 0; i < 600 && !talk.session.ready(); ++i) talk.run(std::chrono::milliseconds(100));
    require(talk.session.ready());
    const auto& strips = talk.session.mixer().strips;
    const auto listed = std::count_if(strips.begin(), strips.end(), [](const Strip& strip) {
        return strip.name.kind != StripKind::master;
    });
    require(static_cast<std::size_t>(listed) == talk.daw->engine().strips().size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(std::as_bytes(std::span(data, std::min<std::size_t>(size, 160))));
    Conversation talk(input.byte() % 2 == 0);
    talk.run(std::chrono::seconds(input.byte() % 8));
    while (!input.empty()) step(talk, input);
    recover(talk);
    talk.check();
    surface::Effects effects;
    talk.session.close(talk.now, effects);
    require(!talk.session.ready());
    return 0;
}
