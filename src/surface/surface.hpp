#pragma once

#include "core/capabilities.hpp"
#include "core/fader_line.hpp"
#include "core/fader_position.hpp"
#include "core/mixer_state.hpp"
#include "core/result.hpp"
#include "core/song_places.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The Surface port: a live connection to one DAW, whatever the protocol, as a state machine without sockets
/// or clock. Bytes, commands and wake-ups go in with the instant they happen; effects come out.
/// Everything here runs on the loop thread that owns the surface.
namespace kedge::surface {

// --- commands: what kedge asks of a surface
// ------------------------------------------------------------------

/// A control of a strip.
struct StripControl {
    StripId strip;
    Control control = Control::fader;
};

/// Set one control. No answer is promised: confirmation is a ControlReported that arrives later.
struct SetControl {
    StripId strip;
    Control control = Control::fader;
    ControlValue value;
};
/// Ask the DAW for the value it holds; answered by ControlReported with `asked` true, or never (packets get
/// lost).
struct QueryControl {
    StripId strip;
    Control control = Control::fader;
};
struct Play {};
struct Stop {};
/// Move the transport; it stays stopped if it was stopped.
struct Locate {
    SongTime to;
};
/// Move the transport to the n-th marker in the order of time, from 1, and stop it; nothing happens when
/// there are fewer. Only with Capabilities::markers.
struct LocateMark {
    int number = 1;
};
/// Turn the DAW's loop on or off; what it loops stays. Only with Capabilities::loop.
struct SwitchLoop {
    bool on = false;
};
/// Go to the next marker, or to the one before (`by` below 0), as the DAW itself does.
struct StepMark {
    int by = 1;
};
/// Solo a strip, or end that. Told by SoloReported once it is so.
struct SwitchSolo {
    StripId strip;
    bool on = false;
};
/// Show other strips' meters: those of one of Surface::meter_windows(), from 0. Answered by MetersShown.
struct ShowMeters {
    std::size_t window = 0;
};
/// Find out where the song ends. The playhead goes there: only while it is stopped, and whoever asks sends it
/// elsewhere. Answered by EndFound. Only with Capabilities::finds_end.
struct FindEnd {};
/// Save the session, where the surface can.
struct SaveSession {};
/// Another automation mode for a control; told by ControlReported's twin AutomationReported once it is so.
struct SetAutomation {
    StripId strip;
    Control control = Control::fader;
    AutomationMode mode = AutomationMode::manual;
};
/// Take hold of a control, or let it go: in touch and latch mode what is set in between is written. Only with
/// Capabilities::touch.
struct TouchControl {
    StripId strip;
    Control control = Control::fader;
    bool held = false;
};
/// Ask for everything the DAW keeps of these faders: answered by a FaderLineRead for each, or by one
/// LinesRefused for all. Only with Capabilities::fader_lines.
struct ReadFaderLines {
    std::vector<StripId> strips;
};
/// What a fader is to be.
struct FaderLineFor {
    StripId strip;
    FaderLine line;
};
/// Make these faders so, all of them or none, as one step of the DAW's undo called `undo_name`; answered by
/// FaderLinesWritten or LinesRefused. Only with Capabilities::fader_lines.
struct WriteFaderLines {
    std::vector<FaderLineFor> lines;
    std::string undo_name;
};
/// Move a fader to a position and hold it there; answered by FaderTried. It is held until any other command
/// for a control. Only for a fader that a held pass has in the journal, and with Capabilities::fader_texts.
struct TryFader {
    StripId strip;
    FaderPosition to;
};
using Command = std::variant<SetControl, QueryControl, Play, Stop, Locate, LocateMark, SwitchLoop, StepMark,
                             SwitchSolo, ShowMeters, FindEnd, SaveSession, SetAutomation, TouchControl,
                             ReadFaderLines, WriteFaderLines, TryFader>;

// --- events: what a surface reports
// --------------------------------------------------------------------------

/// The handshake is done and the mixer state is whole: every strip known, every control asked for and
/// answered. Comes again after a lost connection was found again.
struct Ready {};
/// Nobody answers any more (or nobody ever did): heartbeat missed, or no answer to the handshake.
struct Lost {
    std::string why;
};
/// Strips were added, removed, renamed or reordered: mixer() has the new list. Ids of strips that remain
/// stay.
struct StripsChanged {
    std::vector<StripId> added;
    std::vector<StripId> removed;
    /// Controls that a value may have reached which was meant for another strip: it was on its way while the
    /// strips changed places.
    std::vector<StripControl> crossed{};
};
/// The strips are changing: no control can be set or asked for until StripsChanged (or Lost) says how it
/// ended.
struct StripsUnsettled {};
/// The DAW reported a control's value; mixer() has it already.
struct ControlReported {
    StripId strip;
    Control control = Control::fader;
    ControlValue value;
    bool asked = false;  ///< the answer to a QueryControl, not a report of its own accord
    /// When the question left that this answers (with `asked`): the DAW held the value after that.
    Instant asked_at{};
};
/// The DAW refused a SetControl (Ardour: the error echo).
struct ControlRefused {
    StripId strip;
    Control control = Control::fader;
};
/// A hand on a controller or tablet of kedge's has this control, and what a job sends to it does not leave:
/// at once when the job had it before, else when it would set it. The engine tells it, not the surface.
struct ControlTaken {
    StripId strip;
    Control control = Control::fader;
};
/// It was taken, and the hand has let go of it.
struct ControlLetGo {
    StripId strip;
    Control control = Control::fader;
};
/// The DAW soloed a strip, or ended that; mixer() has it already.
struct SoloReported {
    StripId strip;
    bool on = false;
};
/// A meter reading, as shown (Capabilities::meter says what it means). Silence for "nothing".
struct MeterRead {
    StripId strip;
    Decibels level;
};
struct PositionReported {
    SongTime at;
};
/// The song has come to another beat, by the DAW's own tempo and meter. Only with Capabilities::bars.
struct BarReported {
    int bar = 1;   ///< from 1; 0 and less before the song's first bar
    int beat = 1;  ///< of the bar, from 1
};
struct TransportReported {
    bool rolling = false;
};
/// The answer to FindEnd; mixer() has it already.
struct EndFound {
    std::optional<SongTime> at;  ///< nullopt: it cannot be found, or the song is empty
};
/// The answer to ShowMeters: from now on the meters of this window are told.
struct MetersShown {
    std::size_t window = 0;
};
/// What the DAW shows of markers: the name of the one that the playhead stands on, elsewhere something of
/// those around it. Comes with the position, after it, and only when it changed.
struct MarkShown {
    std::string text;
};
/// The DAW reported a control's automation mode; mixer() has it already.
struct AutomationReported {
    StripId strip;
    Control control = Control::fader;
    AutomationMode mode = AutomationMode::manual;
};
/// What the DAW keeps of a fader, as asked for.
struct FaderLineRead {
    StripId strip;
    FaderLine line;
};
/// The last WriteFaderLines was carried out, all of it.
struct FaderLinesWritten {};
/// The last ReadFaderLines or WriteFaderLines was not carried out, or nobody answered: then a write may
/// nevertheless have happened.
struct LinesRefused {
    Error why;
    bool unanswered = false;
};
/// What the DAW's display says of a fader at a position.
struct FaderText {
    FaderPosition at;
    /// As it stands there, blanks cut; nullopt when nothing was written since the fader came there.
    std::optional<std::string> text;
    bool operator==(const FaderText&) const = default;
};
/// The answer to TryFader.
struct FaderTried {
    StripId strip;
    FaderText shown;
};
using Event = std::variant<Ready, Lost, StripsChanged, StripsUnsettled, ControlReported, ControlRefused,
                           ControlTaken, ControlLetGo, SoloReported, MeterRead, PositionReported, BarReported,
                           TransportReported, EndFound, MetersShown, MarkShown, AutomationReported,
                           FaderLineRead, FaderLinesWritten, LinesRefused, FaderTried>;

// --- effects: what the loop does for a surface
// ----------------------------------------------------------------

/// One datagram (or one MIDI message) for the DAW.
struct SendBytes {
    std::vector<std::byte> bytes;
    std::size_t port = 0;  ///< of a wire with several: each unit of a control surface has its own
};
/// Call wake() at this instant or soon after. Each one asked for is delivered; asking twice is harmless.
struct WakeAt {
    Instant when;
};
/// Lay this text where the companion script in the DAW looks for it, whole or not at all, in place of any
/// earlier one; what is sent after it calls the script. An empty text takes away what lies there still.
struct HandOver {
    std::string request;
    /// The script answers by a file, as it has no other way: from now on it is looked for, and its text given
    /// to Surface::answered(), until something else is handed over. The time (seconds since 1970) is put
    /// behind the first line of the request, after a tab.
    bool answered_by_file = false;
};
using Effect = std::variant<SendBytes, WakeAt, HandOver, Event>;
using Effects = std::vector<Effect>;

/// What came over the wire and was not usable, and what was; shown by `kedge status`.
struct Counters {
    std::uint64_t datagrams_in = 0;
    std::uint64_t messages_in = 0;
    std::uint64_t datagrams_out = 0;
    std::uint64_t malformed = 0;     ///< not OSC: truncated, no terminator, unknown type tag …
    std::uint64_t wrong_type = 0;    ///< known path, an argument of the wrong type or missing
    std::uint64_t out_of_range = 0;  ///< NaN, infinity where none can be, an unknown strip number
    std::uint64_t unknown_path = 0;  ///< well-formed, but nothing we know
    std::uint64_t heartbeats = 0;
    std::uint64_t reconnects = 0;
};

class Surface {
  public:
    virtual ~Surface() = default;

    /// Begin the handshake. Ready follows, or Lost.
    virtual void start(Instant now, Effects& out) = 0;
    /// Bytes from the DAW. Anything at all may be in them: what is not understood is counted and ignored.
    virtual void receive(Instant now, std::span<const std::byte> bytes, Effects& out) = 0;
    /// The same from one port of a wire with several; what comes by a port that the surface has not is
    /// ignored.
    virtual void receive_from(Instant now, std::size_t port, std::span<const std::byte> bytes, Effects& out) {
        if (port == 0) receive(now, bytes, out);
    }
    /// A port was plugged in or unplugged; right after start() it is told of those that are there. What is
    /// sent to one that is not plugged in does not leave. Wires that cannot be unplugged say nothing.
    virtual void wire_changed(Instant now, std::size_t port, bool plugged_in, Effects& out) {
        (void)now, (void)port, (void)plugged_in, (void)out;
    }
    /// A wake-up that was asked for. Too early or too many is harmless.
    virtual void wake(Instant now, Effects& out) = 0;
    /// What a companion script left as its answer (HandOver::answered_by_file). Anything at all may be in it.
    virtual void answered(Instant now, std::string_view answer, Effects& out) {
        (void)now, (void)answer, (void)out;
    }
    /// Do something. A command for a strip or a control that does not exist is refused with a reason; nothing
    /// is sent.
    virtual Result<void> command(Instant now, const Command& command, Effects& out) = 0;
    /// Say goodbye (stop feedback), so that the DAW does not go on sending to nobody; but before
    /// `may_close_at`, leave without a word.
    virtual void close(Instant now, Effects& out) = 0;
    /// Not before then should it be closed: the DAW may still be at work on values that changed.
    [[nodiscard]] virtual Instant may_close_at() const { return {}; }

    [[nodiscard]] virtual bool ready() const = 0;
    [[nodiscard]] virtual const Capabilities& capabilities() const = 0;
    [[nodiscard]] virtual const MixerState& mixer() const = 0;
    [[nodiscard]] virtual const Counters& counters() const = 0;
    /// Last reported; nullopt before the first report.
    [[nodiscard]] virtual std::optional<SongTime> position() const = 0;
    [[nodiscard]] virtual std::optional<bool> rolling() const = 0;
    /// Likewise; always nullopt without Capabilities::bars.
    [[nodiscard]] virtual std::optional<BarReported> bar() const { return std::nullopt; }
    /// The song's markers and regions, where the DAW tells all of them by itself; nullopt where it does not,
    /// or not yet.
    [[nodiscard]] virtual std::optional<SongPlaces> places() const { return std::nullopt; }
    /// The loop, as last told or as it was last switched; nullopt before the first report, and always without
    /// Capabilities::loop.
    [[nodiscard]] virtual std::optional<SongLoop> loop() const { return std::nullopt; }
    /// Meters are shown of so many strips at a time only as make it take so many times to hear all.
    [[nodiscard]] virtual std::size_t meter_windows() const { return 1; }
    /// Whether the strip's meter is among those that are shown just now.
    [[nodiscard]] virtual bool shows_meter(StripId strip) const {
        (void)strip;
        return true;
    }
    /// Last shown by the meter; nullopt when none was reported since Ready.
    [[nodiscard]] virtual std::optional<Decibels> meter(StripId strip) const = 0;
};

}  // namespace kedge::surface
