#pragma once

#include <string>

namespace kedge::test {

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
