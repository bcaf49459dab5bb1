#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kedge::test {

/// A source file: its path from the root of the project, with slashes, and its text.
struct SourceFile {
    std::string path;
    std::string text;
};

/// A rule of the house that a file breaks: "src/mix/mix.cpp:3: mix may not include io/daw_loop.hpp".
using Breach = std::string;

/// What a folder of the house may include of the others, itself apart. The folder is "core", "ardour" …
[[nodiscard]] std::vector<std::string_view> allowed_folders(std::string_view folder);

/// The folder of the house a path lies in: "core" for src/core/pan.hpp, "osc" for protocols/osc/osc.hpp;
/// empty for others.
[[nodiscard]] std::string house_folder(std::string_view path);

/// Every breach of a file: arrows, libraries out of their place, clocks, threads, sockets, files, length.
[[nodiscard]] std::vector<Breach> breaches(const SourceFile& file);

/// Folders of src and protocols that hold sources and no README.md.
[[nodiscard]] std::vector<Breach> folders_without_readme(const std::vector<SourceFile>& files);

/// Every .hpp, .cpp and README.md under src and protocols of a checkout.
[[nodiscard]] std::vector<SourceFile> read_house(const std::string& root);

}  // namespace kedge::test
