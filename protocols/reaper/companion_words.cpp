#include "reaper/companion_words.hpp"

#include "core/text_fields.hpp"
#include "reaper/session_limits.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kedge::reaper {

namespace {

std::string head_of(const RequestId& id) {
    return fmt::format("kedge-reaper\t1\t{}\n", id.text);
}

std::string head_of(const RequestId& id, const ProjectKey& project) {
    return head_of(id) + fmt::format("project\t{}\t{}\n", in_a_field(project.guid), in_a_field(project.path));
}

/// Not within a letter of UTF-8.
std::string_view cut(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
    return text.substr(0, most);
}

void add_fader(std::string& text, const GuidLine& line) {
    const EnvelopeWords& envelope = line.fader.envelope;
    const auto flag = [](bool on) { return on ? '1' : '0'; };
    text += fmt::format("fader\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", in_a_field(line.track.text),
                        line.fader.mode, line.fader.gain, flag(envelope.exists), flag(envelope.active),
                        flag(envelope.visible), flag(envelope.armed), envelope.scaling, envelope.items,
                        envelope.points.size());
    for (const PointWords& point : envelope.points)
        text += fmt::format("point\t{}\t{}\t{}\t{}\t0\t{}\n", point.time, point.gain, point.shape,
                            point.tension, point.raw);
}

}  // namespace

std::string identity_request(const RequestId& id) {
    return head_of(id) + "identity\nend\n";
}

std::string strips_request(const RequestId& id, const ProjectKey& project) {
    return head_of(id, project) + "strips\nend\n";
}

std::string read_request(const RequestId& id, const ProjectKey& project, std::span<const TrackGuid> tracks) {
    std::string text = head_of(id, project) + "read\n";
    for (const TrackGuid& track : tracks) text += fmt::format("track\t{}\n", in_a_field(track.text));
    return text + "end\n";
}

std::string write_request(const RequestId& id, const ProjectKey& project, std::string_view undo_name,
                          std::span<const GuidLine> lines) {
    std::string text = head_of(id, project);
    text += fmt::format("write\t{}\n", in_a_field(cut(undo_name, longest_undo_name)));
    for (const GuidLine& line : lines) add_fader(text, line);
    return text + "end\n";
}

}  // namespace kedge::reaper
