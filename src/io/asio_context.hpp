#pragma once

#include "io/event_loop.hpp"

#include <memory>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

namespace kedge::io {

/// What stands behind an EventLoop; only sources of src/io include this.
struct EventLoop::Context {
    boost::asio::io_context asio{1};
    boost::asio::signal_set signals{asio};
    std::vector<std::unique_ptr<boost::asio::steady_timer>> timers;
};

}  // namespace kedge::io
