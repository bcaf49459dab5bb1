#pragma once

#include "cli/command_line.hpp"
#include "support/catch.hpp"
#include "support/scratch_folder.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include <boost/json.hpp>

/// The kedge command inside of the test's process, with streams and folders of its own.
namespace kedge::test {

/// Fresh folders for settings, state and sockets, as long as this lives.
class OwnFolders {
  public:
    OwnFolders() {
        std::filesystem::create_directories(config() / "kedge");
        setenv("XDG_CONFIG_HOME", config().c_str(), 1);
        setenv("XDG_STATE_HOME", (root() / "state").c_str(), 1);
        setenv("XDG_RUNTIME_DIR", (root() / "run").c_str(), 1);
    }
    [[nodiscard]] std::filesystem::path root() const { return scratch_.path(); }
    [[nodiscard]] std::filesystem::path config() const { return root() / "config"; }
    /// Writes a file below the root and gives its path.
    [[nodiscard]] std::string file(const std::string& name, const std::string& text) const {
        const auto path = root() / name;
        std::ofstream(path, std::ios::binary) << text;
        return path.string();
    }

  private:
    ScratchFolder scratch_;
};

/// What a command left behind.
struct Ran {
    int code = 0;
    std::string out;
    std::string err;
};

/// A stream's buffer, replaced for a while.
class Redirected {
  public:
    Redirected(std::ios& stream, std::streambuf* to) : stream_(stream), was_(stream.rdbuf(to)) {}
    ~Redirected() {
        stream_.clear();
        stream_.rdbuf(was_);
    }
    Redirected(const Redirected&) = delete;
    Redirected& operator=(const Redirected&) = delete;

  private:
    std::ios& stream_;
    std::streambuf* was_;
};

inline Ran kedge_command(std::vector<std::string> words, const std::string& input = {}) {
    words.insert(words.begin(), "kedge");
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    const Redirected from(std::cin, in.rdbuf());
    const Redirected to(std::cout, out.rdbuf());
    const Redirected errors(std::cerr, err.rdbuf());
    const int code = cli::run(static_cast<int>(arguments.size()), arguments.data());
    return {code, out.str(), err.str()};
}

/// The one document a command printed: throws when there is none, more than one, or bytes that are no JSON.
inline boost::json::object the_document(const Ran& ran) {
    REQUIRE(std::count(ran.out.begin(), ran.out.end(), '\n') == 1);
    return boost::json::parse(ran.out).as_object();
}

}  // namespace kedge::test
