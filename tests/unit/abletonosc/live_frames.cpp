#include "unit/abletonosc/live_frames.hpp"

#include <bit>

namespace kedge::test {

namespace {

/// A text as OSC writes it: at least one zero behind it, to a multiple of four bytes.
void append_text(std::string& frame, std::string_view text) {
    frame += text;
    frame.append(4 - text.size() % 4, '\0');
}

void append_word(std::string& frame, std::uint32_t word) {
    for (const int shift : {24, 16, 8, 0}) frame += static_cast<char>((word >> shift) & 0xFFU);
}

struct Tag {
    char operator()(std::int32_t /*number*/) const { return 'i'; }
    char operator()(float /*number*/) const { return 'f'; }
    char operator()(bool truth) const { return truth ? 'T' : 'F'; }
    char operator()(const std::string& /*text*/) const { return 's'; }
    char operator()(LiveNil /*nothing*/) const { return 'N'; }
};

struct AppendTo {
    std::string& frame;
    void operator()(std::int32_t number) const { append_word(frame, static_cast<std::uint32_t>(number)); }
    void operator()(float number) const { append_word(frame, std::bit_cast<std::uint32_t>(number)); }
    void operator()(bool /*truth*/) const {}
    void operator()(const std::string& text) const { append_text(frame, text); }
    void operator()(LiveNil /*nothing*/) const {}
};

}  // namespace

std::vector<std::byte> live_frame(std::string_view address, const std::vector<LiveArgument>& arguments) {
    std::string tags = ",";
    for (const auto& argument : arguments) tags += std::visit(Tag{}, argument);
    std::string frame;
    append_text(frame, address);
    append_text(frame, tags);
    for (const auto& argument : arguments) std::visit(AppendTo{frame}, argument);
    return live_bytes(frame);
}

std::vector<std::byte> live_bytes(std::string_view text) {
    std::vector<std::byte> bytes;
    for (const char c : text) bytes.push_back(static_cast<std::byte>(c));
    return bytes;
}

}  // namespace kedge::test
