#include "arch/house_rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>
#include <utility>

namespace kedge::test {

namespace {

constexpr std::size_t most_lines = 600;

struct Folder {
    std::string_view name;
    std::vector<std::string_view> may_include;
};

/// The arrows of the house. A folder that is not here may not exist: a new one is added with its arrows. The
/// shipped profiles are data and lie inside of everything.
const std::vector<Folder>& house() {
    static const std::vector<Folder> folders = {
        {"core", {}},
        {"measure", {"core"}},
        {"mix", {"core", "measure", "profiles"}},
        {"journal", {"core"}},
        {"control", {"core", "midi", "mackie"}},
        {"tablet", {"core", "control", "osc"}},
        {"surface", {"core"}},
        {"osc", {"core"}},
        {"midi", {"core"}},
        {"ardour", {"core", "surface", "osc"}},
        {"reaper", {"core", "surface", "osc"}},
        {"abletonosc", {"core", "surface", "osc"}},
        {"banked", {"core", "surface", "midi"}},
        {"mackie", {"core", "surface", "midi", "banked"}},
        {"hui", {"core", "surface", "midi", "banked"}},
        {"rpc", {"core"}},
        {"engine", {"core", "measure", "mix", "journal", "control", "tablet", "surface"}},
        {"sim", {"core", "osc", "midi", "banked", "reaper", "mackie", "hui"}},
        {"io",
         {"core", "measure", "mix", "journal", "control", "tablet", "surface", "engine", "osc", "midi",
          "banked", "ardour", "sim", "rpc"}},
        {"cli", {"core",   "measure", "mix",  "journal", "control", "tablet",     "surface",
                 "engine", "osc",     "midi", "ardour",  "reaper",  "abletonosc", "banked",
                 "mackie", "hui",     "sim",  "rpc",     "io",      "profiles"}},
    };
    return folders;
}

bool starts_with_any(std::string_view text, const std::vector<std::string_view>& starts) {
    return std::any_of(starts.begin(), starts.end(),
                       [&](std::string_view start) { return text.starts_with(start); });
}

/// Something that may stand only in certain places of the house.
struct Confined {
    std::string_view what;
    std::regex pattern;
    std::vector<std::string_view> places;  ///< paths that start so
};

const std::vector<Confined>& confined() {
    static const std::vector<std::string_view> outside = {"src/io/", "src/cli/"};
    static const std::vector<std::string_view> files = {"src/io/", "src/cli/", "src/sim/wav_stems"};
    static const std::vector<Confined> all = {
        {"Boost.Asio", std::regex(R"(#include\s*<boost/asio)"), outside},
        {"RtMidi", std::regex(R"(#include\s*[<"]rtmidi)", std::regex::icase), outside},
        {"JACK or ALSA", std::regex(R"(#include\s*<(jack|alsa)/)"), {"src/io/"}},
        {"oscpack", std::regex(R"(#include\s*<oscpack/)"), {"protocols/osc/"}},
        {"SQLite", std::regex(R"(#include\s*<sqlite3)"), {"src/journal/"}},
        {"toml++", std::regex(R"(#include\s*<toml\+\+)"), {"src/mix/", "src/control/", "src/cli/"}},
        {"a command line library", std::regex(R"(#include\s*<CLI/)"), {"src/cli/"}},
        {"a thread",
         std::regex(R"(#include\s*<(thread|pthread\.h|stop_token)>|\bstd::(jthread|thread|async)\b)"),
         outside},
        {"a sleep", std::regex(R"(\b(sleep_for|sleep_until|usleep|nanosleep)\b)"), outside},
        {"a clock",
         std::regex(R"(\b(steady_clock|system_clock|high_resolution_clock|utc_clock)\s*::\s*now\b|)"
                    R"(\b(clock_gettime|gettimeofday)\b|\bstd::time\s*\()"),
         outside},
        {"a socket",
         std::regex(R"(#include\s*<(sys/socket|netinet/\w+|arpa/\w+|netdb|sys/un|winsock2?)\.h>)"), outside},
        {"a file stream",
         std::regex(R"(#include\s*<(fstream|filesystem)>|\bstd::(i|o)?fstream\b|\bfopen\s*\()"), files},
        {"a terminal stream",
         std::regex(R"(#include\s*<iostream>|\bstd::(cout|cerr|clog)\b|(\b|::)printf\s*\()"), outside},
    };
    return all;
}

/// Of some folders only a few headers may be included: what a session gets wrong, the DAW that it is tested
/// against may not get wrong too.
struct NarrowArrow {
    std::string_view from;
    std::string_view to;
    std::vector<std::string_view> headers;
};

const std::vector<NarrowArrow>& narrow_arrows() {
    static const std::vector<NarrowArrow> all = {
        {"sim", "reaper", {"pattern_file.hpp", "fader_law.hpp"}},
        {"sim",
         "mackie",
         {"device_codec.hpp", "device_messages.hpp", "handshake.hpp", "host_codec.hpp", "host_messages.hpp",
          "meters.hpp", "unusable.hpp"}},
        {"sim", "hui", {"encoder.hpp", "from_hui_decoder.hpp", "messages.hpp"}},
    };
    return all;
}

std::string at_line(const SourceFile& file, std::size_t line) {
    return file.path + ":" + std::to_string(line) + ": ";
}

/// The code of a line, without what follows `//`: comments may name anything.
std::string code_of(const std::string& line) {
    return line.substr(0, line.find("//"));
}

/// What an #include of our own names, "core/pan.hpp" as "core" and "pan.hpp"; empty for other lines.
std::pair<std::string, std::string> included(const std::string& line) {
    static const std::regex ours(R"rx(^\s*#\s*include\s*"([\w-]+)/([^"]*)")rx");
    std::smatch match;
    if (!std::regex_search(line, match, ours)) return {};
    return {match[1].str(), match[2].str()};
}

void check_arrows(const SourceFile& file, std::size_t number, const std::string& line,
                  std::vector<Breach>& found) {
    const auto from = house_folder(file.path);
    const auto [to, header] = included(line);
    if (to.empty() || to == from) return;
    const auto allowed = allowed_folders(from);
    if (std::find(allowed.begin(), allowed.end(), to) == allowed.end())
        found.push_back(at_line(file, number) + from + " may not include " + to);
    for (const auto& narrow : narrow_arrows())
        if (narrow.from == from && narrow.to == to &&
            std::find(narrow.headers.begin(), narrow.headers.end(), header) == narrow.headers.end())
            found.push_back(at_line(file, number) + from + " may not include " + to + "/" + header);
}

void check_places(const SourceFile& file, std::size_t number, const std::string& line,
                  std::vector<Breach>& found) {
    for (const auto& each : confined())
        if (!starts_with_any(file.path, each.places) && std::regex_search(line, each.pattern))
            found.push_back(at_line(file, number) + std::string(each.what) + " has no place here");
}

bool is_known_folder(std::string_view folder) {
    return std::any_of(house().begin(), house().end(),
                       [&](const Folder& each) { return each.name == folder; });
}

}  // namespace

std::vector<std::string_view> allowed_folders(std::string_view folder) {
    for (const auto& each : house())
        if (each.name == folder) return each.may_include;
    return {};
}

std::string house_folder(std::string_view path) {
    for (const std::string_view root : {"src/", "protocols/"}) {
        if (!path.starts_with(root)) continue;
        path.remove_prefix(root.size());
        const auto slash = path.find('/');
        return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
    }
    return {};
}

std::vector<Breach> breaches(const SourceFile& file) {
    std::vector<Breach> found;
    const auto folder = house_folder(file.path);
    if (folder.empty()) return found;
    if (!is_known_folder(folder)) found.push_back(file.path + ": the house knows no folder " + folder);

    std::istringstream lines(file.text);
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        const auto code = code_of(line);
        check_arrows(file, number, code, found);
        check_places(file, number, code, found);
    }
    if (number > most_lines)
        found.push_back(file.path + ": " + std::to_string(number) + " lines, more than " +
                        std::to_string(most_lines));
    return found;
}

std::vector<Breach> folders_without_readme(const std::vector<SourceFile>& files) {
    std::set<std::string> with_sources;
    std::set<std::string> with_readme;
    for (const auto& file : files) {
        const auto folder = file.path.substr(0, file.path.rfind('/'));
        // A folder within a folder of the house is explained by the README above it.
        const auto top = folder.substr(0, folder.find('/', folder.find('/') + 1));
        (file.path.ends_with("/README.md") ? with_readme : with_sources).insert(top);
    }
    std::vector<Breach> found;
    for (const auto& folder : with_sources)
        if (!with_readme.contains(folder)) found.push_back(folder + ": no README.md says why it exists");
    return found;
}

std::vector<SourceFile> read_house(const std::string& root) {
    namespace fs = std::filesystem;
    std::vector<SourceFile> files;
    for (const auto* const top : {"src", "protocols"})
        for (const auto& entry : fs::recursive_directory_iterator(fs::path(root) / top)) {
            const auto& path = entry.path();
            if (path.extension() != ".hpp" && path.extension() != ".cpp" && path.filename() != "README.md")
                continue;
            if (path.parent_path() == fs::path(root) / top) continue;
            std::ifstream in(path, std::ios::binary);
            files.push_back(
                {fs::relative(path, root).generic_string(), {std::istreambuf_iterator<char>(in), {}}});
        }
    return files;
}

}  // namespace kedge::test
