#include "reaper/pattern_file.hpp"

#include "reaper/pattern_line.hpp"
#include "reaper/setting_value.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace kedge::reaper {

namespace {

constexpr std::string_view letters = "nfbtrsi";  // in the order of Flag
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_control(char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == '\x7F';
}

/// A flag and a slash: the loader looks for no more to tell a pattern from a setting's value.
bool is_like_pattern(std::string_view word) {
    return word.size() >= 2 && flag_from(word[0]) && word[1] == '/';
}

struct PatternFault {
    std::string what;  ///< empty for none
    bool spoils_file = true;
};

PatternFault fault_of(std::string_view word) {
    if (word.empty()) return {"There is an empty pattern: take the quotation marks out.", false};
    if (!flag_from(word[0]))
        return {
            fmt::format("The pattern {} starts with {}, which is no flag: write one of n f b t r s i before "
                        "the address, as n/track/@/volume.",
                        quoted(word), quoted(word.substr(0, 1)))};
    if (!is_like_pattern(word))
        return {fmt::format("The pattern {} has no / behind its flag: write it like n/track/@/volume.",
                            quoted(word))};
    if (word.size() > longest_pattern)
        return {fmt::format("The pattern {} has {} characters: shorten it to {}.", quoted(word), word.size(),
                            longest_pattern)};
    if (std::count(word.begin(), word.end(), '@') > most_wildcards)
        return {fmt::format("The pattern {} has more wildcards than REAPER can count: write {} @ at most.",
                            quoted(word), most_wildcards),
                false};
    return {"", false};
}

}  // namespace

char letter(Flag flag) {
    return letters[static_cast<std::size_t>(flag)];
}

std::optional<Flag> flag_from(char letter) {
    const auto place = letters.find(letter);
    if (letter == '\0' || place == std::string_view::npos) return std::nullopt;
    return static_cast<Flag>(place);
}

/// Reads line by line into a file.
class PatternFileReader {
  public:
    PatternFile read(std::string_view text) {
        if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
            line_ = 1;
            ignore("This file is UTF-16, which REAPER does not read: save it as plain text or UTF-8.");
            return finish();
        }
        if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
        read_lines(text);
        return finish();
    }

  private:
    void read_lines(std::string_view text) {
        const bool is_cut = text.size() > PatternFile::most_bytes;
        text = text.substr(0, PatternFile::most_bytes);
        while (!text.empty()) {
            ++line_;
            const auto end = text.find_first_of("\r\n");
            if (end == std::string_view::npos && is_cut) break;
            read_line(text.substr(0, end));
            if (end == std::string_view::npos) return;
            text.remove_prefix(end + (text.substr(end, 2) == "\r\n" ? 2 : 1));
        }
        if (!is_cut) return;
        if (text.empty()) ++line_;
        ignore(
            fmt::format("The file is larger than {} MiB: from here on nothing was read. Take out what is not "
                        "needed.",
                        PatternFile::most_bytes / PatternFile::mebibyte));
    }

    void read_line(std::string_view line) {
        if (const auto control = std::find_if(line.begin(), line.end(), is_control); control != line.end()) {
            ignore(
                fmt::format("There is a control character (0x{:02X}) in this line: a pattern file is plain "
                            "text. Write the line anew.",
                            static_cast<unsigned>(static_cast<unsigned char>(*control))));
            return;
        }
        if (line.size() > longest_line) {
            ignore(fmt::format(
                "The line has {} characters, and REAPER takes what is behind {} for another line: "
                "split it, each part with its key in front.",
                line.size(), longest_line));
            return;
        }
        const PatternLine parted = part(line);
        if (parted.words.empty()) return;
        if (parted.is_quote_open) {
            ignore("A quotation mark is opened and not closed: take it out, or close it.");
            return;
        }
        read_words(parted);
    }

    void read_words(const PatternLine& parted) {
        const auto key = parted.words.front();
        if (!is_action_key(key)) {
            ignore(fmt::format(
                "REAPER knows no action {}: write a key of its Default.ReaperOSC, or take the line "
                "out.",
                quoted(key)));
            return;
        }
        auto words = std::span(parted.words).subspan(1);
        says_something_ = says_something_ || !words.empty();
        if (words.empty()) patterns_of(key);
        if (!words.empty() && is_setting_key(key) && !is_like_pattern(words.front())) {
            const TakenValue taken = take_value(file_.settings_, key, words.front());
            if (!taken.complaint.empty()) ignore(taken.complaint, taken.spoils_file);
            words = words.subspan(1);
        }
        for (const auto word : words) read_pattern(key, word);
        if (parted.has_comment && parted.words.size() > 1)
            ignore(
                "REAPER takes the words behind # for patterns when others stand before it: put the comment "
                "on "
                "a line of its own.");
    }

    void read_pattern(std::string_view key, std::string_view word) {
        const PatternFault fault = fault_of(word);
        if (!fault.what.empty()) {
            ignore(fault.what, fault.spoils_file);
            return;
        }
        Pattern pattern;
        pattern.flag = *flag_from(word[0]);
        pattern.address = word.substr(1);
        pattern.wildcards = static_cast<int>(std::count(word.begin(), word.end(), '@'));
        pattern.line = line_;
        patterns_of(key).push_back(std::move(pattern));
    }

    std::vector<Pattern>& patterns_of(std::string_view key) {
        const auto found = file_.places_.find(key);
        if (found != file_.places_.end()) return file_.keys_[found->second].patterns;
        file_.places_.emplace(key, file_.keys_.size());
        return file_.keys_.emplace_back(PatternsOfKey{std::string(key), {}}).patterns;
    }

    /// The first fault of a line is told, but that it spoils the file is never forgotten.
    void ignore(std::string what, bool spoils_file = false) {
        file_.is_passed_over_ = file_.is_passed_over_ || spoils_file;
        const bool is_told = file_.ignored_.size() < PatternFile::most_ignored;
        if (line_ != last_ignored_ && is_told) file_.ignored_.push_back({line_, std::move(what), false});
        if (line_ != last_ignored_ && !is_told && ++more_ == 1) first_more_ = line_;
        last_ignored_ = line_;
        bool& spoils = more_ > 0 ? more_spoil_ : file_.ignored_.back().spoils_file;
        spoils = spoils || spoils_file;
    }

    PatternFile finish() {
        if (!says_something_) {
            line_ = std::max(line_, 1);
            ignore(
                "The file says nothing that REAPER understands, and REAPER takes its default patterns: "
                "choose "
                "another file.",
                true);
        }
        if (more_ > 0)
            file_.ignored_.push_back(
                {first_more_,
                 fmt::format("From this line on there are {} more lines that are not understood: is this a "
                             ".ReaperOSC file?",
                             more_),
                 more_spoil_});
        return std::move(file_);
    }

    PatternFile file_;
    bool says_something_ = false;
    int line_ = 0;
    int last_ignored_ = 0;
    int more_ = 0;  ///< lines beyond those that are told
    int first_more_ = 0;
    bool more_spoil_ = false;
};

PatternFile PatternFile::read(std::string_view text) {
    return PatternFileReader().read(text);
}

std::span<const Pattern> PatternFile::patterns(std::string_view key) const {
    const auto found = places_.find(key);
    if (found == places_.end()) return {};
    return keys_[found->second].patterns;
}

const Pattern* PatternFile::find(std::string_view key, Flag flag, int wildcards) const {
    for (const Pattern& pattern : patterns(key))
        if (pattern.flag == flag && pattern.wildcards == wildcards) return &pattern;
    return nullptr;
}

}  // namespace kedge::reaper
