#include "engine/live_order.hpp"

namespace kedge::engine {

std::string_view to_string(LiveEnd end) {
    switch (end) {
        case LiveEnd::untouched:
            return "untouched";
        case LiveEnd::partly:
            return "partly written";
        case LiveEnd::theirs:
            return "taken over by hand";
        case LiveEnd::written:
            return "written";
    }
    return {};
}

}  // namespace kedge::engine
