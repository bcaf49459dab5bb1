#include "rpc/line_reader.hpp"

#include <utility>

namespace kedge::rpc {

std::optional<std::string> LineReader::next(std::string_view& bytes) {
    while (!overflowed_ && !bytes.empty()) {
        const auto end = bytes.find('\n');
        const auto piece = bytes.substr(0, end);
        if (begun_.size() + piece.size() > longest_) {
            overflowed_ = true;
            begun_ = {};
            break;
        }
        begun_ += piece;
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
        if (end == std::string_view::npos) break;
        if (begun_.ends_with('\r')) begun_.pop_back();
        if (!begun_.empty()) return std::exchange(begun_, {});
    }
    return std::nullopt;
}

bool LineReader::feed(std::string_view bytes, std::vector<std::string>& lines) {
    while (auto line = next(bytes)) lines.push_back(std::move(*line));
    return !overflowed_;
}

}  // namespace kedge::rpc
