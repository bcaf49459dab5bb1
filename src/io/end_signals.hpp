#pragma once

#include <boost/asio/signal_set.hpp>

namespace kedge::io {

/// Adds what asks the process to end: Ctrl-C, SIGTERM, and SIGHUP, the end of its terminal. A process that
/// was started to outlive its terminal (nohup) stays deaf to SIGHUP. From now on a reader of stdout or stderr
/// that is gone does not end the process either: what is under way is brought to its end first.
void add_end_signals(boost::asio::signal_set& signals);

}  // namespace kedge::io
