#pragma once

#include "cli/commands.hpp"
#include "cli/settings.hpp"

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace kedge::cli {

/// The words of the command line that are about hardware controllers. CLI11 keeps references to the members:
/// it stays where it is.
class ControllerLines {
  public:
    /// Takes a command that does something of this process alone.
    using Add = std::function<CLI::App*(CLI::App& parent, const std::string& name, const std::string& what,
                                        const std::string& example, std::function<int()> own)>;

    ControllerLines(CLI::App& app, const Settings& settings, const Add& add);
    ControllerLines(const ControllerLines&) = delete;
    ControllerLines& operator=(const ControllerLines&) = delete;

  private:
    void add_control(CLI::App& app, const Add& add);
    void add_map(CLI::App& app, const Add& add);

    const Settings& settings_;
    std::vector<std::string> controllers_;
    std::string controller_;
    MapLearnOptions map_learn_;
    std::string osc_;  ///< where apps on tablets are heard
};

}  // namespace kedge::cli
