#pragma once

#include "core/decibels.hpp"
#include "osc/osc.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::test {

using Bytes = std::vector<std::byte>;

/// One strip of a scripted Ardour, in the words of the wire.
struct ScriptedStrip {
    std::string type = "AT";
    std::string name;
    int inputs = 1;
    int outputs = 2;
    std::string group = " ";
    bool hidden = false;
    bool muted = false;
    bool soloed = false;
    double gain_db = -6.0;  ///< -200 for minus infinity
    double trim_db = 0.0;
    double pan = 0.5;  ///< 0 = right
    int gain_automation = 0;
    bool touched = false;  ///< its fader

    [[nodiscard]] bool is_vca() const { return type == "V"; }
    [[nodiscard]] bool has_trim() const { return !is_vca() && outputs > 0; }
    [[nodiscard]] bool has_pan() const { return !is_vca() && outputs >= 2; }
};

[[nodiscard]] ScriptedStrip track(std::string name);
[[nodiscard]] ScriptedStrip strip_of_type(std::string type, std::string name, int inputs, int outputs);

/// The answer of a real Ardour to a question for a level: a fast logarithm, up to 0.1 dB off at -20 dB.
[[nodiscard]] float fast_logarithm(double db);

/// The side of Ardour that an ArdourSession meets, with nothing behind it: what it sends when, and which of
/// its datagrams never arrive. A test changes its strips and lets it speak.
class ScriptedArdour {
  public:
    std::vector<ScriptedStrip> strips;
    std::string session_name = "Session";
    std::int64_t rate = 48'000;
    std::int64_t end_samples = 48'000 * 180;
    bool dead = false;
    bool rolling = false;
    /// Datagrams that are lost on the way: from it, and to it.
    std::function<bool(const osc::Message&)> loses = [](const osc::Message&) { return false; };
    std::function<bool(const osc::Message&)> never_hears = [](const osc::Message&) { return false; };

    /// What it sends when these bytes come in.
    [[nodiscard]] std::vector<Bytes> answer(const Bytes& datagram);
    /// What it sends of its own accord.
    [[nodiscard]] std::vector<Bytes> heartbeat();
    /// Everything under the new numbers, and only then the word that the numbers are new.
    [[nodiscard]] std::vector<Bytes> strips_changed() const;
    [[nodiscard]] std::vector<Bytes> rename(std::size_t index, const std::string& name);
    /// Restarted: nobody asked it for feedback yet.
    void forget_us() {
        types_ = default_types;
        feedback_ = 0;
    }

    [[nodiscard]] std::int32_t feedback() const { return feedback_; }

  private:
    void list(std::vector<Bytes>& out) const;
    void burst(std::vector<Bytes>& out) const;
    void burst_of(std::int32_t ssid, std::vector<Bytes>& out) const;
    void globals(std::vector<Bytes>& out) const;
    void strip_message(const osc::Message& message, std::vector<Bytes>& out);
    void fader_deed(std::string_view deed, const osc::Message& message, std::vector<Bytes>& out);
    void set(std::int32_t ssid, std::string_view word, const osc::Message& message, std::vector<Bytes>& out);
    [[nodiscard]] std::vector<Bytes> without_the_lost(std::vector<Bytes> datagrams) const;

    static constexpr std::int32_t default_types = 31;
    std::int32_t types_ = default_types;
    std::int32_t feedback_ = 0;
    bool beat_ = false;
};

}  // namespace kedge::test
