#pragma once

#include "io/daw_address.hpp"
#include "io/daw_wire.hpp"
#include "io/event_loop.hpp"

#include <memory>

namespace kedge::io {

/// One UDP socket. It is bound to loopback when the DAW is on this machine, and to any address only when the
/// user named another host.
class UdpWire : public DawWire {
  public:
    /// An error names the address and why it cannot be used. `loop` outlives the wire.
    static Result<std::unique_ptr<UdpWire>> open(const DawAddress& address, EventLoop& loop);
    ~UdpWire() override;

    void listen(Ears ears) override;
    void catch_up() override;
    bool send(std::size_t port, std::span<const std::byte> bytes) override;
    [[nodiscard]] std::string name() const override;
    [[nodiscard]] std::string what_to_check() const override;
    [[nodiscard]] std::uint16_t local_port() const override;
    [[nodiscard]] std::uint64_t from_strangers() const override;

  private:
    struct State;
    explicit UdpWire(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace kedge::io
