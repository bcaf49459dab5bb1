#pragma once

#include <memory>
#include <utility>
#include <vector>

namespace kedge::io {

/// Keeps what must not be destroyed any more, for as long as the process lives. On the loop thread.
template <typename Thing>
void keep_for_good(std::unique_ptr<Thing> thing) {
    static auto& kept = *new std::vector<std::unique_ptr<Thing>>;
    if (thing) kept.push_back(std::move(thing));
}

}  // namespace kedge::io
