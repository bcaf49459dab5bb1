#include "sim/reaper_request.hpp"

#include "sim/request_fields.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include <fmt/format.h>

namespace kedge::sim {

namespace {

using Problem = std::optional<std::string>;

constexpr std::array<std::string_view, 6> reaper_modes = {"trim",  "read",  "touch",
                                                          "write", "latch", "latch-preview"};
constexpr double longest_song = 1e7;
constexpr double loudest = 100.0;

/// Takes the fields of a line one after the other; the first that is none of what it should be spoils it.
class FieldTaker {
  public:
    explicit FieldTaker(const Fields& fields) : fields_(&fields) {}
    std::string_view text() { return field(*fields_, next_++); }
    double number(double from, double to) {
        const auto word = text();
        const auto value = number_of<double>(word);
        if (value && *value >= from && *value <= to) return *value;
        if (!problem_) problem_ = fmt::format("has the number '{}'", word);
        return from;
    }
    int whole(int from, int to) { return static_cast<int>(number(from, to)); }
    bool flag() { return whole(0, 1) != 0; }
    std::optional<double> perhaps(double from, double to) {
        if (field(*fields_, next_) != "-") return number(from, to);
        ++next_;
        return std::nullopt;
    }
    [[nodiscard]] const Problem& problem() const { return problem_; }

  private:
    const Fields* fields_;
    std::size_t next_ = 1;
    Problem problem_;
};

Problem take_fader(const Fields& fields, ReaperRequest& request, std::size_t& points) {
    FieldTaker take(fields);
    ReaperFader fader;
    fader.guid = plain(take.text());
    fader.mode = take.text();
    fader.rest = Gain(take.number(0.0, loudest));
    fader.exists = take.flag();
    ReaperEnvelope& envelope = fader.envelope;
    envelope.active = take.flag();
    envelope.visible = take.flag();
    envelope.armed = take.flag();
    envelope.scaling = static_cast<int>(take.perhaps(0.0, 1.0).value_or(0.0));
    (void)take.text();
    points = static_cast<std::size_t>(take.number(0.0, longest_song));
    if (std::find(reaper_modes.begin(), reaper_modes.end(), fader.mode) == reaper_modes.end())
        return fmt::format("has the mode '{}'", fader.mode);
    if (!fader.exists && (envelope != ReaperEnvelope{} || points > 0))
        return "says what an envelope is that is to be none";
    request.faders.push_back(std::move(fader));
    return take.problem();
}

Problem take_point(const Fields& fields, ReaperRequest& request) {
    if (request.faders.empty()) return "has a point of no fader";
    auto& points = request.faders.back().envelope.points;
    FieldTaker take(fields);
    ReaperPoint point;
    point.at = take.number(points.empty() ? 0.0 : points.back().at, longest_song);
    point.gain = Gain(take.number(0.0, loudest));
    point.shape = take.whole(0, 5);
    point.tension = take.number(-1.0, 1.0);
    point.selected = take.flag();
    point.raw = take.perhaps(-1e6, 1e6).value_or(point.gain.ratio());
    points.push_back(point);
    return take.problem();
}

/// How many fields a line of this word has; 0 for a word that nobody knows.
std::size_t fields_for(std::string_view word) {
    if (word == "identity" || word == "strips" || word == "read" || word == "end") return 1;
    if (word == "write" || word == "track") return 2;
    if (word == "project") return 3;
    if (word == "point") return 7;
    return word == "fader" ? 11 : 0;
}

/// The lines behind the head.
class ReaperLines {
  public:
    explicit ReaperLines(ReaperRequest& request) : request_(&request) {}

    Problem take(const Fields& fields) {
        const auto word = field(fields, 0);
        if (fields.size() != fields_for(word)) return fmt::format("has the word '{}'", word);
        if (ended_) return "comes after the end";
        if (word == "point") {
            if (points_ == 0) return "has a point too many";
            --points_;
            return take_point(fields, *request_);
        }
        if (points_ > 0) return "comes before all points of a fader";
        if (word == "fader") return take_fader(fields, *request_, points_);
        if (word == "end") {
            ended_ = true;
        } else if (word == "project") {
            request_->project = plain(field(fields, 1));
            request_->path = plain(field(fields, 2));
        } else if (word == "track") {
            request_->tracks.push_back(plain(field(fields, 1)));
        } else {
            if (!request_->verb.empty()) return "asks for a second thing";
            request_->verb = word;
            request_->undo_name = plain(field(fields, 1));
        }
        return std::nullopt;
    }
    [[nodiscard]] bool ended() const { return ended_; }

  private:
    ReaperRequest* request_;
    std::size_t points_ = 0;  ///< still to come
    bool ended_ = false;
};

}  // namespace

ReaperRequest read_reaper_request(std::string_view text) {
    ReaperRequest request;
    ReaperLines lines(request);
    int at = 0;
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        const Fields fields = fields_of(text.substr(0, end));
        text.remove_prefix(end + 1);
        if (++at == 1) {
            if (field(fields, 0) != "kedge-reaper") {
                request.wrong = "The request is none of kedge's.";
                return request;
            }
            request.version = field(fields, 1);
            request.id = field(fields, 2);
        } else if (const auto problem = lines.take(fields)) {
            request.wrong = fmt::format("Line {} of the request {}.", at, *problem);
            return request;
        }
    }
    if (!lines.ended()) request.wrong = "The request has no end.";
    return request;
}

}  // namespace kedge::sim
