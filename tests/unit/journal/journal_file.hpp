#pragma once

#include <filesystem>
#include <string>

namespace kedge::test {

/// A folder of its own for one test, gone afterwards.
class ScratchFolder {
  public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }

  private:
    std::filesystem::path path_;
};

/// For as long as it lives, file permissions bind this process even when it was started by root.
class WithoutRoot {
  public:
    WithoutRoot();
    ~WithoutRoot();
    WithoutRoot(const WithoutRoot&) = delete;
    WithoutRoot& operator=(const WithoutRoot&) = delete;

  private:
    bool was_root_;
};

/// Runs SQL on a file behind the journal's back; the answer's first column, or the error.
std::string run_sql(const std::string& path, const std::string& sql);

}  // namespace kedge::test
