#pragma once

#include "io/jack_watch.hpp"
#include "io/midi_quiet.hpp"
#include "support/catch.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <string>
#include <thread>

#include <fcntl.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kedge::test {

/// A jackd with the dummy driver under a name of its own, which this process's clients find by
/// JACK_DEFAULT_SERVER; ended with this.
class JackServer {
  public:
    JackServer() {
        static int servers = 0;
        // Such names are also given up again by the suite on Ardour, when this process was killed.
        name_ = "kedge" + std::to_string(getpid()) + "x" + std::to_string(++servers);
        setenv("JACK_DEFAULT_SERVER", name_.c_str(), 1);
        setenv("JACK_NO_AUDIO_RESERVATION", "1", 1);
        io::quiet_midi_libraries();
        start();
    }
    ~JackServer() { end(SIGTERM); }
    JackServer(const JackServer&) = delete;
    JackServer& operator=(const JackServer&) = delete;

    /// A machine that is busy may keep a server from its turn: several tries.
    void start() {
        for (int tries = 0; tries < 5; ++tries) {
            launch();
            if (answers_soon()) return;
            end(SIGTERM);
        }
        FAIL("jackd does not start: is Debian's package jackd2 installed? Try `jackd -d dummy`.");
    }
    void end(int with_signal) {
        if (pid_ < 0) return;
        kill(pid_, SIGCONT);
        kill(pid_, with_signal);
        if (!ends_within(std::chrono::seconds(5))) {
            kill(pid_, SIGKILL);
            waitpid(pid_, nullptr, 0);
        }
        pid_ = -1;
    }
    void signal(int number) const { REQUIRE(kill(pid_, number) == 0); }

  private:
    void launch() {
        pid_ = fork();
        REQUIRE(pid_ >= 0);
        if (pid_ > 0) return;
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        const int nowhere = open("/dev/null", O_RDWR);
        for (const int each : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(nowhere, each);
        execlp("jackd", "jackd", "-n", name_.c_str(), "-r", "--no-mlock", "-S", "-t", "10000", "-d", "dummy",
               "-r", "48000", "-p", "512", nullptr);
        _exit(127);
    }
    bool ends_within(std::chrono::milliseconds span) {
        const auto until = std::chrono::steady_clock::now() + span;
        while (waitpid(pid_, nullptr, WNOHANG) == 0) {
            if (std::chrono::steady_clock::now() > until) return false;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return true;
    }
    /// It answers, and time passes in it.
    bool answers_soon() {
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(8);
        while (std::chrono::steady_clock::now() < until) {
            if (ends_within(std::chrono::milliseconds(100))) {
                pid_ = -1;
                return false;
            }
            const auto watch = io::JackWatch::open("kedge-test");
            if (!watch) continue;
            for (int i = 0; i < 100 && watch->periods() < 3; ++i)
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
            if (watch->periods() >= 3) return true;
        }
        return false;
    }

    std::string name_;
    pid_t pid_ = -1;
};

}  // namespace kedge::test
