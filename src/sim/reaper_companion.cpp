// The companion script inside the simulated REAPER: what its tracks are, and their volume envelopes, read and
// written whole. It answers by a text that is left where the request lay.

#include "sim/reaper_request.hpp"
#include "sim/simulated_reaper.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace kedge::sim {

namespace {

struct ScriptMode {
    std::string_view word;
    AutomationMode mode;
};
constexpr std::array words_of_modes = {
    ScriptMode{"trim", AutomationMode::manual}, ScriptMode{"read", AutomationMode::play},
    ScriptMode{"touch", AutomationMode::touch}, ScriptMode{"write", AutomationMode::write},
    ScriptMode{"latch", AutomationMode::latch}, ScriptMode{"latch-preview", AutomationMode::latch}};

std::string_view word_for(AutomationMode mode) {
    return std::find_if(words_of_modes.begin(), words_of_modes.end(),
                        [&](const ScriptMode& each) { return each.mode == mode; })
        ->word;
}

AutomationMode mode_for(std::string_view word) {
    return std::find_if(words_of_modes.begin(), words_of_modes.end(),
                        [&](const ScriptMode& each) { return each.word == word; })
        ->mode;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        out += byte < 0x20 || byte == 0x7F || letter == '%' ? fmt::format("%{:02X}", byte)
                                                            : std::string(1, letter);
    }
    return out;
}

std::string guid_for(RouteId track) {
    return fmt::format("{{7A000000-0000-4000-8000-{:012X}}}", track.value);
}

std::string db_text(Decibels level) {
    return level.is_silence() ? std::string("-inf") : fmt::format("{:.17g}", level.db());
}

std::vector<AutomationPoint> as_played(const ReaperEnvelope& envelope, SampleRate rate) {
    AutomationList list;
    for (const ReaperPoint& point : envelope.points)
        list.add(
            {SongTime::from_seconds(point.at).samples(rate), Decibels::from_gain(point.gain), point.gain});
    return list.points();
}

bool same_points(const std::vector<AutomationPoint>& a, const std::vector<AutomationPoint>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const AutomationPoint& x, const AutomationPoint& y) {
                          return x.at == y.at && x.value == y.value;
                      });
}

}  // namespace

bool SimulatedReaper::calls_companion(std::string_view address) const {
    if (!settings_.companion) return false;
    const auto matches = index_.match(address);
    return std::any_of(matches.begin(), matches.end(), [&](const reaper::Matched& match) {
        const auto& key = settings_.patterns.keys()[match.key];
        const bool by_name = key.patterns[match.pattern].flag == reaper::Flag::text || !match.command.empty();
        return key.key == "ACTION" && by_name;
    });
}

std::optional<std::string> SimulatedReaper::take_answer() {
    return std::exchange(answer_, std::nullopt);
}

/// Every named command of a script is the companion here.
void SimulatedReaper::run_companion(std::string_view name) {
    if (!settings_.companion || !name.starts_with("_RS") || laid_down_.empty()) return;
    const auto request = read_reaper_request(std::exchange(laid_down_, {}));
    std::string lines;
    const auto refusal = carry_out(request, lines);
    const std::string status =
        refusal ? fmt::format("refused\t{}\t{}", escaped(refusal->first), escaped(refusal->second)) : "done";
    std::string answer = fmt::format("answer\t{}\t1\n{}\n{}", request.id, status, refusal ? "" : lines);
    answer += fmt::format("end\t{}\n", std::count(answer.begin(), answer.end(), '\n'));
    answer_ = std::move(answer);
}

std::string SimulatedReaper::project_guid() const {
    std::size_t sum = 0;
    for (const char letter : engine_.song().name) sum = sum * 31 + static_cast<unsigned char>(letter);
    return fmt::format("{{9B000000-0000-4000-8000-{:012X}}}", sum & 0xFFFFFFFFFFFFU);
}

std::string SimulatedReaper::project_path() const {
    return fmt::format("/projects/{}.rpp", engine_.song().name);
}

SimulatedReaper::Refusal SimulatedReaper::carry_out(const ReaperRequest& request, std::string& lines) {
    if (request.wrong) return {{*request.wrong, "Run the command again."}};
    if (request.version != "1")
        return {{"The companion script in REAPER is of another version than kedge.",
                 "Run 'kedge --surface reaper doctor --install-reaper'."}};
    const bool meant = request.project == project_guid() && request.path == project_path();
    if (!meant && (request.project || request.verb != "identity"))
        return {{fmt::format("REAPER has the project '{}.rpp' in front, not the one that is meant.",
                             engine_.song().name),
                 "Bring that project to the front, then run the command again."}};
    if (request.tracks.empty() == (request.verb == "read") ||
        request.faders.empty() == (request.verb == "write"))
        return {{"The request asks for nothing that can be done.", "Run the command again."}};
    if (request.verb == "identity") {
        lines =
            fmt::format("reaper\t7.22/simulated\tOther\nproject\t{}\t{}\t{}.rpp\nstate\t{}\n", project_guid(),
                        escaped(project_path()), escaped(engine_.song().name), script_steps_.size());
    } else if (request.verb == "strips") {
        tell_strips(lines);
    } else if (request.verb == "read") {
        for (const auto& guid : request.tracks)
            if (auto why = why_no_track(guid)) return why;
        for (const auto& guid : request.tracks) tell_fader(*track_of(guid), lines);
    } else {
        return write_faders(request, lines);
    }
    return std::nullopt;
}

SimStrip* SimulatedReaper::track_of(const std::string& guid) {
    auto& strips = engine_.strips();
    const auto found = std::find_if(strips.begin(), strips.end(),
                                    [&](const SimStrip& each) { return guid_for(each.id) == guid; });
    return found == strips.end() ? nullptr : &*found;
}

SimulatedReaper::Refusal SimulatedReaper::why_no_track(const std::string& guid) {
    if (track_of(guid)) return std::nullopt;
    return {{fmt::format("REAPER has no track {} any more.", guid), "Run the command again."}};
}

void SimulatedReaper::tell_strips(std::string& lines) {
    const auto rate = static_cast<double>(engine_.song().rate.hertz);
    lines = fmt::format("length\t{:.17g}\nstate\t{}\nplaying\t{}\noverride\t-\ntempo\t{:.17g}\t{}\t4\n",
                        static_cast<double>(engine_.song_samples()) / rate, script_steps_.size(),
                        engine_.rolling() ? 1 : 0, tempo_.beats_a_minute, tempo_.beats_a_bar);
    lines += fmt::format("meters\t{:.17g}\t{:.17g}\n", settings_.meters.low.db(), settings_.meters.high.db());
    const auto tell = [&](std::string_view word, int number, const SimStrip& strip) {
        lines += fmt::format(
            "{}\t{}\t{}\t{}\t0\t0\t{}\t{:.17g}\t{}\t{:.17g}\t{}\t{}\t{}\t2\t{}\t{}\t{}\t{}\n", word,
            guid_for(strip.id), number, escaped(strip.name), strip.selected ? 1 : 0,
            strip.fader.gain().ratio(), db_text(strip.fader), strip.pan.position(), strip.muted ? 1 : 0,
            strip.soloed ? 1 : 0, word_for(mode_of(strip.id)), db_text(strip.sides[0]),
            db_text(strip.sides[1]), db_text(strip.sides[0]), db_text(strip.sides[1]));
    };
    tell("master", -1, engine_.master());
    int number = 0;
    for (const SimStrip& strip : engine_.strips()) tell("track", ++number, strip);
    for (const ReaperMarker& marker : markers_)
        lines += marker.end ? fmt::format("region\t{}\t{:.17g}\t{:.17g}\t{}\n", marker.number,
                                          marker.at.seconds(), marker.end->seconds(), escaped(marker.name))
                            : fmt::format("marker\t{}\t{:.17g}\t{}\n", marker.number, marker.at.seconds(),
                                          escaped(marker.name));
}

/// What the script has written, as long as it is what plays; else what was written live.
std::optional<ReaperEnvelope> SimulatedReaper::envelope_of(const SimStrip& strip) const {
    const auto& playing = strip.automation(Control::fader).list().points();
    const auto found = envelopes_.find(strip.id);
    if (found != envelopes_.end()) {
        const auto points = found->second.active ? as_played(found->second, engine_.song().rate)
                                                 : std::vector<AutomationPoint>();
        if (same_points(points, playing)) return found->second;
    }
    if (playing.empty()) return std::nullopt;
    ReaperEnvelope written;
    written.active = written.visible = written.armed = true;
    for (const AutomationPoint& point : playing) {
        const Gain gain = point.gain ? *point.gain : std::get<Decibels>(point.value).gain();
        written.points.push_back({SongTime::from_samples(point.at, engine_.song().rate).seconds(), gain, 0,
                                  0.0, false, gain.ratio()});
    }
    return written;
}

void SimulatedReaper::tell_fader(const SimStrip& strip, std::string& lines) const {
    const auto envelope = envelope_of(strip);
    const ReaperEnvelope shown = envelope.value_or(ReaperEnvelope{});
    const bool previews = previewing_.count(strip.id) > 0 && mode_of(strip.id) == AutomationMode::latch;
    const auto digit = [](bool on) { return on ? '1' : '0'; };
    lines += fmt::format("fader\t{}\t{}\t{:.17g}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", guid_for(strip.id),
                         previews ? "latch-preview" : word_for(mode_of(strip.id)), strip.fader.gain().ratio(),
                         digit(envelope.has_value()), digit(shown.active), digit(shown.visible),
                         digit(shown.armed), envelope ? std::to_string(shown.scaling) : "-", shown.items,
                         shown.points.size());
    for (const ReaperPoint& point : shown.points)
        lines +=
            fmt::format("point\t{:.17g}\t{:.17g}\t{}\t{:.17g}\t{}\t{:.17g}\n", point.at, point.gain.ratio(),
                        point.shape, point.tension, digit(point.selected), point.raw);
}

SimulatedReaper::Refusal SimulatedReaper::why_not_written(const ReaperFader& fader) {
    if (auto why = why_no_track(fader.guid)) return why;
    const SimStrip& strip = *track_of(fader.guid);
    const auto envelope = envelope_of(strip);
    if (envelope && envelope->items > 0)
        return {{fmt::format("'{}' has automation items on its volume envelope.", strip.name),
                 "Glue them into the envelope or delete them, then run the command again."}};
    const AutomationMode mode = mode_of(strip.id);
    if (engine_.rolling() && mode != AutomationMode::manual && mode != AutomationMode::play)
        return {{fmt::format("REAPER may be writing automation to '{}'.", strip.name),
                 "Stop the transport, then run the command again."}};
    return std::nullopt;
}

/// All or none. What comes again under the id of the last one is told, and not done again.
SimulatedReaper::Refusal SimulatedReaper::write_faders(const ReaperRequest& request, std::string& lines) {
    const bool again = request.id == last_write_;
    for (const ReaperFader& fader : request.faders)
        if (auto why = again ? why_no_track(fader.guid) : why_not_written(fader)) return why;
    if (again) {
        lines = "again\n";
    } else {
        for (const ReaperFader& fader : request.faders) put_fader(*track_of(fader.guid), fader);
        last_write_ = request.id;
        script_steps_.push_back(request.undo_name);
    }
    for (const ReaperFader& fader : request.faders) tell_fader(*track_of(fader.guid), lines);
    return std::nullopt;
}

void SimulatedReaper::put_envelope(SimStrip& strip, const ReaperEnvelope& envelope) {
    AutomationList& list = strip.automation(Control::fader).list();
    list.clear();
    strip.trim = Decibels();
    envelopes_[strip.id] = envelope;
    if (!envelope.active) return;
    for (const AutomationPoint& point : as_played(envelope, engine_.song().rate)) list.add(point);
}

void SimulatedReaper::put_fader(SimStrip& strip, const ReaperFader& fader) {
    const bool had_envelope = envelope_of(strip).has_value();
    change_mode(strip, AutomationMode::manual);
    // No script can take an envelope away.
    if (fader.exists || had_envelope) put_envelope(strip, fader.envelope);
    strip.fader = Decibels::from_gain(fader.rest);
    previewing_.erase(strip.id);
    if (fader.mode == "latch-preview") previewing_.insert(strip.id);
    change_mode(strip, mode_for(fader.mode));
    // A mode to be touched in puts points of its own into an empty list.
    if (!fader.envelope.active || fader.envelope.points.empty())
        strip.automation(Control::fader).list().clear();
    const TrackNumber number = number_of(strip);
    if (is_shown(number)) tell_volume(number, strip.fader);
    tell_modes(number);
}

}  // namespace kedge::sim
