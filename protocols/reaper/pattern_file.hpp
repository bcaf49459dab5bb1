#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// REAPER's pattern-config language (".ReaperOSC"): which OSC addresses stand for which action. What REAPER
/// does was read in its published surface code (csurf_osc.cpp). Pure; safe from any thread.
namespace kedge::reaper {

/// The letter in front of an address: what is sent and heard there.
enum class Flag : std::uint8_t {
    normalized,  ///< n: float, 0 to 1
    raw,         ///< f: float, in the unit of the thing: dB, seconds, Hz
    boolean,     ///< b: 1 sets, 0 clears
    trigger,     ///< t: no argument or 1
    rotary,      ///< r: forward and backward; never fed back
    text,        ///< s
    integer,     ///< i: never fed back
};
[[nodiscard]] char letter(Flag flag);
/// nullopt for a letter that is no flag.
[[nodiscard]] std::optional<Flag> flag_from(char letter);

/// The longest pattern that REAPER takes, its flag included, and the most '@' in one.
inline constexpr std::size_t longest_pattern = 512;
inline constexpr int most_wildcards = 16;

/// One address of a key.
struct Pattern {
    Flag flag = Flag::raw;
    std::string address;  ///< with its '@'
    int wildcards = 0;    ///< how many '@'; "@@" takes one digit each and counts twice
    int line = 0;         ///< of the file, from 1
    bool operator==(const Pattern&) const = default;
};

/// All patterns of one key, in the order of the file, also where they stand on several lines. A key without a
/// pattern is turned off.
struct PatternsOfKey {
    std::string key;
    std::vector<Pattern> patterns;
};

/// What a line said that REAPER ignores, or does not do.
struct IgnoredLine {
    int line = 0;      ///< from 1
    std::string what;  ///< and what to do about it, for a person
    /// REAPER takes its default patterns instead of the whole file because of this line.
    bool spoils_file = false;
};

/// What a file says of the size of banks and of who follows whom, REAPER's defaults where it says nothing.
/// (The stock file says INSERT: without any file ReaEQ is inserted.)
struct DeviceSettings {
    int track_count = 8;
    int send_count = 4;
    int receive_count = 4;
    int fx_count = 8;
    int fx_param_count = 16;
    int fx_inst_param_count = 16;
    int marker_count = 0;
    int region_count = 0;
    bool reaper_track_follows_device = false;
    bool device_track_follows_last_touched = false;
    bool bank_follows_mixer = false;
    enum class FxFollows { device, last_touched, focused } fx_follows = FxFollows::device;
    bool eq_is_inserted = false;
    /// 0: rotaries go from -1 to 1. Any other, always above 0: they go from 0 to twice that; 0.5 is usual.
    double rotary_center = 0.0;
    bool operator==(const DeviceSettings&) const = default;
};

/// The largest bank that is taken from a file. REAPER has no bound, and reports every place of a bank.
inline constexpr int largest_bank = 65'536;

/// A pattern file, read.
class PatternFile {
  public:
    /// No more than so much of a file is read, and so many lines are told in `ignored()`.
    static constexpr std::size_t mebibyte = 1'048'576;
    static constexpr std::size_t most_bytes = 4 * mebibyte;
    static constexpr std::size_t most_ignored = 100;

    /// Every text can be read: what is not understood is in `ignored()`, by line. CRLF, CR and a byte order
    /// mark are no fault.
    [[nodiscard]] static PatternFile read(std::string_view text);

    /// Empty for a key that is turned off, not in the file, or unknown.
    [[nodiscard]] std::span<const Pattern> patterns(std::string_view key) const;
    /// The first pattern of the key with this flag and so many wildcards; nullptr when there is none.
    [[nodiscard]] const Pattern* find(std::string_view key, Flag flag, int wildcards) const;
    /// In the order of the file, those without patterns too.
    [[nodiscard]] const std::vector<PatternsOfKey>& keys() const { return keys_; }
    [[nodiscard]] const DeviceSettings& settings() const { return settings_; }
    /// One for a line at most, in their order. Beyond `most_ignored` the last one says how many more there
    /// are.
    [[nodiscard]] const std::vector<IgnoredLine>& ignored() const { return ignored_; }
    /// REAPER takes its default patterns instead of this file. One bad pattern is enough for that, and so is
    /// a file that says nothing.
    [[nodiscard]] bool is_passed_over() const { return is_passed_over_; }

  private:
    friend class PatternFileReader;
    std::vector<PatternsOfKey> keys_;
    std::map<std::string, std::size_t, std::less<>> places_;  ///< where in keys_
    DeviceSettings settings_;
    std::vector<IgnoredLine> ignored_;
    bool is_passed_over_ = false;
};

/// Every key that REAPER knows, sorted: actions and settings.
[[nodiscard]] std::span<const std::string_view> all_action_keys();
/// True for the keys that REAPER knows.
[[nodiscard]] bool is_action_key(std::string_view key);
/// True for the keys of DeviceSettings.
[[nodiscard]] bool is_setting_key(std::string_view key);

/// The address with its wildcards filled in; as many numbers as it has wildcards, none below 0, and of "@@"
/// only the one at its end above 9 (else a bug of the caller, asserted). Numbers go from the outside in,
/// track before send before parameter. That is their order in the address, but where the first wildcards
/// touch ("@@"): there REAPER has them the other way round, and so has this.
[[nodiscard]] std::string address_of(const Pattern& pattern, std::span<const int> numbers);

/// An address that fits a pattern.
struct Matched {
    /// The key's place in PatternFile::keys(), and the pattern's in it.
    std::size_t key = 0;
    std::size_t pattern = 0;
    /// For each wildcard what stood there, in the order of `address_of`: one number, or several of a list
    /// "1,2,5" (at most 16; lists of one address are equally long). Nothing between two slashes is 0, as
    /// REAPER has it, but of "@@" each has its digit. Empty where `command` stood.
    std::vector<std::vector<int>> numbers;
    /// In an address of one of the ACTION keys: a named command, as "_RS…", or the list in which one is.
    std::string command;
    bool operator==(const Matched&) const = default;
};

/// Tells which patterns an address that came in stands for. Looks at a file that outlives it and stays where
/// it is. What a match takes hardly grows with the file, but for patterns that differ only in components with
/// '*' or '?', or with '@' and something else.
class PatternIndex {
  public:
    explicit PatternIndex(const PatternFile& file);
    /// Every pattern that fits, in the order of the file. REAPER itself carries out one alone: of those that
    /// are written alike the last.
    /// '?' in a pattern is any character. '*' at its end is whatever follows; elsewhere it is the rest of the
    /// component up to the characters behind it. In the address they mean themselves. Numbers that no int
    /// holds do not fit.
    [[nodiscard]] std::vector<Matched> match(std::string_view address) const;

  private:
    struct Entry {
        std::size_t key = 0;
        std::size_t pattern = 0;
    };
    /// A tree of the addresses' components.
    struct Node {
        std::map<std::string, std::size_t, std::less<>> literal;   ///< child by its component
        std::map<std::string, std::size_t, std::less<>> numbered;  ///< child by a component with '@'
        std::vector<Entry> ends;                                   ///< patterns that end here
        std::vector<Entry> loose;  ///< patterns whose next component has '*' or '?'
    };
    struct Search;
    void add(const Entry& entry);
    void search_from(std::size_t node, std::string_view rest, Search& search) const;
    void search_loose(const Node& node, Search& search) const;
    void take(const Entry& entry, Search& search) const;
    [[nodiscard]] const Pattern& pattern_of(const Entry& entry) const;

    const PatternFile* file_;
    std::vector<Node> nodes_;
};

}  // namespace kedge::reaper
