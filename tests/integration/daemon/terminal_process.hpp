#pragma once

#include "support/catch.hpp"

#include <array>
#include <csignal>
#include <string>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

namespace kedge::test {

/// A program in a terminal of its own, whose window can be closed; killed when this goes.
class TerminalProcess {
  public:
    TerminalProcess(std::string program, std::vector<std::string> arguments) {
        window_ = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
        REQUIRE(window_ >= 0);
        REQUIRE(grantpt(window_) == 0);
        REQUIRE(unlockpt(window_) == 0);
        std::array<char, 128> name{};
        REQUIRE(ptsname_r(window_, name.data(), name.size()) == 0);
        arguments.insert(arguments.begin(), program);
        std::vector<char*> words;
        for (auto& word : arguments) words.push_back(word.data());
        words.push_back(nullptr);
        posix_spawnattr_t attributes;
        posix_spawnattr_init(&attributes);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, name.data(), O_RDWR, 0);
        posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO);
        const int spawned = posix_spawn(&pid_, program.c_str(), &actions, &attributes, words.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
        REQUIRE(spawned == 0);
    }
    ~TerminalProcess() {
        close_window();
        if (pid_ > 0) {
            kill(pid_, SIGKILL);
            waitpid(pid_, nullptr, 0);
        }
    }
    TerminalProcess(const TerminalProcess&) = delete;
    TerminalProcess& operator=(const TerminalProcess&) = delete;

    /// Reads until the program has written this.
    void read_until(const std::string& wanted) {
        for (char c = 0; seen_.find(wanted) == std::string::npos; seen_ += c) {
            INFO(seen_);
            REQUIRE(read(window_, &c, 1) == 1);
        }
    }
    void type(const std::string& keys) {
        REQUIRE(write(window_, keys.data(), keys.size()) == static_cast<ssize_t>(keys.size()));
    }
    /// Of the terminal, as the program has set them.
    [[nodiscard]] termios settings() const {
        termios now{};
        REQUIRE(tcgetattr(window_, &now) == 0);
        return now;
    }
    void close_window() {
        if (window_ >= 0) close(window_);
        window_ = -1;
    }
    /// Waits for its end: the exit code, or minus the signal that ended it.
    int wait() {
        int status = 0;
        REQUIRE(waitpid(pid_, &status, 0) == pid_);
        pid_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }

  private:
    pid_t pid_ = -1;
    int window_ = -1;
    std::string seen_;
};

}  // namespace kedge::test
