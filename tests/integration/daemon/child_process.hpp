#pragma once

#include "support/catch.hpp"

#include <cerrno>
#include <csignal>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kedge::test {

/// A program in a process of its own, its stdout and stderr read through pipes; killed when this goes.
class ChildProcess {
  public:
    ChildProcess(std::string program, std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), program);
        std::vector<char*> words;
        for (auto& word : arguments) words.push_back(word.data());
        words.push_back(nullptr);
        int to_out[2];
        int to_err[2];
        REQUIRE(pipe2(to_out, O_CLOEXEC) == 0);
        REQUIRE(pipe2(to_err, O_CLOEXEC) == 0);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, to_out[1], STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, to_err[1], STDERR_FILENO);
        const int spawned = posix_spawn(&pid_, program.c_str(), &actions, nullptr, words.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        close(to_out[1]);
        close(to_err[1]);
        out_ = to_out[0];
        err_ = to_err[0];
        REQUIRE(spawned == 0);
    }
    ~ChildProcess() {
        if (pid_ > 0) {
            kill(pid_, SIGKILL);
            waitpid(pid_, nullptr, 0);
        }
        close(out_);
        close(err_);
    }
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    [[nodiscard]] pid_t pid() const { return pid_; }
    void signal(int number) const { REQUIRE(kill(pid_, number) == 0); }
    /// The next line of stdout; what there is when it ends.
    std::string line() { return read_from(out_, true); }
    /// The same of stderr.
    std::string err_line() { return read_from(err_, true); }
    /// Waits for its end: the exit code, or minus the signal that ended it. What is left on its pipes is in
    /// out and err.
    int wait() {
        out = read_from(out_, false);
        err = read_from(err_, false);
        int status = 0;
        REQUIRE(waitpid(pid_, &status, 0) == pid_);
        pid_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }

    std::string out;
    std::string err;

  private:
    static std::string read_from(int file, bool one_line) {
        std::string text;
        for (char c = 0;;) {
            const auto got = read(file, &c, 1);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0 || (one_line && c == '\n')) return text;
            text += c;
        }
    }

    pid_t pid_ = -1;
    int out_ = -1;
    int err_ = -1;
};

}  // namespace kedge::test
