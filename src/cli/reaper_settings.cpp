#include "cli/reaper_settings.hpp"

#include "cli/quoted_words.hpp"
#include "io/state_files.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

#include <fmt/format.h>

namespace kedge::cli {

namespace {

constexpr std::string_view where_to_click = "In REAPER open Options > Preferences > Control/OSC/web";
constexpr unsigned flag_receives = 1;
constexpr unsigned flag_sends = 2;

template <typename Number>
Number number_or(const std::string& word, Number otherwise) {
    Number number{};
    const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), number);
    return problem == std::errc() && end == word.data() + word.size() ? number : otherwise;
}

/// OSC "name" flags listen-port "device-ip" device-port packet-bytes wait-ms "pattern"
std::optional<ReaperOscEntry> entry_of(std::string_view value) {
    const auto words = words_of_entry(value);
    if (words.size() < 6 || words[0] != "OSC") return std::nullopt;
    const auto flags = number_or<unsigned>(words[2], 0);
    ReaperOscEntry entry;
    entry.name = words[1];
    entry.receives = (flags & flag_receives) != 0;
    entry.sends = (flags & flag_sends) != 0;
    entry.listen_port = number_or<std::uint16_t>(words[3], 0);
    entry.device_ip = words[4];
    entry.device_port = number_or<std::uint16_t>(words[5], 0);
    if (words.size() > 6) entry.packet_bytes = number_or<std::size_t>(words[6], entry.packet_bytes);
    if (words.size() > 8) entry.pattern = words[8];
    constexpr std::string_view ending = ".ReaperOSC";
    if (entry.pattern.ends_with(ending)) entry.pattern.resize(entry.pattern.size() - ending.size());
    return entry;
}

Finding wrong_with(const ReaperOscEntry& entry, std::string_view what, const std::string& set) {
    return {false, fmt::format("REAPER's OSC surface '{}' {}.", entry.name, what),
            fmt::format("{}, choose that entry, press Edit and {}.", where_to_click, set)};
}

std::string mode_to_set(const io::DawAddress& address) {
    return fmt::format("set the mode 'Local port' and the local listen port {}", address.port);
}

std::string patterns_of(const ReaperOscEntry& entry) {
    return entry.pattern.empty() ? std::string("Default") : entry.pattern;
}

/// Whether what it says reaches kedge; nullopt when it does.
std::optional<Finding> unheard(const ReaperOscEntry& entry, const io::DawAddress& address) {
    if (!entry.sends) return wrong_with(entry, "sends nothing back", mode_to_set(address));
    if (entry.device_port == 0 || entry.device_port == address.feedback_port) {
        const bool nowhere =
            entry.device_port != 0 && (entry.device_ip.empty() || entry.device_ip == "0.0.0.0");
        if (!nowhere) return std::nullopt;
        return wrong_with(entry, "does not say where to send to", "set the device IP 127.0.0.1");
    }
    if (address.feedback_port == 0)
        return wrong_with(
            entry, fmt::format("sends to port {} alone", entry.device_port),
            fmt::format("{}; or give kedge --feedback-port {}", mode_to_set(address), entry.device_port));
    return wrong_with(
        entry,
        fmt::format("sends to port {}, and kedge hears at {}", entry.device_port, address.feedback_port),
        fmt::format("set the device port {}; or give kedge --feedback-port {}", address.feedback_port,
                    entry.device_port));
}

void judge_entry(const ReaperOscEntry& entry, const io::DawAddress& address, bool own_patterns,
                 std::vector<Finding>& findings) {
    const auto before = findings.size();
    if (auto found = unheard(entry, address)) findings.push_back(std::move(*found));
    if (own_patterns && entry.pattern != "kedge")
        findings.push_back(
            wrong_with(entry, fmt::format("uses the patterns '{}'", patterns_of(entry)),
                       "choose the pattern config 'kedge' (`kedge --surface reaper doctor --install-reaper` "
                       "puts it there); or give kedge --pattern with the file that it uses"));
    if (findings.size() != before) return;
    findings.push_back({true,
                        fmt::format("REAPER's OSC surface '{}' listens on port {} and {}, {} bytes a packet, "
                                    "patterns '{}'.",
                                    entry.name, entry.listen_port,
                                    entry.device_port == 0
                                        ? std::string("answers whoever asks")
                                        : fmt::format("sends to {}:{}", entry.device_ip, entry.device_port),
                                    entry.packet_bytes, patterns_of(entry)),
                        {}});
}

}  // namespace

std::vector<ReaperOscEntry> read_reaper_ini(std::string_view text) {
    std::vector<ReaperOscEntry> entries;
    for (const auto line : lines_of(text)) {
        const auto equals = line.find('=');
        if (!line.starts_with("csurf_") || equals == std::string_view::npos) continue;
        if (auto entry = entry_of(line.substr(equals + 1))) entries.push_back(std::move(*entry));
    }
    return entries;
}

std::vector<Finding> judge_reaper_entries(const std::vector<ReaperOscEntry>& entries,
                                          const io::DawAddress& address, bool own_patterns) {
    std::vector<Finding> findings;
    for (const auto& entry : entries)
        if (entry.receives && entry.listen_port == address.port)
            judge_entry(entry, address, own_patterns, findings);
    if (!findings.empty()) return findings;
    std::string others;
    for (const auto& entry : entries)
        others += (others.empty() ? "" : ", ") +
                  (entry.receives ? fmt::format("'{}' on {}", entry.name, entry.listen_port)
                                  : fmt::format("'{}' on none", entry.name));
    findings.push_back(
        {false,
         entries.empty()
             ? std::string("REAPER has no OSC surface.")
             : fmt::format("No OSC surface of REAPER's listens on port {} ({}).", address.port, others),
         fmt::format("{}, press Add, choose 'OSC (Open Sound Control)', {} and the pattern config 'kedge'.",
                     where_to_click, mode_to_set(address))});
    return findings;
}

std::optional<std::filesystem::path> reaper_folder() {
    auto folder = io::config_folder().parent_path() / "REAPER";
    std::error_code problem;
    if (!std::filesystem::is_directory(folder, problem)) return std::nullopt;
    return folder;
}

}  // namespace kedge::cli
