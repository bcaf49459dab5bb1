#include "io/terminal_keys.hpp"

#include "io/asio_context.hpp"

#include <array>
#include <cerrno>
#include <utility>

#include <boost/asio/posix/stream_descriptor.hpp>
#include <termios.h>
#include <unistd.h>

namespace kedge::io {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

/// Whoever changes the settings of a terminal that is another's is stopped for it.
bool terminal_is_ours() {
    return isatty(STDIN_FILENO) != 0 && tcgetpgrp(STDIN_FILENO) == getpgrp();
}

}  // namespace

struct TerminalKeys::State {
    State(EventLoop& loop, std::function<void()> what) : keys(loop.context().asio), on_key(std::move(what)) {}

    void await_key() {
        // Waited for and then read: a descriptor that never blocks would not block for the shell either.
        keys.async_wait(asio::posix::stream_descriptor::wait_read, [this](error_code problem) {
            std::array<char, 64> typed{};
            if (problem) return;
            const auto got = ::read(keys.native_handle(), typed.data(), typed.size());
            if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN)) return;
            if (got > 0) on_key();
            await_key();
        });
    }

    asio::posix::stream_descriptor keys;
    std::function<void()> on_key;
    termios as_it_was{};
};

std::unique_ptr<TerminalKeys> TerminalKeys::open(EventLoop& loop, std::function<void()> on_key) {
    auto state = std::make_unique<State>(loop, std::move(on_key));
    if (!terminal_is_ours() || tcgetattr(STDIN_FILENO, &state->as_it_was) != 0) return nullptr;
    error_code problem;
    state->keys.assign(dup(STDIN_FILENO), problem);
    if (problem) return nullptr;
    termios key_by_key = state->as_it_was;
    key_by_key.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    key_by_key.c_cc[VMIN] = 1;
    key_by_key.c_cc[VTIME] = 0;
    key_by_key.c_cc[VSUSP] = _POSIX_VDISABLE;
    key_by_key.c_cc[VQUIT] = _POSIX_VDISABLE;
    if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &key_by_key) != 0) return nullptr;
    state->await_key();
    return std::unique_ptr<TerminalKeys>(new TerminalKeys(std::move(state)));
}

TerminalKeys::TerminalKeys(std::unique_ptr<State> state) : state_(std::move(state)) {}

TerminalKeys::~TerminalKeys() {
    if (terminal_is_ours()) tcsetattr(STDIN_FILENO, TCSAFLUSH, &state_->as_it_was);
}

}  // namespace kedge::io
