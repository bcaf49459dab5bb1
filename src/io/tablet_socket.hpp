#pragma once

#include "core/result.hpp"
#include "engine/tablets.hpp"
#include "io/daw_address.hpp"
#include "io/daw_loop.hpp"
#include "io/event_loop.hpp"

#include <cstdint>
#include <memory>

namespace kedge::io {

/// The UDP socket that apps on tablets send to, and that they are told from. Bound to the address that was
/// named, and to no other.
class TabletSocket {
  public:
    /// Port 0 takes any free one. An error names the address and why it cannot be had. All of them outlive
    /// the socket; `controllers` are guests of the loop's engine, `tablets` are among them.
    static Result<std::unique_ptr<TabletSocket>> open(const DawAddress& address, engine::Tablets& tablets,
                                                      engine::Controllers& controllers, DawLoop& daw,
                                                      EventLoop& loop);
    ~TabletSocket();

    [[nodiscard]] std::uint16_t port() const;
    /// Messages for a tablet that did not leave.
    [[nodiscard]] std::uint64_t send_failures() const;

  private:
    struct State;
    explicit TabletSocket(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace kedge::io
