#pragma once

#include <string>
#include <vector>

namespace kedge::cli {

/// Columns as wide as their widest cell, two spaces apart; the last column runs on. Widths count UTF-8
/// characters.
class TextTable {
  public:
    explicit TextTable(std::vector<std::string> heads) { rows_.push_back(std::move(heads)); }
    void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
    [[nodiscard]] bool empty() const { return rows_.size() < 2; }
    [[nodiscard]] std::string text() const;

  private:
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace kedge::cli
