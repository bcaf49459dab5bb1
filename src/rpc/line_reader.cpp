#include "rpc/line_reader.hpp"

#include <utility>

namespace kedge::rpc {

bool LineReader::feed(std::string_view bytes, std::vector<std::string>& lines) {
    while (!overflowed_ && !bytes.empty()) {
        const auto end = bytes.find('\n');
        const auto piece = bytes.substr(0, end);
        if (begun_.size() + piece.size() > longest_) {
            overflowed_ = true;
            begun_ = {};
            break;
        }
        begun_ += piece;
        if (end == std::string_view::npos) break;
        bytes.remove_prefix(end + 1);
        if (begun_.ends_with('\r')) begun_.pop_back();
        if (!begun_.empty()) lines.push_back(std::exchange(begun_, {}));
    }
    return !overflowed_;
}

}  // namespace kedge::rpc
