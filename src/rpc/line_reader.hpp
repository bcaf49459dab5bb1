#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::rpc {

/// No request is longer, in bytes, its line's end left out.
inline constexpr std::size_t longest_request = std::size_t{1} << 20U;

/// Cuts a stream of bytes into lines. Holds at most `longest` bytes of an unfinished line.
class LineReader {
  public:
    explicit LineReader(std::size_t longest = longest_request) : longest_(longest) {}

    /// Takes bytes away from the front of `bytes` until they complete a line, and gives that without its end
    /// (LF or CR LF); empty lines are passed over. nullopt once all are taken and no line is complete, or
    /// when a line is longer than allowed: nothing after it is read any more.
    std::optional<std::string> next(std::string_view& bytes);
    /// Appends every line that these bytes complete to `lines`. False once a line is longer than allowed.
    bool feed(std::string_view bytes, std::vector<std::string>& lines);

    [[nodiscard]] bool overflowed() const { return overflowed_; }
    /// Bytes of a line that has not ended yet.
    [[nodiscard]] std::size_t pending() const { return begun_.size(); }

  private:
    std::size_t longest_;
    std::string begun_;
    bool overflowed_ = false;
};

}  // namespace kedge::rpc
