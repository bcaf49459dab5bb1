#include "unit/ardour/conversation.hpp"

#include "support/catch.hpp"

#include <iterator>

namespace kedge::test {

namespace {
constexpr Duration heartbeat_period = std::chrono::milliseconds(1'050);
}

Conversation::Conversation(std::vector<ScriptedStrip> strips) {
    ardour.strips = std::move(strips);
}

void Conversation::start() {
    surface::Effects effects;
    session.start(now, effects);
    carry(effects);
}

void Conversation::carry(surface::Effects& effects) {
    std::size_t sent_now = 0;
    for (auto& effect : effects) {
        if (const auto* wake = std::get_if<surface::WakeAt>(&effect)) {
            wakes_.insert(std::max(wake->when, now));
            ++wakes_asked;
        } else if (auto* bytes = std::get_if<surface::SendBytes>(&effect)) {
            for (auto& answer : ardour.answer(bytes->bytes)) on_the_way_.emplace(now + latency, answer);
            sent.push_back(std::move(bytes->bytes));
            ++sent_now;
        } else if (auto* request = std::get_if<surface::HandOver>(&effect)) {
            handed_over.push_back(std::move(request->request));
        } else {
            events.push_back(std::move(std::get<surface::Event>(effect)));
        }
    }
    most_sent_at_once = std::max(most_sent_at_once, sent_now);
    effects.clear();
}

/// To the next thing that is due, or to the limit.
void Conversation::step(Instant limit) {
    Instant next = std::min(limit, next_beat_);
    if (!wakes_.empty()) next = std::min(next, *wakes_.begin());
    if (!on_the_way_.empty()) next = std::min(next, on_the_way_.begin()->first);
    now = std::max(now, next);

    if (next_beat_ <= now) {
        next_beat_ += heartbeat_period;
        hear(ardour.heartbeat());
    }
    while (!on_the_way_.empty() && on_the_way_.begin()->first <= now)
        hear(on_the_way_.extract(on_the_way_.begin()).mapped());
    if (!wakes_.empty() && *wakes_.begin() <= now) {
        wakes_.erase(wakes_.begin(), wakes_.upper_bound(now));
        surface::Effects effects;
        session.wake(now, effects);
        carry(effects);
    }
}

void Conversation::run_for(Duration span) {
    const Instant limit = now + span;
    while (now < limit) step(limit);
}

bool Conversation::run_until_ready(Duration span) {
    const Instant limit = now + span;
    while (now < limit && !session.ready()) step(limit);
    return session.ready();
}

void Conversation::connect() {
    start();
    REQUIRE(run_until_ready());
    forget_the_past();
}

void Conversation::hear(const Bytes& datagram) {
    surface::Effects effects;
    session.receive(now, datagram, effects);
    carry(effects);
}

void Conversation::hear(const std::vector<Bytes>& datagrams) {
    for (const auto& datagram : datagrams) hear(datagram);
}

Result<void> Conversation::command(const surface::Command& command) {
    surface::Effects effects;
    auto done = session.command(now, command, effects);
    carry(effects);
    return done;
}

void Conversation::close() {
    surface::Effects effects;
    session.close(now, effects);
    carry(effects);
}

void Conversation::forget_the_past() {
    events.clear();
    sent.clear();
    handed_over.clear();
    most_sent_at_once = 0;
    wakes_asked = 0;
}

const Strip& Conversation::strip(std::string_view name) const {
    const auto& strips = session.mixer().strips;
    const auto found =
        std::find_if(strips.begin(), strips.end(), [&](const Strip& each) { return each.name.name == name; });
    INFO("strip " << name);
    REQUIRE(found != strips.end());
    return *found;
}

std::vector<std::string> Conversation::names() const {
    std::vector<std::string> names;
    for (const auto& each : session.mixer().strips) names.push_back(each.name.name);
    return names;
}

std::size_t Conversation::sent_to(std::string_view address) const {
    return static_cast<std::size_t>(std::count_if(sent.begin(), sent.end(), [&](const Bytes& bytes) {
        return plainly(osc::decode_message(bytes)->address()) == address;
    }));
}

std::string plainly(std::string_view address) {
    const auto number = address.rfind('/') + 1;
    const auto digits = address.substr(number);
    if (digits.find_first_not_of("0123456789") != std::string_view::npos) return std::string(address);
    const auto zeros = std::min(digits.find_first_not_of('0'), digits.size());
    return std::string(address.substr(0, number)) + std::string(digits.substr(zeros));
}

std::string strip_path(std::string_view word, int ssid) {
    return "/strip/" + std::string(word) + "/" + std::to_string(ssid);
}

std::vector<ScriptedStrip> small_mixer() {
    return {track("Kick"), track("Bass"), track("Vox"), strip_of_type("MA", "Master", 2, 2)};
}

std::vector<ScriptedStrip> mixer_of(int strips) {
    std::vector<ScriptedStrip> all;
    for (int i = 1; i < strips; ++i) all.push_back(track("T" + std::to_string(i)));
    all.push_back(strip_of_type("MA", "Master", 2, 2));
    return all;
}

}  // namespace kedge::test
