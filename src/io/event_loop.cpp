#include "io/event_loop.hpp"

#include "io/asio_context.hpp"
#include "io/end_signals.hpp"

#include <utility>

#include <boost/asio/post.hpp>

namespace kedge::io {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr Duration longest_turn = std::chrono::milliseconds(20);

void await_end_signal(asio::signal_set& signals, std::function<void()> what) {
    signals.async_wait([&signals, what = std::move(what)](error_code problem, int) {
        if (problem) return;
        what();
        await_end_signal(signals, what);
    });
}

void await_tick(asio::steady_timer& timer, Duration period, std::function<void()> what) {
    timer.expires_after(std::chrono::duration_cast<asio::steady_timer::duration>(period));
    timer.async_wait([&timer, period, what = std::move(what)](error_code problem) {
        if (problem) return;
        what();
        await_tick(timer, period, what);
    });
}

}  // namespace

EventLoop::EventLoop() : context_(std::make_unique<Context>()) {}
EventLoop::~EventLoop() = default;

void EventLoop::run_one_for(Duration span) {
    if (context_->asio.stopped()) context_->asio.restart();  // it had nothing to wait for
    context_->asio.run_one_for(span);
}

bool EventLoop::run_until(const std::function<bool()>& done, Duration span) {
    const auto until = asio::steady_timer::clock_type::now() + span;
    while (!done() && asio::steady_timer::clock_type::now() < until) run_one_for(longest_turn);
    return done();
}

void EventLoop::on_end_signal(std::function<void()> what) {
    add_end_signals(context_->signals);
    await_end_signal(context_->signals, std::move(what));
}

void EventLoop::post(std::function<void()> what) {
    asio::post(context_->asio, std::move(what));
}

void EventLoop::every(Duration period, std::function<void()> what) {
    context_->timers.push_back(std::make_unique<asio::steady_timer>(context_->asio));
    await_tick(*context_->timers.back(), period, std::move(what));
}

}  // namespace kedge::io
