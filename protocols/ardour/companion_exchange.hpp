#pragma once

#include "ardour/companion_words.hpp"
#include "core/time.hpp"
#include "surface/surface.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kedge::ardour {

/// How the companion script is called.
struct CompanionSetup {
    std::string action;  ///< Ardour's name of it: "LuaAction/script-13"
    bool operator==(const CompanionSetup&) const = default;
};

/// One request at a time to the companion script, and what came back: parts in any order, doubles, answers to
/// other requests. An unanswered request is to be handed over again under its number, and in the end given
/// up.
class CompanionExchange {
  public:
    enum class Due { nothing, call_again, gave_up };

    /// Nothing may be under way (asserted). `ids` and `names` go together.
    void read(Instant now, std::string_view session, SampleRate rate, std::vector<StripId> ids,
              const std::vector<std::string>& names);
    void write(Instant now, std::string_view session, SampleRate rate, std::string_view undo_name,
               const std::vector<NamedLine>& lines);
    [[nodiscard]] bool busy() const { return request_.has_value(); }
    /// The request under way, as text.
    [[nodiscard]] const std::string& text() const { return request_->text; }

    /// An answer. Events are appended when the request is answered whole; false for an answer that belongs
    /// to none.
    bool hear(Instant now, const CompanionAnswer& answer, std::vector<surface::Event>& out);
    /// When wake() is to be asked.
    [[nodiscard]] std::optional<Instant> due() const;
    /// What is to be done now. After gave_up nothing is under way any more.
    [[nodiscard]] Due wake(Instant now);
    /// Nothing is under way any more.
    void forget() { request_.reset(); }

  private:
    struct Part {
        std::optional<FaderAnswer> fader;
        std::map<std::size_t, LinePoint> points;  ///< by place within the line
        [[nodiscard]] bool whole() const;
        [[nodiscard]] bool in_order() const;
        [[nodiscard]] std::vector<LinePoint> in_steps(SampleRate rate) const;
    };
    struct Request {
        RequestNumber number;
        std::string text;
        bool writes = false;
        std::size_t strips = 0;
        std::vector<StripId> ids;  ///< of a reading
        SampleRate rate{};
        std::vector<Part> parts;
        bool done_said = false;
        Instant since{};  ///< handed over, or an answer heard, last
        Duration patience{};
        int times = 1;
    };

    [[nodiscard]] RequestNumber next_number(Instant now);
    bool take(const FaderAnswer& answer);
    bool take(const PointsAnswer& answer);
    void finish_if_whole(std::vector<surface::Event>& out);

    std::optional<Request> request_;
    std::int32_t last_number_ = 0;
};

}  // namespace kedge::ardour
