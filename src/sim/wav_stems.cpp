#include "sim/song.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <optional>
#include <regex>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <sndfile.h>

namespace kedge::sim {
namespace {

namespace fs = std::filesystem;

struct CloseFile {
    void operator()(SNDFILE* file) const { sf_close(file); }
};
using WavFile = std::unique_ptr<SNDFILE, CloseFile>;

struct LoadedStem {
    Stem stem;
    SampleRate rate;
};

bool is_wav(const fs::path& path) {
    std::string extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return extension == ".wav";
}

std::string track_name(const fs::path& path) {
    static const std::regex number("^[0-9]+[ _-]+");
    return std::regex_replace(path.stem().string(), number, "");
}

Result<LoadedStem> load_stem(const fs::path& path) {
    SF_INFO info{};
    const WavFile file(sf_open(path.c_str(), SFM_READ, &info));
    if (!file)
        return fail(ErrorKind::usage, fmt::format("Cannot read {}: {}", path.string(), sf_strerror(nullptr)),
                    "Export the stem again as WAV.");
    if (info.channels > 2)
        return fail(ErrorKind::usage, fmt::format("{} has {} channels.", path.string(), info.channels),
                    "Export stems as mono or stereo.");
    std::vector<float> samples(static_cast<std::size_t>(info.frames * info.channels));
    if (sf_readf_float(file.get(), samples.data(), info.frames) != info.frames)
        return fail(ErrorKind::usage, fmt::format("{} is cut short.", path.string()),
                    "Export the stem again.");
    Stem stem{track_name(path), info.channels,
              std::make_shared<const std::vector<float>>(std::move(samples))};
    return LoadedStem{std::move(stem), SampleRate{info.samplerate}};
}

Result<std::vector<fs::path>> wav_files(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        if (is_wav(entry->path())) files.push_back(entry->path());
    if (error)
        return fail(ErrorKind::usage,
                    fmt::format("Cannot read the folder {}: {}.", folder.string(), error.message()),
                    "Name a folder of WAV files.");
    if (files.empty())
        return fail(ErrorKind::usage, fmt::format("There is no WAV file in {}.", folder.string()),
                    "Name a folder of WAV files.");
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

Result<Song> load_stems(const std::string& folder_name) {
    const fs::path folder(folder_name);
    const auto files = wav_files(folder);
    if (!files) return tl::unexpected(files.error());
    Song song;
    // "stems/" is named like "stems".
    song.name = (folder.has_filename() ? folder : folder.parent_path()).filename().string();
    for (const auto& path : *files) {
        auto loaded = load_stem(path);
        if (!loaded) return tl::unexpected(loaded.error());
        if (song.stems.empty()) song.rate = loaded->rate;
        if (loaded->rate != song.rate)
            return fail(ErrorKind::usage,
                        fmt::format("{} is at {} Hz, the stems before it at {} Hz.", path.string(),
                                    loaded->rate.hertz, song.rate.hertz),
                        "Export all stems at one sample rate.");
        song.stems.push_back(std::move(loaded->stem));
    }
    return song;
}

Result<void> write_stems(const Song& song, const std::string& folder_name) {
    const fs::path folder(folder_name);
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return fail(ErrorKind::storage, fmt::format("Cannot make {}: {}.", folder.string(), error.message()),
                    "Name a folder you may write to.");
    // As many digits as the last one needs: the files are read back in the order of their names.
    const std::size_t digits = std::max<std::size_t>(2, std::to_string(song.stems.size()).size());
    for (std::size_t i = 0; i < song.stems.size(); ++i) {
        const Stem& stem = song.stems[i];
        std::string name = stem.name;
        std::replace(name.begin(), name.end(), '/', '-');
        const fs::path path = folder / fmt::format("{:0{}} {}.wav", i + 1, digits, name);
        SF_INFO info{};
        info.samplerate = static_cast<int>(song.rate.hertz);
        info.channels = stem.channels;
        info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_24;
        const WavFile file(sf_open(path.c_str(), SFM_WRITE, &info));
        const auto count = static_cast<sf_count_t>(stem.samples->size());
        if (!file || sf_write_float(file.get(), stem.samples->data(), count) != count)
            return fail(ErrorKind::storage,
                        fmt::format("Cannot write {}: {}", path.string(), sf_strerror(file.get())),
                        "Make room or name another folder.");
    }
    return {};
}

}  // namespace kedge::sim
