#include "reaper/companion_words.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace kedge;
using namespace kedge::reaper;

void require(bool holds) {
    if (!holds) std::abort();
}

/// What was understood is a line that can be written, and is read again as it was.
void check(const ToldFader& fader) {
    const auto words = words_for(fader.line);
    require(words.has_value());
    require(line_from(*words) == fader.line);
    require(same_line(fader.line, fader.line));
    for (std::size_t i = 1; i < fader.line.points.size(); ++i)
        require(fader.line.points[i - 1].at < fader.line.points[i].at);
    const std::vector<GuidLine> lines = {{fader.guid, *words}};
    require(write_request({"k1-1"}, {"{B}", "/a.rpp"}, "ride", lines).ends_with("end\n"));
}

}  // namespace

// The whole input as the file that a companion script left as its answer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto answer = read_answer({reinterpret_cast<const char*>(data), size});
    if (!answer) {
        require(!answer.error().message.empty() && !answer.error().next.empty());
        return 0;
    }
    require(!answer->id.text.empty());
    if (const auto* faders = std::get_if<ToldFaders>(&answer->what))
        for (const ToldFader& fader : *faders) check(fader);
    if (const auto* strips = std::get_if<ToldStrips>(&answer->what)) {
        require(strips->length >= SongTime());
        require(!strips->meters || strips->meters->low < strips->meters->high);
    }
    return 0;
}
