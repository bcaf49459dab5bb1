#include "mix/role_book.hpp"

#include <array>
#include <cstdlib>
#include <string>
#include <string_view>

// The bytes are a vocabulary file, a line of three dashes, and names to classify. Either part may be
// anything.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(data, data + size);
    const std::string_view all = bytes;
    const auto cut = all.find("\n---\n");
    const auto toml = all.substr(0, cut);
    const auto names = cut == std::string_view::npos ? all : all.substr(cut + 5);

    const std::array<kedge::mix::RoleBook::Source, 1> sources = {{{"fuzz.toml", toml}}};
    const auto book = kedge::mix::RoleBook::load(sources);
    if (!book && book.error().message.empty()) std::abort();
    if (book && book->classify(names).rule.empty()) std::abort();
    return 0;
}
