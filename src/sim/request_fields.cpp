#include "sim/request_fields.hpp"

#include <algorithm>

namespace kedge::sim {

Fields fields_of(std::string_view line) {
    Fields fields;
    while (true) {
        const auto end = std::min(line.find('\t'), line.size());
        fields.push_back(line.substr(0, end));
        if (end == line.size()) return fields;
        line.remove_prefix(end + 1);
    }
}

std::string_view field(const Fields& fields, std::size_t at) {
    return at < fields.size() ? fields[at] : std::string_view();
}

std::string plain(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned byte = 0;
        const auto hex = text.substr(std::min(i + 1, text.size()), 2);
        const auto [end, problem] = std::from_chars(hex.data(), hex.data() + hex.size(), byte, 16);
        if (text[i] == '%' && hex.size() == 2 && problem == std::errc() && end == hex.data() + 2) {
            out += static_cast<char>(byte);
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

}  // namespace kedge::sim
