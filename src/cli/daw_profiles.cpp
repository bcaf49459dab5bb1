#include "cli/daw_profiles.hpp"

#include "cli/daw_facts.hpp"

#include <algorithm>
#include <utility>

namespace kedge::cli {

using banked::DawProfile;
using mix::TomlTable;

namespace {

constexpr std::array<std::string_view, 2> protocols = {"mackie", "hui"};
constexpr std::array<std::string_view, 5> fader_laws = {"ardour", "reaper", "live", "anchors",
                                                        DawFacts::unknown_word};
constexpr std::array<std::string_view, 4> shortenings = {"cut", "vowels", "letters", DawFacts::unknown_word};
constexpr std::array<std::string_view, 3> bank_steps = {"whole surface", "one unit", DawFacts::unknown_word};
constexpr std::array<std::string_view, 4> last_banks = {"partial", "overlapping", "wrapping",
                                                        DawFacts::unknown_word};
constexpr std::array<std::string_view, 3> pan_texts = {"shares", DawFacts::none_word, DawFacts::unknown_word};
constexpr std::array<std::string_view, 3> meter_falls = {"host", "unit", DawFacts::unknown_word};
constexpr std::array<std::string_view, 4> times_shown = {"smpte", "beats", "project", DawFacts::unknown_word};
constexpr std::array<std::string_view, 4> mode_scopes = {"selected", "global", DawFacts::none_word,
                                                         DawFacts::unknown_word};

constexpr int position_bits = 14;
constexpr int most_pan_ticks = 1'000;
constexpr int midi_channels = 16;
constexpr double most_fall_db = 1'000.0;
/// Characters of a strip's label, its gap left out or not.
constexpr int label_on_mackie = 7;
constexpr int label_on_hui = 4;

enum class FaderLaw { ardour, reaper, live, anchors, unknown };

std::vector<FaderAnchor> read_anchors(const TomlTable& table) {
    std::vector<FaderAnchor> anchors;
    for (const toml::node& one : table.list(table.need("anchors"))) {
        const toml::array& pair = table.list(one, 2);
        const double position = table.number(pair[0], 0, FaderPosition::top);
        if (!pair[0].is_integer()) table.wrong(pair[0], "a whole number is expected here");
        anchors.push_back({FaderPosition(static_cast<int>(position)), table.level(pair[1])});
    }
    return anchors;
}

std::optional<FaderScale> read_scale(DawFacts& facts) {
    const auto law = facts.word<FaderLaw>("law", fader_laws);
    const TomlTable& table = facts.table();
    if (law != FaderLaw::anchors && table.entries().contains("anchors"))
        table.wrong("anchors", "anchors stand only with law = \"anchors\"");
    switch (law) {
        case FaderLaw::ardour:
            return FaderScale(FaderCurve::ardour);
        case FaderLaw::reaper:
            return FaderScale(FaderCurve::reaper);
        case FaderLaw::live:
            return FaderScale(FaderCurve::live);
        case FaderLaw::unknown:
            return std::nullopt;
        case FaderLaw::anchors:
            break;
    }
    auto scale = FaderScale::through(read_anchors(table));
    if (!scale) table.wrong("anchors", scale.error().message);
    return std::move(*scale);
}

void read_fader(const TomlTable& file, DawProfile& profile) {
    DawFacts facts(file.table("fader", {"law", "anchors", "bits", "echo", "touch"}), "fader", profile);
    profile.fader.scale = read_scale(facts);
    profile.fader.bits = facts.whole("bits", 1, position_bits);
    profile.fader.echoes = facts.known("echo");
    profile.fader.waits_for_touch = facts.known("touch");
}

void read_labels(const TomlTable& file, DawProfile& profile) {
    DawFacts facts(file.table("labels", {"width", "shortening"}), "labels", profile);
    const bool on_hui = profile.protocol == banked::SurfaceProtocol::hui;
    profile.labels.width = facts.whole("width", 1, on_hui ? label_on_hui : label_on_mackie);
    profile.labels.shortening = facts.word<Shortening>("shortening", shortenings);
}

void read_banks(const TomlTable& file, DawProfile& profile) {
    DawFacts facts(file.table("banks", {"step", "last"}), "banks", profile);
    profile.banks.step = facts.word<banked::BankStep>("step", bank_steps);
    profile.banks.last = facts.word<banked::LastBank>("last", last_banks);
}

std::optional<banked::MeterSteps> read_steps(DawFacts& facts) {
    const bool is_unknown = facts.is_word("steps", DawFacts::unknown_word);
    facts.note("steps", is_unknown);
    if (is_unknown) return std::nullopt;
    const TomlTable& table = facts.table();
    std::vector<Decibels> lowest;
    for (const toml::node& one : table.list(table.need("steps"))) lowest.push_back(table.level(one));
    auto steps = banked::MeterSteps::from(std::move(lowest));
    if (!steps) table.wrong("steps", steps.error().message);
    return std::move(*steps);
}

void read_pan(const TomlTable& file, DawProfile& profile) {
    DawFacts facts(file.table("pan", {"ticks", "text"}), "pan", profile);
    profile.pan.ticks = facts.whole("ticks", 2, most_pan_ticks);
    profile.pan.text = facts.word<banked::PanText>("text", pan_texts);
    if (profile.protocol == banked::SurfaceProtocol::hui && profile.pan.text == banked::PanText::shares)
        facts.table().wrong("text", "a HUI shows no text beneath a strip's name");
}

void read_meters(const TomlTable& file, DawProfile& profile) {
    DawFacts facts(file.table("meters", {"steps", "fall", "fall_per_second", "rolling_only"}), "meters",
                   profile);
    profile.meters.steps = read_steps(facts);
    profile.meters.fall = facts.word<banked::MeterFall>("fall", meter_falls);
    profile.meters.fall_per_second = facts.level("fall_per_second", 0.0, most_fall_db);
    profile.meters.rolling_only = facts.known("rolling_only");
}

void read_time(const TomlTable& file, DawProfile& profile) {
    DawFacts facts(file.table("time", {"shows", "switch", "channel"}), "time", profile);
    profile.time.shows = facts.word<banked::TimeShown>("shows", times_shown);
    profile.time.change = facts.button("switch");
    const bool on_hui = profile.protocol == banked::SurfaceProtocol::hui;
    if (on_hui != facts.is_word("channel", DawFacts::none_word))
        facts.table().wrong("channel", on_hui
                                           ? "the digits of a HUI have no channel: \"none\" is expected here"
                                           : "a channel from 1 to 16 is expected here, or \"unknown\"");
    if (on_hui)
        facts.note("channel", false);
    else
        profile.time.channel = facts.whole("channel", 1, midi_channels);
}

void read_buttons(const TomlTable& file, DawProfile& profile) {
    DawFacts facts(file.table("buttons", {"to_start", "save", "undo", "marker"}), "buttons", profile);
    profile.buttons.to_start = facts.button("to_start");
    profile.buttons.save = facts.button("save");
    profile.buttons.undo = facts.button("undo");
    profile.buttons.marker = facts.button("marker");
}

void read_automation(const TomlTable& file, DawProfile& profile) {
    DawFacts facts(file.table("automation", {"scope", "read", "touch", "latch", "write", "off"}),
                   "automation", profile);
    banked::AutomationFacts& modes = profile.automation;
    modes.scope = facts.word<banked::ModeScope>("scope", mode_scopes);
    modes.read = facts.button("read");
    modes.touch = facts.button("touch");
    modes.latch = facts.button("latch");
    modes.write = facts.button("write");
    modes.off = facts.button("off");
    const auto uses = {&modes.read, &modes.touch, &modes.latch, &modes.write, &modes.off};
    const bool any = std::any_of(uses.begin(), uses.end(),
                                 [](const auto* use) { return use->exists == banked::Known::yes; });
    if (any && modes.scope == banked::ModeScope::none)
        facts.table().wrong("scope", "there are buttons that set a mode: whose?");
}

/// The keys that are listed as from memory; each has a value, and stands there once.
void read_doubts(const TomlTable& file, DawProfile& profile) {
    for (const toml::node& one : file.list(file.need("from_memory"))) {
        const auto key = one.value<std::string>();
        if (!key) file.wrong(one, "a key in quotes is expected here, such as \"fader.law\"");
        const auto known = profile.certainties.find(*key);
        if (known == profile.certainties.end())
            file.wrong(one, fmt::format("'{}' is no key of a profile", *key));
        if (known->second == banked::Certainty::unknown)
            file.wrong(one, fmt::format("'{}' is unknown, which nobody can remember", *key));
        if (known->second == banked::Certainty::from_memory)
            file.wrong(one, fmt::format("'{}' stands here twice", *key));
        known->second = banked::Certainty::from_memory;
    }
}

DawProfile read_profile(const TomlTable& file) {
    file.only({"name", "protocol", "from_memory", "setup", "missing", "notes", "fader", "labels", "banks",
               "pan", "meters", "time", "buttons", "automation"});
    DawProfile profile;
    DawFacts facts(file, "", profile);
    profile.name = file.text("name");
    if (profile.name.empty()) file.wrong("name", "a name is expected here");
    profile.protocol = facts.word<banked::SurfaceProtocol>("protocol", protocols);
    profile.setup = facts.sentences("setup");
    if (profile.setup.empty()) file.wrong("setup", "at least one step is expected here");
    profile.missing = facts.sentences("missing");
    profile.notes = facts.sentences("notes");
    read_fader(file, profile);
    read_labels(file, profile);
    read_banks(file, profile);
    read_pan(file, profile);
    read_meters(file, profile);
    read_time(file, profile);
    read_buttons(file, profile);
    read_automation(file, profile);
    read_doubts(file, profile);
    return profile;
}

}  // namespace

Result<DawProfile> read_daw_profile(std::string_view origin, std::string_view toml) {
    const mix::TomlFile file{
        origin, "Correct the file there; profiles/daws/README.md describes what may stand in it."};
    return mix::read_toml([&] {
        const toml::table table = mix::parse_toml(file, toml);
        return read_profile(TomlTable(file, table));
    });
}

}  // namespace kedge::cli
