#include "io/end_signals.hpp"

#include <csignal>

namespace kedge::io {

namespace {

bool is_ignored(int number) {
    struct sigaction now {};
    return sigaction(number, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

}  // namespace

void add_end_signals(boost::asio::signal_set& signals) {
    boost::system::error_code ignored;
    signals.add(SIGINT, ignored);
    signals.add(SIGTERM, ignored);
    if (!is_ignored(SIGHUP)) signals.add(SIGHUP, ignored);
    std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace kedge::io
