#include "room.hpp"

#include "support/catch.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kedge::reaper::test {

namespace {

constexpr Duration reaper_tick = std::chrono::milliseconds(33);
constexpr Duration network_thread = std::chrono::milliseconds(8);
constexpr Duration between_reaper_packets = std::chrono::milliseconds(10);
constexpr Duration between_looks = std::chrono::milliseconds(20);
constexpr std::size_t reaper_packet = 1'024;

ReaperSetup setup_of(const std::string& patterns, LevelRange meters) {
    return {PatternFile::read(patterns), Duration{}, meters, Decibels(120.0), "song"};
}

std::vector<std::byte> bundle_up(const std::vector<ScriptedReaper::Bytes>& messages) {
    return messages.size() == 1 ? messages.front() : osc::encode_bundle(messages);
}

}  // namespace

Room::Room(const std::string& patterns, LevelRange meters) : session(setup_of(patterns, meters)) {}

void Room::start() {
    surface::Effects effects;
    session.start(now, effects);
    carry_out(effects);
}

void Room::carry_out(const surface::Effects& effects) {
    for (const auto& effect : effects) {
        if (const auto* event = std::get_if<surface::Event>(&effect)) events.push_back(*event);
        if (const auto* wake = std::get_if<surface::WakeAt>(&effect)) {
            REQUIRE(wake->when >= now);
            at(wake->when, [this] {
                surface::Effects more;
                session.wake(now, more);
                carry_out(more);
            });
        }
        if (const auto* hand = std::get_if<surface::HandOver>(&effect)) {
            REQUIRE((hand->request.empty() || hand->answered_by_file));
            handed_over.push_back(hand->request);
        }
        const auto* bytes = std::get_if<surface::SendBytes>(&effect);
        if (bytes == nullptr) continue;
        REQUIRE(bytes->bytes.size() <= 1'024);
        sent.push_back(bytes->bytes);
        const auto ticks = (now.time_since_epoch() + network_thread) / reaper_tick + 1;
        at(Instant(ticks * reaper_tick), [this, datagram = bytes->bytes] {
            if (deaf) return;
            reaper.hear(datagram);
            deliver();
            call_script(datagram);
        });
    }
}

void Room::stand_still(Duration span) {
    now += span;
    surface::Effects effects;
    session.wake(now, effects);
    carry_out(effects);
}

void Room::answer(const std::string& text) {
    surface::Effects effects;
    session.answered(now, text, effects);
    carry_out(effects);
}

void Room::call_script(std::span<const std::byte> datagram) {
    for (const auto& message : osc::decode(datagram).messages) {
        if (message.address() != "/action/str") continue;
        ++script_calls;
        const auto told = script && !handed_over.empty() ? script(handed_over.back()) : std::nullopt;
        if (told) at(now + between_looks, [this, text = *told] { answer(text); });
    }
}

void Room::deliver() {
    std::vector<ScriptedReaper::Bytes> packet;
    std::size_t size = 16;
    const auto leave = [&] {
        if (packet.empty()) return;
        wire_free_ = std::max(wire_free_, now + network_thread) + between_reaper_packets;
        if (!loses(++packets_in)) {
            at(wire_free_, [this, bytes = bundle_up(packet)] {
                surface::Effects effects;
                session.receive(now, bytes, effects);
                carry_out(effects);
            });
        }
        packet.clear();
        size = 16;
    };
    for (auto& message : reaper.take()) {
        if (size + 4 + message.size() > reaper_packet) leave();
        size += 4 + message.size();
        packet.push_back(std::move(message));
    }
    leave();
}

void Room::reaper_does(const std::function<void()>& what) {
    what();
    if (deaf) {
        (void)reaper.take();
    } else {
        deliver();
    }
}

void Room::run(Duration span) {
    const Instant end = now + span;
    while (!agenda_.empty() && agenda_.begin()->first <= end) {
        auto next = agenda_.extract(agenda_.begin());
        now = std::max(now, next.key());
        next.mapped()();
    }
    now = end;
}

bool Room::run_until_ready(Duration at_most) {
    const Instant end = now + at_most;
    while (!session.ready() && now < end) run(std::chrono::milliseconds(10));
    return session.ready();
}

Result<void> Room::command(const surface::Command& command) {
    surface::Effects effects;
    auto done = session.command(now, command, effects);
    if (!done) REQUIRE(effects.empty());
    carry_out(effects);
    return done;
}

void Room::close() {
    surface::Effects effects;
    session.close(now, effects);
    carry_out(effects);
}

const Strip& Room::strip(const std::string& name) const {
    const auto& strips = session.mixer().strips;
    const auto found =
        std::find_if(strips.begin(), strips.end(), [&](const Strip& each) { return each.name.name == name; });
    REQUIRE(found != strips.end());
    return *found;
}

StripId Room::id(const std::string& name) const {
    return strip(name).id;
}

std::vector<std::string> Room::names() const {
    std::vector<std::string> names;
    for (const Strip& each : session.mixer().strips) names.push_back(each.name.name);
    return names;
}

std::vector<std::string> Room::sent_addresses() const {
    std::vector<std::string> addresses;
    for (const auto& bytes : sent)
        for (const auto& message : osc::decode(bytes).messages) addresses.emplace_back(message.address());
    return addresses;
}

std::vector<ScriptedTrack> named_tracks(int count) {
    std::vector<ScriptedTrack> tracks;
    for (int i = 1; i <= count; ++i) tracks.push_back({fmt::format("Part {}", i), -0.25 * i});
    return tracks;
}

}  // namespace kedge::reaper::test
