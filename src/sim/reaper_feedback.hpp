#pragma once

#include "reaper/pattern_file.hpp"
#include "sim/reaper_outbox.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

namespace kedge::sim {

/// A value in the forms that REAPER has of it. A pattern takes the one its flag asks for, and is silent when
/// there is none.
struct ReaperValue {
    std::optional<double> raw{};         ///< f
    std::optional<double> normalized{};  ///< n, b, t
    std::optional<std::string> text{};   ///< s
};

/// Says values at the addresses of the pattern file, and only what changed at each of them.
class ReaperFeedback {
  public:
    /// Both outlive it.
    ReaperFeedback(const reaper::PatternFile& file, ReaperOutbox& outbox);

    /// True when the file has a pattern for it.
    [[nodiscard]] bool has(std::string_view key) const { return patterns_.contains(key); }
    /// At all patterns of the key with exactly so many wildcards, in the order of the file.
    void say(std::string_view key, std::span<const int> numbers, const ReaperValue& value);

    /// A message is being processed: what was said at its address is forgotten, and until done() the address
    /// is silent for patterns of this flag, but for b and t.
    void processing(std::string_view address, reaper::Flag flag);
    void done() { processed_.clear(); }
    void forget_all() { said_.clear(); }
    /// What was said as a text at these addresses. REAPER means to forget the numbers too, and does not.
    void forget_texts(std::string_view key, std::span<const int> numbers);

  private:
    using Argument = std::variant<float, std::string>;
    [[nodiscard]] static std::optional<Argument> form_of(reaper::Flag flag, const ReaperValue& value);
    [[nodiscard]] bool is_echo(const std::string& address, reaper::Flag flag) const;

    ReaperOutbox* outbox_;
    std::unordered_map<std::string_view, const std::vector<reaper::Pattern>*> patterns_;
    /// By address; nullopt after something was received there.
    std::unordered_map<std::string, std::optional<Argument>> said_;
    std::string processed_;
    reaper::Flag processed_flag_ = reaper::Flag::raw;
};

}  // namespace kedge::sim
