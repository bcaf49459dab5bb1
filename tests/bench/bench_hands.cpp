// Hands on a controller: how long a move takes from where MIDI hands it over to where its OSC arrives on
// loopback, and how many moves a second are taken. The session was connected to the simulated Ardour; what it
// sends goes to a socket that notes when it came.

#include "bench/ardour_feed.hpp"
#include "cli/controller_profiles.hpp"
#include "engine/controllers.hpp"
#include "engine/engine.hpp"
#include "osc/osc.hpp"
#include "support/shipped_rules.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/post.hpp>

using namespace kedge;
using namespace std::chrono_literals;
using Udp = boost::asio::ip::udp;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int faders = 8;
constexpr Duration pace = 5ms;

control::ControllerMap mackie_map() {
    const std::string path = "controllers/mackie.toml";
    auto profile = cli::read_controller_profile(path, test::shipped_text(path));
    if (!profile) {
        std::cerr << profile.error().message << "\n";
        std::abort();
    }
    return std::move(profile->map);
}

/// The strip and the level that a datagram sets; strip 0 for any other.
std::pair<int, double> gain_in(std::span<const std::byte> bytes) {
    constexpr std::string_view path = "/strip/gain/";
    const auto message = osc::decode_message(bytes);
    if (!message || message->size() != 1 || !message->address().starts_with(path)) return {0, 0.0};
    const auto number = message->address().substr(path.size());
    int strip = 0;
    std::from_chars(number.data(), number.data() + number.size(), strip);
    return {strip, message->number(0).value_or(0.0)};
}

/// A session with a Mackie Control at hand, whose datagrams go to a socket on this machine.
class Hand {
  public:
    Hand()
        : room_(bench::large_song(64)),
          engine_(room_.session()),
          socket_(context_, Udp::endpoint(boost::asio::ip::address_v4::loopback(), 0)),
          sink_(context_, Udp::endpoint(boost::asio::ip::address_v4::loopback(), 0)) {
        engine_.invite(controllers_);
        controllers_.add(mackie_map());
        act([&](engine::Desk& desk) { controllers_.plugged(desk, 0, true); });
        for (int i = 0; i < faders; ++i) midi({0x90, 0x68 + i, 0x7F});
    }
    void midi(std::initializer_list<int> numbers) {
        std::array<std::byte, 3> bytes{};
        std::transform(numbers.begin(), numbers.end(), bytes.begin(),
                       [](int each) { return static_cast<std::byte>(each); });
        act([&](engine::Desk& desk) { controllers_.received(desk, 0, bytes); });
    }
    /// The DAW is still there.
    void beat() {
        surface::Effects out;
        engine_.receive(now(), 0, beat_, out);
        send(out);
    }
    void move(int fader, int place) { midi({0xE0 + fader, (place & 7) << 4, place >> 3}); }
    /// Until nothing waits any more.
    void settle() {
        for (int i = 0; i < 5; ++i) {
            std::this_thread::sleep_for(2 * pace);
            beat();
            surface::Effects out;
            engine_.wake(now(), out);
            send(out);
        }
    }
    [[nodiscard]] Udp::socket& sink() { return sink_; }
    [[nodiscard]] const std::map<int, double>& last_sent() const { return last_sent_; }
    [[nodiscard]] std::uint64_t datagrams() const { return datagrams_; }
    [[nodiscard]] std::uint64_t overtaken() const { return controllers_.counters().overtaken; }
    bool notes = true;

  private:
    [[nodiscard]] Instant now() const {
        return room_.now() + std::chrono::duration_cast<Duration>(Clock::now() - began_);
    }
    void act(const std::function<void(engine::Desk&)>& what) {
        surface::Effects out;
        engine_.act(controllers_, now(), what, out);
        benchmark::DoNotOptimize(controllers_.take_for_devices());
        send(out);
    }
    void send(const surface::Effects& out) {
        for (const auto& effect : out) {
            const auto* bytes = std::get_if<surface::SendBytes>(&effect);
            if (bytes == nullptr) continue;
            socket_.send_to(boost::asio::buffer(bytes->bytes), sink_.local_endpoint());
            ++datagrams_;
            if (!notes) continue;
            if (const auto [strip, level] = gain_in(bytes->bytes); strip > 0) last_sent_[strip] = level;
        }
    }

    bench::ConnectedSession room_;
    engine::Engine engine_;
    engine::Controllers controllers_{[](const MixerState&) { return control::StripRoles(); }, pace};
    const std::vector<std::byte> beat_ = osc::encode("/heartbeat", {1.0F});
    boost::asio::io_context context_;
    Udp::socket socket_;
    Udp::socket sink_;
    Clock::time_point began_ = Clock::now();
    std::map<int, double> last_sent_;
    std::uint64_t datagrams_ = 0;
};

double microseconds(std::vector<Duration>& all, double share) {
    const auto at = all.begin() + static_cast<std::ptrdiff_t>(static_cast<double>(all.size() - 1) * share);
    std::nth_element(all.begin(), at, all.end());
    return std::chrono::duration<double, std::micro>(*at).count();
}

/// A thousand moves a second, as four hands make them: posted by one thread, as MIDI's is, taken by the
/// loop's, and noted on arrival by a third.
void midi_in_to_osc_out(benchmark::State& state) {
    Hand hand;
    hand.notes = false;
    std::array<std::atomic<Clock::rep>, faders + 1> began{};
    std::vector<Duration> took;
    std::thread ear([&] {
        std::array<std::byte, 512> bytes{};
        for (;;) {
            const auto length = hand.sink().receive(boost::asio::buffer(bytes));
            const auto arrived = Clock::now();
            const auto [strip, level] = gain_in(std::span(bytes).first(length));
            if (strip == 0 && length < 4) return;
            if (strip >= 1 && strip <= faders)
                took.push_back(arrived.time_since_epoch() -
                               Clock::duration(began.at(static_cast<std::size_t>(strip)).load()));
        }
    });
    boost::asio::io_context loop{1};
    const auto stays = boost::asio::make_work_guard(loop);
    std::thread hands([&] {
        for (int i = 0; i < 10'000; ++i) {
            std::this_thread::sleep_for(1ms);
            const int fader = i % faders;
            const int place = 300 + (i / faders) % 500;
            boost::asio::post(loop, [&, fader, place, at = Clock::now()] {
                began.at(static_cast<std::size_t>(fader + 1)) = at.time_since_epoch().count();
                hand.move(fader, place);
                if (place % 25 == 0) hand.beat();
            });
        }
        boost::asio::post(loop, [&] { loop.stop(); });
    });
    for (auto _ : state) loop.run();
    hands.join();
    Udp::socket end(loop, Udp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
    end.send_to(boost::asio::buffer("x", 1), hand.sink().local_endpoint());
    ear.join();
    if (took.size() < 5'000)
        return state.SkipWithError(("of 10,000 moves arrived " + std::to_string(took.size())).c_str());
    state.counters["moves"] = static_cast<double>(took.size());
    state.counters["p50_us"] = microseconds(took, 0.5);
    state.counters["p99_us"] = microseconds(took, 0.99);
}

/// As many as are taken, on eight faders at once; the last value of each has to arrive.
void moves_taken(benchmark::State& state) {
    Hand hand;
    std::int64_t moves = 0;
    std::array<int, faders> places{};
    for (auto _ : state) {
        const int fader = static_cast<int>(moves % faders);
        places.at(static_cast<std::size_t>(fader)) = 300 + static_cast<int>(moves / faders % 500);
        hand.move(fader, places.at(static_cast<std::size_t>(fader)));
        if (++moves % 4096 == 0) hand.beat();
    }
    state.SetItemsProcessed(moves);
    state.counters["datagrams"] =
        benchmark::Counter(static_cast<double>(hand.datagrams()), benchmark::Counter::kIsRate);
    hand.settle();
    const FaderScale scale(FaderCurve::ardour);
    for (int i = 0; i < faders && moves > faders; ++i) {
        const double wanted = scale
                                  .level_at(FaderPosition(places.at(static_cast<std::size_t>(i)) * 16 *
                                                          FaderPosition::top / 16'368))
                                  .db();
        if (std::abs(hand.last_sent().at(i + 1) - wanted) > 0.1)
            return state.SkipWithError("a last value was not delivered");
    }
}

BENCHMARK(midi_in_to_osc_out)->Unit(benchmark::kSecond)->Iterations(1)->UseRealTime();
BENCHMARK(moves_taken)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
