#include "io/jack_watch.hpp"

#include "io/kept_for_good.hpp"

#include <atomic>
#include <chrono>
#include <thread>
#include <utility>

#ifdef KEDGE_HAS_JACK
#include <jack/jack.h>
#endif

namespace kedge::io {

#ifdef KEDGE_HAS_JACK

struct JackWatch::State {
    State() = default;
    ~State() {
        if (client != nullptr) jack_client_close(client);
        if (gone) --left_behind;
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    static int count(jack_nframes_t, void* state) {
        ++static_cast<State*>(state)->periods;
        return 0;
    }
    static void note_end(void* state) {
        if (!static_cast<State*>(state)->gone.exchange(true)) ++left_behind;
    }
    void abandon() {
        if (gone.exchange(true)) --left_behind;
    }

    jack_client_t* client = nullptr;
    std::atomic<std::uint64_t> periods = 0;
    std::atomic<bool> gone = false;
    static inline std::atomic<int> left_behind = 0;
};

std::unique_ptr<JackWatch> JackWatch::open(const std::string& client) {
    if (State::left_behind > 0) return nullptr;
    auto state = std::make_unique<State>();
    state->client = jack_client_open(client.c_str(), JackNoStartServer, nullptr);
    if (state->client == nullptr) return nullptr;
    jack_on_shutdown(state->client, State::note_end, state.get());
    if (jack_set_process_callback(state->client, State::count, state.get()) != 0) return nullptr;
    if (jack_activate(state->client) != 0) return nullptr;
    return std::unique_ptr<JackWatch>(new JackWatch(std::move(state)));
}

bool JackWatch::is_there() const {
    return !state_->gone;
}

std::uint64_t JackWatch::periods() const {
    return state_->periods;
}

bool JackWatch::are_connected(const std::string& from, const std::string& to) const {
    const jack_port_t* port = jack_port_by_name(state_->client, from.c_str());
    if (port == nullptr) return false;
    const char** others = jack_port_get_all_connections(state_->client, port);
    if (others == nullptr) return false;
    bool found = false;
    for (const char** other = others; *other != nullptr; ++other) found = found || to == *other;
    jack_free(others);
    return found;
}

#else

struct JackWatch::State {
    void abandon() {}
};

std::unique_ptr<JackWatch> JackWatch::open(const std::string&) {
    return nullptr;
}

bool JackWatch::is_there() const {
    return false;
}

std::uint64_t JackWatch::periods() const {
    return 0;
}

bool JackWatch::are_connected(const std::string&, const std::string&) const {
    return false;
}

#endif

bool JackWatch::sees_two_periods() const {
    constexpr auto a_moment = std::chrono::milliseconds(2);
    constexpr int most_moments = 500;
    const auto before = periods();
    for (int i = 0; i < most_moments && is_there() && periods() < before + 2; ++i)
        std::this_thread::sleep_for(a_moment);
    return is_there() && periods() >= before + 2;
}

void JackWatch::let_others_follow() const {
    constexpr auto a_while = std::chrono::milliseconds(60);  // Ardour with 20 tracks
    if (is_there()) std::this_thread::sleep_for(a_while);
}

void JackWatch::abandon(std::unique_ptr<JackWatch> watch) {
    watch->state_->abandon();
    keep_for_good(std::move(watch));
}

JackWatch::JackWatch(std::unique_ptr<State> state) : state_(std::move(state)) {}
JackWatch::~JackWatch() = default;

}  // namespace kedge::io
