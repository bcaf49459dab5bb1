#include "rpc/answer.hpp"
#include "rpc/line_reader.hpp"
#include "rpc/reply.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace kedge;

void answer_all(const rpc::Incoming& incoming) {
    for (const auto& item : incoming.items) {
        if (const auto* fault = std::get_if<rpc::Fault>(&item)) {
            if (fault->message.empty()) std::abort();
            const auto reply = rpc::parse_reply(rpc::line_of(rpc::answer(*fault)));
            if (!reply || !std::get<rpc::Answer>(*reply).fault) std::abort();
            continue;
        }
        // A call that was understood is understood again when it is sent on.
        const auto& call = std::get<rpc::Call>(item);
        if (!call.id) continue;
        const auto again = rpc::parse(rpc::line_of(rpc::request(*call.id, call.method, call.params)));
        if (again.items.size() != 1 || !std::holds_alternative<rpc::Call>(again.items[0])) std::abort();
        if (std::get<rpc::Call>(again.items[0]).method != call.method) std::abort();
    }
}

}  // namespace

// The bytes come in two pieces, as a socket may hand them over.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    constexpr std::size_t longest = 4'096;
    rpc::LineReader reader(longest);
    std::vector<std::string> lines;
    const std::size_t cut = size == 0 ? 0 : data[0] % size;
    if (reader.feed(bytes.substr(0, cut), lines)) reader.feed(bytes.substr(cut), lines);
    if (reader.pending() > longest) std::abort();
    for (const auto& line : lines) {
        if (line.size() > longest) std::abort();
        answer_all(rpc::parse(line));
        (void)rpc::parse_reply(line);
    }
    answer_all(rpc::parse(bytes));
    return 0;
}
