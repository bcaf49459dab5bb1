#include "io/midi_unit.hpp"

#include "io/kept_for_good.hpp"
#include "io/midi_split.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kedge::io {

namespace {

// RtMidi's buffer of 16 KiB before JACK, which it waits for without an end once it is full; each message has
// its length before it.
constexpr std::size_t most_under_way = 16'000;
constexpr std::size_t bytes_before_each = sizeof(int);
constexpr int most_waits = 20;

bool has_port(const std::vector<std::string>& ports, const std::string& name) {
    return name.empty() || std::find(ports.begin(), ports.end(), name) != ports.end();
}

tl::unexpected<Error> no_such_port(const std::string& name, const char* which,
                                   const std::vector<std::string>& ports) {
    return fail(ErrorKind::no_daw, fmt::format("There is no MIDI port '{}' that {}.", name, which),
                ports.empty() ? "There are none at all: start the DAW, and turn on its control surface."
                              : fmt::format("Start the DAW and turn on its control surface, or name another "
                                            "with --midi: there are '{}'.",
                                            fmt::join(ports, "', '")));
}

tl::unexpected<Error> not_settled() {
    return fail(ErrorKind::no_daw, "The MIDI ports are being connected.", "Wait a second.");
}

}  // namespace

/// The DAW's, by their place among all ports; none where kedge has ports of its own.
struct MidiUnit::DawPorts {
    std::optional<std::size_t> from;
    std::optional<std::size_t> to;
};

MidiUnit::MidiUnit(std::size_t number, const std::string& name, std::string client,
                   std::function<void()> on_news)
    : number_(number), name_(name), client_(std::move(client)), on_news_(std::move(on_news)) {}

bool MidiUnit::open_ends(const MidiSystem& system) {
    in_ = MidiEnd<RtMidiIn>::open(system.api(), client_);
    system.let_others_follow();
    out_ = MidiEnd<RtMidiOut>::open(system.api(), client_);
    system.let_others_follow();
    sent_last_ = 0;
    sent_before_ = 0;
    last_period_ = 0;
    if (!in_ || !out_) return false;
    in_->port().ignoreTypes(false, false, true);  // active sensing says nothing
    in_->port().setCallback(heard, this);
    return true;
}

/// RtMidi frees what its callback reads before it takes leave of JACK: the port is closed before that, and
/// a callback that was under way comes to its end.
std::future<void> MidiUnit::let_go(const JackWatch* jack) {
    opened_.reset();
    const auto when = jack != nullptr && jack->is_there() ? std::launch::deferred : std::launch::async;
    return std::async(when, [in = std::move(in_), out = std::move(out_), jack]() mutable {
        const auto follow = [&] {
            if (jack != nullptr) jack->let_others_follow();
        };
        if (out && jack != nullptr) {
            out->did([&] { out->port().closePort(); });
            (void)jack->sees_two_periods();  // else nothing was under way
            follow();
        }
        if (in) in->did([&] { in->port().closePort(); });
        follow();
        out.reset();
        follow();
        in.reset();
        follow();
    });
}

void MidiUnit::abandon() {
    opened_.reset();
    if (in_) in_->did([&] { in_->port().cancelCallback(); });
    keep_for_good(std::move(in_));
    keep_for_good(std::move(out_));
}

std::optional<MidiPortNames> MidiUnit::ports() const {
    if (!in_ || !out_) return std::nullopt;
    auto from = in_->names();
    auto to = out_->names();
    if (!from || !to) return std::nullopt;
    return MidiPortNames{std::move(*from), std::move(*to)};
}

Result<MidiUnit::DawPorts> MidiUnit::find_daw(const MidiPortNames& ports) const {
    if (name_.empty()) return DawPorts{};
    const auto find = [this](const std::string& name, std::vector<std::string> among,
                             const char* which) -> Result<std::optional<std::size_t>> {
        for (auto& each : among)
            if (is_port_of(client_, each)) each.clear();
        auto found = port_meant(name, among);
        if (!found || *found) return found;
        std::erase(among, "");
        return no_such_port(name, which, among);
    };
    const auto names = names_of_unit(name_);
    const auto from = find(names.from, ports.from, "sends");
    if (!from) return tl::unexpected(from.error());
    const auto to = find(names.to, ports.to, "takes");
    if (!to) return tl::unexpected(to.error());
    return DawPorts{*from, *to};
}

bool MidiUnit::open_both(const MidiSystem& system, const DawPorts& daw) {
    const auto open = [&](auto& end, const char* way, std::optional<std::size_t> number) {
        const auto ours = system.own_port(number_, way);
        return end.did([&] {
            if (number) {
                end.port().openPort(static_cast<unsigned>(*number), ours);
            } else {
                end.port().openVirtualPort(ours);
            }
        });
    };
    const bool in = open(*in_, "in", daw.from);
    system.let_others_follow();
    const bool both = in && open(*out_, "out", daw.to);
    system.let_others_follow();
    return both;
}

/// Of a port that was just opened; JACK may have given the client another name.
std::string MidiUnit::own_name(const std::string& port, const std::vector<std::string>& before,
                               const std::vector<std::string>& now) const {
    for (const auto& each : now)
        if (is_port_of(client_, each) && each.find(port) != std::string::npos && !has_port(before, each))
            return each;
    return "";
}

Result<void> MidiUnit::open_ports(const MidiSystem& system) {
    if (name_.empty() && !system.has_own_ports())
        return fail(ErrorKind::usage, "kedge cannot have MIDI ports of its own on this system.",
                    "Add a pair of virtual ports (such as loopMIDI's), and name them with --midi.");
    const auto before = ports();
    if (!before) return not_settled();
    const auto daw = find_daw(*before);
    if (!daw) return tl::unexpected(daw.error());
    take([](auto) {});  // what is left from before
    const bool opened = open_both(system, *daw);
    const auto now = ports();
    if (opened && now) {
        opened_ = Opened{own_name(system.own_port(number_, "in"), before->to, now->to),
                         own_name(system.own_port(number_, "out"), before->from, now->from),
                         daw->from ? before->from[*daw->from] : "", daw->to ? before->to[*daw->to] : ""};
        // RtMidi opens by number: when ports come and go at the same time, it may have been another.
        auto others = *now;
        std::erase(others.to, opened_->own_in);
        std::erase(others.from, opened_->own_out);
        if (others.from == before->from && others.to == before->to) return {};
    }
    unplug(system);
    if (!opened) {  // a client that JACK threw out opens nothing more
        out_.reset();
        in_.reset();
    }
    return not_settled();
}

Result<void> MidiUnit::plug_in(const MidiSystem& system) {
    if (!opened_) {
        if (auto opened = open_ports(system); !opened) return opened;
        waits_ = 0;
    }
    connected_ = has_cables(system);
    if (connected_) return {};
    if (++waits_ > most_waits) unplug(system);
    return not_settled();
}

void MidiUnit::unplug(const MidiSystem& system) {
    if (in_) in_->did([&] { in_->port().closePort(); });
    system.let_others_follow();
    if (out_) out_->did([&] { out_->port().closePort(); });
    system.let_others_follow();
    opened_.reset();
}

/// True where it cannot be seen.
bool MidiUnit::has_cables(const MidiSystem& system) const {
    const JackWatch* jack = system.jack();
    return jack == nullptr || opened_->daw_from.empty() ||
           (jack->are_connected(opened_->daw_from, opened_->own_in) &&
            jack->are_connected(opened_->own_out, opened_->daw_to));
}

bool MidiUnit::is_still_there(const MidiSystem& system, const MidiPortNames& ports) const {
    return has_port(ports.to, opened_->own_in) && has_port(ports.from, opened_->own_out) &&
           has_port(ports.from, opened_->daw_from) && has_port(ports.to, opened_->daw_to) &&
           has_cables(system);
}

void MidiUnit::heard(double, std::vector<unsigned char>* message, void* unit) {
    auto& self = *static_cast<MidiUnit*>(unit);
    if (self.inbox_.put(*message)) self.on_news_();
}

bool MidiUnit::has_room_for(const JackWatch& jack, std::span<const std::byte> bytes) {
    std::size_t needed = 0;
    for (auto rest = bytes; !rest.empty(); rest = rest.subspan(first_midi_message(rest)))
        needed += first_midi_message(rest) + bytes_before_each;
    const auto now = jack.periods();
    if (now != last_period_) {
        sent_before_ = now == last_period_ + 1 ? sent_last_ : 0;
        sent_last_ = 0;
        last_period_ = now;
    }
    if (sent_before_ + sent_last_ + needed > most_under_way) return false;
    sent_last_ += needed;
    return true;
}

bool MidiUnit::send(const MidiSystem& system, std::span<const std::byte> bytes) {
    if (!is_plugged_in()) return false;
    const JackWatch* jack = system.jack();
    if (jack != nullptr && (!jack->is_there() || !has_room_for(*jack, bytes))) return false;
    bool all = true;
    while (!bytes.empty()) {
        const auto length = first_midi_message(bytes);
        const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());  // NOLINT: the same bytes
        all = out_->did([&] { out_->port().sendMessage(data, length); }) && all;
        bytes = bytes.subspan(length);
    }
    return all;
}

}  // namespace kedge::io
