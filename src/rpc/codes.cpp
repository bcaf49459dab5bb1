#include "rpc/codes.hpp"

#include <array>
#include <utility>

namespace kedge::rpc {

namespace {

constexpr std::array<std::pair<ErrorKind, Code>, 7> kinds = {{{ErrorKind::usage, Code::usage},
                                                              {ErrorKind::no_daw, Code::no_daw},
                                                              {ErrorKind::refused, Code::refused},
                                                              {ErrorKind::rolled_back, Code::rolled_back},
                                                              {ErrorKind::conflict, Code::conflict},
                                                              {ErrorKind::storage, Code::storage},
                                                              {ErrorKind::interrupted, Code::interrupted}}};

}  // namespace

Code code_of(ErrorKind kind) {
    for (const auto& [known, code] : kinds)
        if (known == kind) return code;
    return Code::internal_error;
}

std::optional<ErrorKind> kind_of(Code code) {
    for (const auto& [kind, known] : kinds)
        if (known == code) return kind;
    return std::nullopt;
}

}  // namespace kedge::rpc
