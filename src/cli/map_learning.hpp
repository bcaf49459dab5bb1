#pragma once

#include "cli/controller_profiles.hpp"
#include "control/control_recognition.hpp"
#include "core/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::cli {

/// A map of a controller as it is learned: moves are heard, targets are named. Pure.
class MapLearning {
  public:
    /// On top of an existing profile, or from nothing: then the device has this name and the port's.
    explicit MapLearning(ControllerProfile begun) : profile_(std::move(begun)) {}
    [[nodiscard]] static ControllerProfile nothing_yet(const std::string& port);

    /// What is now recognised, where that is other than before; empty for nothing new.
    [[nodiscard]] std::string hear(const midi::Message& message);
    /// A target, or "NAME = TARGET", for what was moved since the last one. The words say what became of it,
    /// and each conflict. An error leaves everything as it was.
    [[nodiscard]] Result<std::string> name_target(std::string_view line);
    /// What was moved is of no interest.
    void skip() { recognition_.forget(); }

    [[nodiscard]] const ControllerProfile& profile() const { return profile_; }
    [[nodiscard]] std::size_t learned() const { return learned_; }

  private:
    [[nodiscard]] std::string known_as(const control::ControlSource& source) const;
    [[nodiscard]] std::string free_name(const control::ControlMake& make) const;

    ControllerProfile profile_;
    control::ControlRecognition recognition_;
    std::string last_said_;
    std::size_t learned_ = 0;
};

}  // namespace kedge::cli
