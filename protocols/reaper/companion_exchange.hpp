#pragma once

#include "core/time.hpp"
#include "reaper/companion_words.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kedge::reaper {

/// For a person, where there is no script that answers as it should.
inline constexpr const char* how_to_install_script = "Run 'kedge --surface reaper doctor --install-reaper'.";

/// How the companion script is called.
struct CompanionSetup {
    std::string command;  ///< REAPER's name of it: "_RS7d3c…"
    bool operator==(const CompanionSetup&) const = default;
};

/// One request at a time to the companion script inside REAPER, and what came back: late, doubled, of another
/// request, or none of its answers. What is not answered is to be laid down again under its id, and in the
/// end given up. A state machine without clock; loop thread only.
class CompanionExchange {
  public:
    enum class Asked { identity, strips, faders, write };
    enum class Due { nothing, call, gave_up };
    enum class Heard {
        nothing_of_ours,
        garbled,  ///< none of the script's, or not what was asked for: the request stays under way
        answered,
    };
    struct Patience {
        Duration each{};  ///< after a call
        int calls = 1;
    };

    /// Nothing may be under way (asserted). The first call is due at once, or a little after the call before.
    void ask_identity(Instant now, Patience patience);
    void ask_strips(Instant now, const ProjectKey& project, Patience patience);
    void read(Instant now, const ProjectKey& project, const std::vector<TrackGuid>& tracks);
    void write(Instant now, const ProjectKey& project, std::string_view undo_name,
               const std::vector<GuidLine>& lines);
    [[nodiscard]] bool busy() const { return request_.has_value(); }
    /// Of the request under way.
    [[nodiscard]] Asked asked() const { return request_->asked; }
    [[nodiscard]] const std::string& text() const { return request_->text; }

    /// What was found in the file of answers. With `answered` nothing is under way any more, and `answer`
    /// holds what the script said: a refusal, or what was asked for, of exactly the tracks that were named,
    /// in their order.
    [[nodiscard]] Heard hear(std::string_view text, CompanionAnswer& answer);
    /// When wake() is to be asked.
    [[nodiscard]] std::optional<Instant> due() const;
    /// What is to be done now. After gave_up nothing is under way any more.
    [[nodiscard]] Due wake(Instant now);
    /// Whether an answer came since the last request that was none.
    [[nodiscard]] bool garbled() const { return garbled_; }
    /// Nothing is under way any more.
    void forget() { request_.reset(); }

  private:
    struct Request {
        RequestId id;
        Asked asked = Asked::identity;
        std::string text;
        std::vector<TrackGuid> tracks;
        Patience patience;
        Instant due{};
        int calls = 0;
    };

    [[nodiscard]] RequestId next_id(Instant now);
    void begin(Instant now, Request request);
    [[nodiscard]] bool fits(const CompanionAnswer& answer) const;

    std::optional<Request> request_;
    std::uint64_t requests_ = 0;
    std::optional<Instant> last_call_;
    bool garbled_ = false;
};

}  // namespace kedge::reaper
