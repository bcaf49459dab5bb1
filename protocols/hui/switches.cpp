#include "hui/switches.hpp"

#include <array>
#include <string_view>

namespace kedge::hui {

namespace {

constexpr int first_zone = Slot::count;

struct Zone {
    std::string_view word;
    std::array<std::string_view, Switch::ports> ports;  ///< empty: there is none
};

constexpr std::array<std::string_view, Switch::ports> slot_key_words = {
    "fader touch", "select", "mute", "solo", "auto", "v-sel", "insert", "rec/rdy"};

/// By zone, from the first behind those of slots.
constexpr std::array<Zone, Switch::zones - first_zone> zone_words = {{
    {"keyboard", {"ctrl", "shift", "edit mode", "undo", "alt/fine", "option/all", "edit tool", "save"}},
    {"window", {"mix", "edit", "transport", "mem-loc", "status", "alt"}},
    {"bank", {"channel left", "bank left", "channel right", "bank right"}},
    {"assign 1", {"output", "input", "pan", "send E", "send D", "send C", "send B", "send A"}},
    {"assign 2", {"assign", "default", "suspend", "shift", "mute", "bypass", "rec/rdy all"}},
    {"cursor", {"down", "left", "mode", "right", "up", "scrub", "shuttle"}},
    {"transport", {"talkback", "rewind", "ffwd", "stop", "play", "record"}},
    {"transport 2", {"RTZ", "end", "on line", "loop", "quick punch"}},
    {"punch", {"audition", "pre", "in", "out", "post"}},
    {"monitor in", {"input 3", "input 2", "input 1", "mute", "discrete"}},
    {"monitor out", {"output 3", "output 2", "output 1", "dim", "mono"}},
    {"num pad", {"0", "1", "4", "2", "5", ".", "3", "6"}},
    {"num pad", {"enter", "+"}},
    {"num pad", {"7", "8", "9", "-", "clr", "=", "/", "*"}},
    {"LED", {"timecode", "feet", "beats", "rude solo"}},
    {"auto enable", {"plug-in", "pan", "fader", "send mute", "send", "mute"}},
    {"auto mode", {"trim", "latch", "read", "off", "write", "touch"}},
    {"status/group", {"phase", "monitor", "auto", "suspend", "create", "group"}},
    {"edit", {"paste", "cut", "capture", "delete", "copy", "separate"}},
    {"function", {"F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8/esc"}},
    {"param edit",
     {"ins/para", "assign", "select 1", "select 2", "select 3", "select 4", "bypass", "compare"}},
    {"misc", {"footswitch 1/relay 1", "footswitch 2/relay 2", "click", "beep"}},
}};

const Zone& zone_of(Switch which) {
    return zone_words.at(static_cast<std::size_t>(which.zone().value() - first_zone));
}

}  // namespace

std::optional<Switch> Switch::at(midi::Data7 zone, int port) {
    if (zone.value() >= zones || port < 0 || port >= ports) return std::nullopt;
    if (zone.value() < first_zone) return Switch(static_cast<SlotKey>(port), Slot(zone.value()));
    const Switch found(static_cast<Key>(zone.value() * ports + port));
    if (zone_of(found).ports.at(static_cast<std::size_t>(port)).empty()) return std::nullopt;
    return found;
}

std::string to_string(Switch which) {
    const auto port = static_cast<std::size_t>(which.port());
    if (const auto slot = which.slot())
        return "strip " + std::to_string(slot->number() + 1) + ": " + std::string(slot_key_words.at(port));
    const Zone& zone = zone_of(which);
    return std::string(zone.word) + ": " + std::string(zone.ports.at(port));
}

}  // namespace kedge::hui
