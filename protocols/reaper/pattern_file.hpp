#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// REAPER's pattern-config language (".ReaperOSC"): which OSC addresses stand for which action. Pure; safe
/// from any thread.
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

/// One address of a key.
struct Pattern {
    Flag flag = Flag::raw;
    std::string address;  ///< with its '@'
    int wildcards = 0;    ///< runs of '@'; "@@" takes one digit each and counts twice
    int line = 0;         ///< of the file, from 1
    bool operator==(const Pattern&) const = default;
};

/// All patterns of one key, in the order of the file, also where they stand on several lines. A key without a
/// pattern is turned off.
struct PatternsOfKey {
    std::string key;
    std::vector<Pattern> patterns;
};

/// What a line said that REAPER ignores.
struct IgnoredLine {
    int line = 0;      ///< from 1
    std::string what;  ///< and what to do about it, for a person
};

/// What a file says of the size of banks and of who follows whom, REAPER's defaults where it says nothing.
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
    bool eq_is_inserted = true;
    double rotary_center = 0.0;  ///< 0 or 0.5
    bool operator==(const DeviceSettings&) const = default;
};

/// A pattern file, read.
class PatternFile {
  public:
    /// Every text can be read: what is not understood is in `ignored()`, by line. CRLF, CR and a byte order
    /// mark are no fault.
    [[nodiscard]] static PatternFile read(std::string_view text);

    /// Empty for a key that is turned off, not in the file, or unknown.
    [[nodiscard]] std::span<const Pattern> patterns(std::string_view key) const;
    /// The first pattern of the key with this flag and so many wildcards; nullptr when there is none.
    [[nodiscard]] const Pattern* find(std::string_view key, Flag flag, int wildcards) const;
    [[nodiscard]] const std::vector<PatternsOfKey>& keys() const { return keys_; }
    [[nodiscard]] const DeviceSettings& settings() const { return settings_; }
    [[nodiscard]] const std::vector<IgnoredLine>& ignored() const { return ignored_; }

  private:
    std::vector<PatternsOfKey> keys_;  ///< in the order of the file, those without patterns too
    DeviceSettings settings_;
    std::vector<IgnoredLine> ignored_;
};

/// True for the keys that REAPER knows.
[[nodiscard]] bool is_action_key(std::string_view key);
/// True for the keys of DeviceSettings.
[[nodiscard]] bool is_setting_key(std::string_view key);

/// The address with its wildcards filled in, in order; as many numbers as it has wildcards (else a bug of the
/// caller, asserted).
[[nodiscard]] std::string address_of(const Pattern& pattern, std::span<const int> numbers);

/// An address that fits a pattern.
struct Matched {
    /// The key's place in PatternFile::keys(), and the pattern's in it.
    std::size_t key = 0;
    std::size_t pattern = 0;
    /// For each wildcard what stood there: one number, or several of a list "1,2,5" (at most 16); in an
    /// address of ACTION a named command, which starts with "_", stands in `command` instead.
    std::vector<std::vector<int>> numbers;
    std::string command;
};

/// Tells which patterns an address that came in stands for. Looks at a file that outlives it.
class PatternIndex {
  public:
    explicit PatternIndex(const PatternFile& file);
    /// Every pattern that fits, in the order of the file. '*' and '?' in a pattern fit as REAPER has them.
    [[nodiscard]] std::vector<Matched> match(std::string_view address) const;

  private:
    struct Entry {
        std::size_t key = 0;
        std::size_t pattern = 0;
    };
    const PatternFile* file_;
    /// Those without any wildcard by their address, the others in the order of the file.
    std::vector<std::pair<std::string, Entry>> plain_;
    std::vector<Entry> others_;
};

}  // namespace kedge::reaper
