#pragma once

#include "support/catch.hpp"

#include <cstdio>
#include <string>

#include <unistd.h>

namespace kedge::test {

/// What this process prints to stderr, whoever of it does, while this lives.
class StderrText {
  public:
    StderrText() : before_(dup(STDERR_FILENO)), file_(std::tmpfile()) {
        REQUIRE(before_ >= 0);
        REQUIRE(file_ != nullptr);
        dup2(fileno(file_), STDERR_FILENO);
    }
    ~StderrText() {
        dup2(before_, STDERR_FILENO);
        close(before_);
        std::fclose(file_);
    }
    StderrText(const StderrText&) = delete;
    StderrText& operator=(const StderrText&) = delete;

    [[nodiscard]] std::string text() const {
        std::string all(static_cast<std::size_t>(lseek(fileno(file_), 0, SEEK_END)), ' ');
        REQUIRE(pread(fileno(file_), all.data(), all.size(), 0) == static_cast<ssize_t>(all.size()));
        return all;
    }

  private:
    int before_;
    std::FILE* file_;
};

}  // namespace kedge::test
