#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace kedge::tablet {

/// One message for a tablet.
struct Told {
    std::string address;
    std::variant<float, std::int32_t, std::string> value;
    bool operator==(const Told&) const = default;
};

/// What a tablet is to be told, at the pace at which it goes out: of each address only the newest value, in
/// the order in which they first came to wait. Pure.
class FeedbackQueue {
  public:
    /// No more than these wait; what is too much is dropped, and counted.
    static constexpr std::size_t most_waiting = 4'096;

    void put(Told told);
    /// The first so many.
    [[nodiscard]] std::vector<Told> take(std::size_t most);
    void clear();

    [[nodiscard]] std::uint64_t overtaken() const { return overtaken_; }
    [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

  private:
    std::deque<std::string> order_;
    std::map<std::string, Told> waiting_;
    std::uint64_t overtaken_ = 0;
    std::uint64_t dropped_ = 0;
};

}  // namespace kedge::tablet
