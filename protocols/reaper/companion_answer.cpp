// Answers of the companion script inside REAPER, taken apart.

#include "core/text_fields.hpp"
#include "reaper/companion_words.hpp"
#include "reaper/session_limits.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

namespace kedge::reaper {

namespace {

constexpr std::size_t most_id = 80;
constexpr std::size_t most_fields = 20;

/// Why a line is none of the script's; nullopt where all is well.
using Wrong = std::optional<std::string>;

Wrong wrong_number(std::string_view what, std::string_view field) {
    return fmt::format("has the {} '{}'", what, field.substr(0, 40));
}

std::optional<bool> flag_in(std::string_view field) {
    if (field == "1") return true;
    if (field == "0") return false;
    return std::nullopt;
}

/// The lines of an answer, one after the other.
class AnswerReader {
  public:
    explicit AnswerReader(std::string_view text) : text_(text) {}

    Result<CompanionAnswer> read() {
        Wrong wrong = take_head();
        while (!wrong && next_line()) wrong = fields_.front() == "end" ? take_end() : take_line();
        if (!wrong && !ended_) wrong = "is the last, and no end";
        if (!wrong) wrong = check_last_fader();
        if (!wrong && status_ == "done" && said_.empty()) wrong = "is the last, and nothing was told";
        if (wrong)
            return fail(ErrorKind::refused,
                        fmt::format("Line {} of the companion script's answer {}.", line_, *wrong),
                        "Run 'kedge --surface reaper doctor --install-reaper'.");
        return CompanionAnswer{std::move(id_), what()};
    }

  private:
    /// False at the end. A last line without its LF is none.
    bool next_line() {
        const auto end = text_.find('\n');
        if (end == std::string_view::npos) return false;
        std::string_view line = text_.substr(0, end);
        text_.remove_prefix(end + 1);
        ++line_;
        fields_.clear();
        bool more = true;
        while (more && fields_.size() < most_fields) {
            more = line.find('\t') != std::string_view::npos;
            fields_.push_back(take_up_to('\t', line));
        }
        return true;
    }

    [[nodiscard]] std::string text_of(std::size_t field) const { return from_a_field(fields_[field]); }

    Wrong count(std::size_t wanted) const {
        if (fields_.size() == wanted) return std::nullopt;
        return fmt::format("has {} fields, not {}", fields_.size(), wanted);
    }

    Wrong take_head() {
        if (!next_line() || fields_.front() != "answer") return "is none of the companion script's";
        if (auto wrong = count(3)) return wrong;
        if (fields_[2] != "1") return "is of another version";
        if (fields_[1].empty() || fields_[1].size() > most_id) return "has no id";
        id_.text = fields_[1];
        if (!next_line()) return "is the last, and no status";
        status_ = fields_.front();
        if (status_ == "done") return count(1);
        if (status_ != "refused" && status_ != "failed") return "has no status that is known";
        if (auto wrong = count(3)) return wrong;
        refusal_ = {status_ == "failed", text_of(1), text_of(2)};
        return std::nullopt;
    }

    Wrong take_end() {
        if (auto wrong = count(2)) return wrong;
        if (number_in_whole<std::size_t>(fields_[1]) != line_ - 1) return "counts other lines than there are";
        if (!text_.empty()) return "is not the last";
        ended_ = true;
        return std::nullopt;
    }

    /// Words that belong to one kind of answer.
    Wrong belongs_to(std::string_view kind) {
        if (status_ != "done") return "is more than a refusal says";
        if (said_.empty()) said_ = kind;
        return said_ == kind ? Wrong() : Wrong("is of another kind of answer");
    }

    Wrong take_line() {
        const auto word = fields_.front();
        if (word == "reaper" || word == "project") return take_identity(word);
        if (word == "fader" || word == "point" || word == "again") return take_fader_line(word);
        // Both kinds have it.
        if (word == "state" && !said_.empty() && said_ != "faders") return count(2);
        if (auto wrong = belongs_to("strips")) return wrong;
        if (word == "length") return take_length();
        if (word == "meters") return take_meters();
        if (word == "track" || word == "master") return take_track(word == "track");
        if (word == "playing" || word == "override") return count(2);
        if (word == "tempo" || word == "marker") return count(4);
        if (word == "region") return count(5);
        return fmt::format("has the word '{}'", word.substr(0, 40));
    }

    Wrong take_identity(std::string_view word) {
        if (auto wrong = belongs_to("identity")) return wrong;
        if (word == "reaper") return count(3);
        if (auto wrong = count(4)) return wrong;
        if (fields_[1].empty()) return "names no project";
        project_ = {{text_of(1), text_of(2)}, text_of(3)};
        return std::nullopt;
    }

    Wrong take_length() {
        if (auto wrong = count(2)) return wrong;
        const auto seconds = number_in_whole<double>(fields_[1]);
        if (!seconds || !(*seconds >= 0.0 && *seconds <= most_seconds))
            return wrong_number("length", fields_[1]);
        strips_.length = SongTime::from_seconds(*seconds);
        return std::nullopt;
    }

    Wrong take_meters() {
        if (auto wrong = count(3)) return wrong;
        const auto low = number_in_whole<double>(fields_[1]);
        const auto high = number_in_whole<double>(fields_[2]);
        // A REAPER that does not tell them, or has them so that nothing can be read.
        if (low && high && *low >= -200.0 && *high <= most_db && *low < *high)
            strips_.meters = LevelRange{Decibels(*low), Decibels(*high)};
        return std::nullopt;
    }

    Wrong take_track(bool is_track) {
        if (auto wrong = count(18)) return wrong;
        if (fields_[1].empty()) return "names no track";
        const auto number = number_in_whole<int>(fields_[2]);
        if (!number) return wrong_number("number", fields_[2]);
        if (!is_track) return std::nullopt;
        if (*number != static_cast<int>(strips_.tracks.size()) + 1) return wrong_number("number", fields_[2]);
        strips_.tracks.push_back({{text_of(1)}, *number, text_of(3)});
        return std::nullopt;
    }

    Wrong take_fader_line(std::string_view word) {
        if (auto wrong = belongs_to("faders")) return wrong;
        if (word == "again") return count(1);
        return word == "fader" ? take_fader() : take_point();
    }

    Wrong take_fader() {
        if (auto wrong = count(11)) return wrong;
        if (auto wrong = check_last_fader()) return wrong;
        if (fields_[1].empty()) return "names no track";
        FaderWords& words = words_;
        words = {std::string(fields_[2]), std::string(fields_[3]), {}};
        EnvelopeWords& envelope = words.envelope;
        bool* const flags[] = {&envelope.exists, &envelope.active, &envelope.visible, &envelope.armed};
        for (std::size_t i = 0; i < 4; ++i) {
            const auto flag = flag_in(fields_[4 + i]);
            if (!flag) return wrong_number("flag", fields_[4 + i]);
            *flags[i] = *flag;
        }
        envelope.scaling = fields_[8];
        const auto items = number_in_whole<int>(fields_[9]);
        if (!items) return wrong_number("number of automation items", fields_[9]);
        envelope.items = *items;
        const auto points = number_in_whole<std::size_t>(fields_[10]);
        if (!points) return wrong_number("number of points", fields_[10]);
        points_to_come_ = *points;
        faders_.push_back({{text_of(1)}, {}});
        return std::nullopt;
    }

    Wrong take_point() {
        if (auto wrong = count(7)) return wrong;
        if (faders_.empty() || points_to_come_ == 0) return "has a point of no fader";
        --points_to_come_;
        words_.envelope.points.push_back({std::string(fields_[1]), std::string(fields_[2]),
                                          std::string(fields_[3]), std::string(fields_[4]),
                                          std::string(fields_[6])});
        return std::nullopt;
    }

    Wrong check_last_fader() {
        if (faders_.empty()) return std::nullopt;
        if (points_to_come_ > 0) return "comes before all points of a fader";
        auto line = line_from(words_);
        if (!line) return "comes after a fader that none can be";
        faders_.back().line = std::move(*line);
        return std::nullopt;
    }

    decltype(CompanionAnswer::what) what() {
        if (status_ != "done") return std::move(refusal_);
        if (said_ == "identity") return std::move(project_);
        if (said_ == "strips") return std::move(strips_);
        return std::move(faders_);
    }

    std::string_view text_;
    std::size_t line_ = 0;
    std::vector<std::string_view> fields_;
    RequestId id_;
    std::string_view status_;
    std::string_view said_;  ///< which kind of answer it is
    bool ended_ = false;
    ToldRefusal refusal_;
    ToldProject project_;
    ToldStrips strips_;
    ToldFaders faders_;
    FaderWords words_;  ///< of the last fader
    std::size_t points_to_come_ = 0;
};

}  // namespace

Result<CompanionAnswer> read_answer(std::string_view text) {
    return AnswerReader(text).read();
}

}  // namespace kedge::reaper
