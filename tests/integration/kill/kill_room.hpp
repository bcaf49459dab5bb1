#pragma once

#include "core/strip.hpp"
#include "io/udp_simulator.hpp"
#include "sim/simulated_ardour.hpp"
#include "support/scratch_folder.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace kedge::test {

using HeldValues = std::map<std::pair<std::string, Control>, ControlValue>;

/// A simulated DAW on a port of its own, a journal, and processes at work on both that can be killed. Throws
/// std::runtime_error where something is wrong with the test itself.
class KillRoom {
  public:
    explicit KillRoom(int tracks);
    ~KillRoom();
    KillRoom(const KillRoom&) = delete;
    KillRoom& operator=(const KillRoom&) = delete;

    [[nodiscard]] std::uint16_t port() const { return simulator_->port(); }
    [[nodiscard]] std::string journal_path() const { return folder_.file("journal.db"); }
    /// What the DAW itself holds.
    [[nodiscard]] HeldValues truth();
    /// The clients so far are no more: their ports may be others' soon.
    void forget_clients();

  private:
    ScratchFolder folder_;
    sim::SimulatedArdour daw_;
    std::unique_ptr<io::UdpSimulator> simulator_;
    std::thread thread_;
};

/// A kill_subject at work.
class Subject {
  public:
    /// `more`: when it ends itself, if at all.
    Subject(const KillRoom& room, const std::string& what, std::uint32_t number,
            const std::vector<std::string>& more = {});
    ~Subject();
    Subject(const Subject&) = delete;
    Subject& operator=(const Subject&) = delete;

    /// Waits for the next letter that it says; 0 once it says nothing more.
    char hear() const;
    /// True when it did all its work; false when it was killed. Throws when it ended in any other way.
    bool ended_well();

  private:
    pid_t pid_ = 0;
    int said_ = -1;
};

}  // namespace kedge::test
