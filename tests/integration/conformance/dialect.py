"""The OSC dialect, message by message: what was seen of a real Ardour 7.3 has to hold on whatever DAW stands at the port."""
import math
import statistics
import struct

from osc_client import Client

# Buttons, values, numbers in paths, heartbeat, globals, meters in dB, samples, /reply.
EVERYTHING = 1 + 2 + 4 + 8 + 16 + 128 + 1024 + 16384
NO_METERS = EVERYTHING - 128 - 1024
END_OF_BURST = "/jog/mode"

# One strip's state, in the order of the wire: buttons first, then values.
TRACK_BURST = [
    ("select", "f"), ("name", "s"), ("group", "s"), ("hide", "i"), ("mute/automation", "f"), ("mute/automation_name", "s"),
    ("mute", "f"), ("solo", "f"), ("solo_iso", "f"), ("solo_safe", "f"), ("monitor_input", "i"), ("monitor_disk", "i"),
    ("recenable", "f"), ("record_safe", "f"), ("select", "f"), ("gain", "f"), ("gain/automation", "f"),
    ("gain/automation_name", "s"), ("trimdB/automation", "f"), ("trimdB/automation_name", "s"), ("trimdB", "f"),
    ("pan_type", "s"), ("pan_stereo_position", "f"), ("pan_stereo_position/automation", "f"),
    ("pan_stereo_position/automation_name", "s"), ("pan_stereo_width", "f"), ("pan_stereo_width/automation", "f"),
    ("pan_stereo_width/automation_name", "s"), ("expand", "f")]
NOT_OF_A_MASTER = {"monitor_input", "monitor_disk", "recenable", "record_safe"}
GLOBALS = ["/master/name", "/master/mute", "/master/trimdB", "/master/pan_stereo_position", "/master/gain", "/loop_toggle",
           "/transport_play", "/toggle_roll", "/transport_stop", "/rewind", "/ffwd", "/rec_enable_toggle", "/record_tally",
           "/marker", "/session_name", "/cancel_all_solos", "/click/level", "/group/list", "/toggle_punch_in",
           "/toggle_punch_out", "/toggle_click", "/jog/mode/name", "/jog/mode"]


def float32(value):
    return struct.unpack(">f", struct.pack(">f", value))[0]


def fast_decibels(db):
    """What a question is answered with: a parabola through each octave of the gain, and 3.3125 for log2(10)."""
    mantissa, exponent = math.frexp(10 ** (db / 20))
    mantissa *= 2
    return 20 * ((-mantissa / 3 + 2) * mantissa - 2 / 3 + exponent - 2) / 3.3125


def near(a, b, tolerance=0.001):
    return a is not None and abs(a - b) <= tolerance


def word_of(address, ssid):
    """"gain/automation" of "/strip/gain/automation/3", if the message is of strip 3."""
    if not address.startswith("/strip/") or not address.endswith(f"/{ssid}"):
        return None
    return address[len("/strip/"):-len(f"/{ssid}")]


def check_dialect(bench, trials):
    """Track number 2 is a mono one."""
    for part in (handshake, feedback_alone, listing, gains, trims, pans, switches, refusals, spellings, renames, automation, transport, bars, markers, meters,
                 several_surfaces, silence):
        bench.check.begin(part.__name__)
        trials.run(by_a_client, bench, part)


def by_a_client(bench, part):
    with Client(bench.daw.port) as c:
        c.forget()
        if part is not handshake:
            c.greet(NO_METERS)
            c.forget()
        part(bench.check, c, bench.daw, bench.tracks)


def burst_of(messages, ssid):
    return [(word_of(a, ssid), t) for a, t, _ in messages if word_of(a, ssid)]


def handshake(check, c, daw, tracks):
    c.greet(NO_METERS)
    heard = c.said(1.5)
    check(burst_of(heard, 2)[:len(TRACK_BURST)] == TRACK_BURST, "the burst of a track: paths, types, order")
    master = [x for x in TRACK_BURST if x[0] not in NOT_OF_A_MASTER]
    check(burst_of(heard, len(tracks) + 1)[:len(master)] == master, "the burst of the master")
    for ssid in (1, 2, 7):
        names = [v[0] for a, _, v in heard if a == f"/strip/name/{ssid}"]
        check(names and names[0] == tracks[ssid - 1], f"strip {ssid} is {tracks[ssid - 1]}")
    said = [a for a, _, _ in heard if not a.startswith("/strip/")]
    check(said[:len(GLOBALS)] == GLOBALS, "the global section, after the strips")
    values = {a: (t, v) for a, t, v in heard}
    check(values.get("/transport_stop") == ("f", [1.0]) and values.get("/transport_play") == ("f", [0.0]), "it stands")
    check(values.get("/strip/hide/2") == ("i", [0]) and values.get("/strip/group/2") == ("s", [" "]), "shown, of no group")
    check(values.get("/strip/pan_type/2") == ("s", ["panner_1in2out"]), "a mono track's panner")
    check(c.ask("/set_surface") == ("/set_surface", "iiiiiiiii", [0, 575, NO_METERS, 0, 0, 0, 0, 1, 0]), "what was set, asked")


def feedback_alone(check, c, daw, tracks):
    """How kedge greets: whoever has no feedback yet gets the list and nothing else, and with feedback alone everything once."""
    c.greet(16384)
    c.forget()
    c.send("/strip/list")
    heard = c.said(1.0)
    check(heard and all(a == "/reply" for a, _, _ in heard), f"without feedback a list is its lines alone ({len(heard)})")
    c.send("/set_surface/feedback", "i", NO_METERS)
    heard = c.said(1.5)
    told = [a for a, _, _ in heard].count("/strip/gain/2")
    check(told == 1, f"feedback turned on alone tells everything once ({told})")
    check(END_OF_BURST in [a for a, _, _ in heard], "and the globals")


def listing(check, c, daw, tracks):
    c.send("/strip/list")
    heard = c.said(1.5)
    lines = [(t, v) for a, t, v in heard if a == "/reply"]
    names = [v[1] for t, v in lines[:-2]]
    check(names == tracks, f"{len(names)} tracks in order")
    check(all(t == "ssiiiiii" and v[0] == "AT" and v[2] in (1, 2) and v[3] == 2 and v[6] == i + 1
              for i, (t, v) in enumerate(lines[:-2])), "a line each: type, name, ins, outs, mute, solo, number, record")
    check(lines[-2] == ("ssiiiii", ["MA", "Master", 2, 2, 0, 0, len(tracks) + 1]), "the master, last, cannot record")
    kind, end = lines[-1]
    check(kind == "shhi" and end[0] == "end_route_list" and end[1] == 48000 and end[2] == daw.song_samples,
          f"the end of the list: rate and the song's end ({end})")
    check([x for x in burst_of(heard, 2)][:len(TRACK_BURST)] == TRACK_BURST, "everything again after the list")
    c.greet(NO_METERS - 16384)
    c.forget()
    c.send("/strip/list")
    check(any(a == "#reply" for a, _, _ in c.said(1.0)), "without its bit a list comes as #reply")
    c.greet(NO_METERS)
    c.forget()


def echo(c, address, tags, *values):
    """What is said at a strip's control when it is set: [(address, tags, values)]."""
    c.send(address, tags, *values)
    return c.said(0.3)


def gains(check, c, daw, tracks):
    at = "/strip/gain/2"
    echo(c, at, "f", 1.0)
    for sent, back in ((-3.0, -3.0), (0.0, 0.0), (6.0, 6.0), (7.0, 6.0206), (-60.5, -60.5), (-192.0, -192.0),
                       (-192.5, -200.0), (-7.25, -7.25), (math.inf, 6.0206), (-math.inf, -200.0), (-1.0, -1.0)):
        heard = echo(c, at, "f", sent)
        good = len(heard) == 1 and heard[0][:2] == (at, "f") and near(heard[0][2][0], back)
        check(good, f"gain {sent} comes back as {back} ({heard})")
    check(echo(c, at, "f", -1.0) == [], "the same value again: nothing is said")
    for address, tags, values, back in (("/strip/gain", "if", (2, -7.25), -7.25), ("/strip/2/gain", "f", (-8.5,), -8.5),
                                        ("/strip/gain", "ff", (2.0, -9.0), -9.0), (at, "s", ("-4.5",), -4.5),
                                        ("/strip/fader/2", "f", (0.5,), -10.469)):
        heard = echo(c, address, tags, *values)
        check(len(heard) == 1 and heard[0][0] == at and near(heard[0][2][0], back), f"{address} ,{tags} sets it too ({heard})")
    for db in (-3.0, -0.5, -17.3, -60.0, 4.0):
        echo(c, at, "f", db)
        answer = c.ask(at)
        check(answer and answer[1] == "f" and near(answer[2][0], fast_decibels(db), 0.003),
              f"asked for {db} dB it answers by its fast logarithm {fast_decibels(db):.4f} ({answer})")
    check(near((c.ask("/strip/gain", "i", 2) or (0, 0, [None]))[2][0], fast_decibels(4.0), 0.003),
          "asked with the number as argument, it answers without")
    echo(c, at, "f", -math.inf)
    check(near((c.ask(at) or (0, 0, [0]))[2][0], -766.792, 0.01), "silence, asked, is -766.79")
    echo(c, at, "f", 0.0)


def trims(check, c, daw, tracks):
    at = "/strip/trimdB/2"
    for sent in (1.5, -20.0, 20.0, -7.3, 0.0):
        heard = echo(c, at, "f", sent)
        check(len(heard) == 1 and heard[0][:2] == (at, "f") and near(heard[0][2][0], sent), f"trim {sent} ({heard})")
    answer = c.ask(at)
    check(answer and near(answer[2][0], 0.0, 0.003), f"asked ({answer})")


def pans(check, c, daw, tracks):
    at = "/strip/pan_stereo_position/2"
    for sent, back in ((0.0, 0.0), (0.25, 0.25), (1.0, 1.0), (-0.5, 0.0), (0.7, 0.7), (0.5, 0.5)):
        heard = echo(c, at, "f", sent)
        where = [h for h in heard if h[0] in (at, "/strip/pan_stereo_position")]
        check(len(where) == 1 and where[0][1] in ("f", "if") and near(where[0][2][-1], back), f"pan {sent} ({heard})")
    answer = c.ask(at)
    check(answer and near(answer[2][0], 0.5), f"asked ({answer})")


def switches(check, c, daw, tracks):
    check(echo(c, "/strip/mute/2", "i", 1) == [("/strip/mute/2", "f", [1.0])], "mute comes back as a float")
    check(echo(c, "/strip/mute/2", "i", 1) == [], "muted already: nothing is said")
    check(c.ask("/strip/mute/2") == ("/strip/mute/2", "i", [1]), "asked, it is an int")
    check(echo(c, "/strip/mute/2", "f", 0.0) == [("/strip/mute/2", "f", [0.0])], "a float opens it")
    check(echo(c, "/strip/solo/2", "i", 1) == [("/strip/solo/2", "f", [1.0]), ("/cancel_all_solos", "f", [1.0])], "solo")
    check(echo(c, "/strip/solo/2", "i", 0) == [("/strip/solo/2", "f", [0.0]), ("/cancel_all_solos", "f", [0.0])], "and not")


def refusals(check, c, daw, tracks):
    for address, tags, value, back in (("/strip/gain/2", "i", -3, ("i", [0])), ("/strip/gain/2", "s", "abc", ("s", [" "])),
                                       ("/strip/trimdB/2", "i", 3, ("i", [0])), ("/strip/trimdB/2", "s", "x", ("s", [" "])),
                                       ("/strip/pan_stereo_position/2", "i", 1, ("i", [0])),
                                       ("/strip/mute/2", "s", "x", ("s", [" "])), ("/strip/hide/2", "i", 0, ("i", [0])),
                                       ("/strip/nonsense/2", "i", 1, ("i", [0]))):
        heard = echo(c, address, tags, value)
        check(heard == [(address, *back)], f"{address} ,{tags} {value} is refused with {back} ({heard})")
    check(c.ask("/strip/gain/2") is not None and near(c.ask("/strip/gain/2")[2][0], fast_decibels(0.0), 0.003), "it stands")
    for address in ("/strip/gain/99", "/strip/gain/0", "/nonsense"):
        check(echo(c, address, "f", -3.0) == [], f"{address}: nothing is said")
    echo(c, "/strip/gain/2", "f", -3.0)
    check(echo(c, "/strip/gain/2", "f", math.nan) == [("/strip/gain/2", "f", [-200.0])], "NaN for a gain is silence")
    echo(c, "/strip/gain/2", "f", 0.0)


def spellings(check, c, daw, tracks):
    """A number may begin with zeros: what is said of its own accord comes under the plain one, what answers under the one asked."""
    for zeros in (1, 2, 11):
        number = "0" * zeros + "2"
        for word, value, plain in (("gain", -2.0 - zeros / 10, "/strip/gain/2"), ("trimdB", -1.0 - zeros / 10, "/strip/trimdB/2"),
                                   ("pan_stereo_position", 0.3 + zeros / 100, "/strip/pan_stereo_position"),
                                   ("mute", zeros % 2, "/strip/mute/2")):
            tag = "i" if word == "mute" else "f"
            heard = [h for h in echo(c, f"/strip/{word}/{number}", tag, value) if h[0].startswith(plain)]
            check(len(heard) == 1 and not heard[0][0].endswith(number) and near(heard[0][2][-1], value),
                  f"{word} of {number} is told under the plain number ({heard})")
            answer = c.ask(f"/strip/{word}/{number}")
            check(answer and answer[0] == f"/strip/{word}/{number}", f"asked, it answers under {number} ({answer})")
        heard = echo(c, f"/strip/gain/{number}", "i", 1)
        check(heard == [(f"/strip/gain/{number}", "i", [0])], f"and refuses under it ({heard})")
    for word, value in (("gain", 0.0), ("trimdB", 0.0), ("pan_stereo_position", 0.5)):
        echo(c, f"/strip/{word}/2", "f", value)
    echo(c, "/strip/mute/2", "i", 0)


def renames(check, c, daw, tracks):
    check(echo(c, "/strip/name/2", "s", "Kick Again") == [("/strip/name/2", "s", ["Kick Again"])], "renamed in place")
    echo(c, "/strip/name/2", "s", tracks[1])
    heard = echo(c, "/strip/group", "is", 2, "Kit")
    check(sorted(heard) == [("/group/list", "ss", ["none", "Kit"]), ("/strip/group/2", "s", ["Kit"])], f"a group ({heard})")
    heard = echo(c, "/strip/group", "is", 2, "none")
    check(sorted(heard) == [("/group/list", "s", ["none"]), ("/strip/group/2", "s", [" "])], f"of no group again ({heard})")
    c.send("/strip/hide/2", "i", 1)
    heard = c.said(1.5)
    check(heard[:1] == [("/strip/hide/2", "i", [1])] and ("/strip/list", "", []) in heard, "hidden: list again")
    c.send("/strip/hide/2", "i", 0)
    check(("/strip/list", "", []) in c.said(1.5), "shown: list again")
    c.forget()


def automation(check, c, daw, tracks):
    for mode, name in ((1, "Play"), (2, "Write"), (3, "Touch"), (4, "Latch"), (0, "Manual")):
        heard = echo(c, "/strip/fader/automation/2", "i", mode)
        check(heard == [("/strip/gain/automation/2", "f", [float(mode)]), ("/strip/gain/automation_name/2", "s", [name])],
              f"fader automation {name} ({heard})")


def stand_still(c):
    """Stops the transport, and waits until it stands: a locate that comes while it stops is lost."""
    c.send("/transport_stop")
    c.hear(10, lambda a, t, v: a == "/transport_stop" and v == [1.0])
    c.hear(0.5)
    c.forget()


def transport(check, c, daw, tracks):
    c.send("/goto_start")
    c.forget()
    c.greet(EVERYTHING - 128)
    c.forget()
    c.send("/locate", "ii", 96000, 0)
    heard = c.hear(1.0, lambda a, *_: a == "/position/samples")
    check(heard and heard[-1][1:] == ("/position/samples", "s", ["96000"]), "located to the sample")
    check(c.ask("/transport_frame") == ("/transport_frame", "h", [96000]), "asked for the sample")
    check(c.ask("/transport_speed") == ("/transport_speed", "d", [0.0]), "asked for the speed")
    c.forget()
    c.send("/transport_play")
    heard = c.hear(10, lambda a, *_: a == "/position/samples") + c.hear(2.6)
    first = [h[1:] for h in heard if h[1] in ("/transport_play", "/transport_stop", "/toggle_roll")][:3]
    check(first == [("/transport_play", "f", [1.0]), ("/toggle_roll", "f", [1.0]), ("/transport_stop", "f", [0.0])], "it rolls")
    at = [(h[0], int(h[3][0])) for h in heard if h[1] == "/position/samples"]
    rate = (at[-1][1] - at[0][1]) / (at[-1][0] - at[0][0]) if len(at) > 1 else 0
    check(len(at) > 15 and 44000 < rate < 52000, f"{len(at)} positions in 2.6 s, {rate:.0f} samples a second")
    check(all(p[1] % 256 == 0 for p in at), "positions are whole blocks")
    beats = [h for h in heard if h[1] == "/heartbeat"]
    check(2 <= len(beats) <= 3 and all(b[3][0] in (0.0, 1.0) for b in beats), f"{len(beats)} heartbeats in 2.6 s")
    c.send("/transport_stop")
    heard = [h[1:] for h in c.hear(10, lambda a, t, v: a == "/transport_stop" and v == [1.0])]
    check(("/transport_stop", "f", [1.0]) in heard and ("/transport_play", "f", [0.0]) in heard, "it stops")
    c.forget()
    c.send("/locate", "ii", daw.song_samples, 0)
    c.hear(0.5)
    c.send("/transport_play")
    at = [int(h[3][0]) for h in c.hear(10, lambda a, *_: a == "/position/samples") + c.hear(1.5)
          if h[1] == "/position/samples"]
    check(at and at[-1] > daw.song_samples + 24000, "it rolls on past the end of the song")
    stand_still(c)
    c.send("/save_state")
    heard = c.hear(10, lambda a, *_: a == "/session_name")
    check(heard and heard[-1][1:] == ("/session_name", "s", [daw.session_name]), "the session's name is told after it is saved")


def bars(check, c, daw, tracks):
    """The song is in 4/4 at 120."""
    c.greet(16 + 32 + 1024)
    c.said(1.0)
    for sample, bar in ((480000, "006|01|0000"), (383999, "005|01|0000"), (84000, "001|04|0960"), (1024, "001|01|0082")):
        c.send("/locate", "ii", sample, 0)
        heard = [h[1:] for h in c.hear(1.0, lambda a, *_: a == "/position/samples") if h[1].startswith("/position")]
        check(heard == [("/position/bbt", "s", [bar]), ("/position/samples", "s", [str(sample)])],
              f"sample {sample} is {bar}, told before the position ({heard})")


def markers(check, c, daw, tracks):
    c.greet(EVERYTHING - 128)
    c.send("/locate", "ii", 10 * 48000, 0)
    c.forget()
    heard = echo(c, "/add_marker", "s", "Chorus")
    check(heard in ([], [("/marker", "s", ["Chorus"])]), f"a marker at the playhead ({heard})")
    c.send("/goto_start")
    c.forget()
    c.send("/marker", "s", "Chorus")
    heard = c.hear(1.5, lambda a, t, v: a == "/position/samples")
    check(heard and heard[-1][3] == ["480000"], "located by the marker's name")
    c.send("/goto_start")
    c.forget()


def meters(check, c, daw, tracks):
    bass = tracks.index("Bass DI") + 1
    at = f"/strip/meter/{bass}"
    c.greet(EVERYTHING)
    tries = 15  # seconds: what was heard before still falls
    while tries and any("/meter" in h[1] for h in c.hear(1.0)):
        tries -= 1
    check(tries, "standing, the meters come to rest and say nothing twice")
    c.send("/transport_play")
    c.hear(10, lambda a, *_: a == "/position/samples")
    heard = [(h[0], h[3][0]) for h in c.hear(15.0) if h[1] == at]
    loudest = max((v for _, v in heard), default=-193)
    truth = daw.peak_between(tracks[bass - 1], 0.0, 15.5)
    check(truth - 1.6 <= loudest <= truth + 0.1, f"the bass reads {loudest:.2f}, its samples {truth:.2f} dBFS")
    gaps = sorted(b[0] - a[0] for a, b in zip(heard, heard[1:]))
    check(gaps and 0.08 < gaps[len(gaps) // 2] < 0.13, "a reading every 100 ms")
    fall = meter_fall(c, bass)
    check(12.3 <= fall <= 14.3, f"the meter falls {fall:.1f} dB a second")
    c.send(f"/strip/gain/{bass}", "f", -6.0)
    c.hear(0.5)
    heard = [h[3][0] for h in c.hear(8.0) if h[1] == at]
    loudest = max(heard, default=-193)
    check(loudest <= truth - 6.0 + 0.1, f"after the fader: {loudest:.2f} with the fader at -6")
    stand_still(c)
    c.send(f"/strip/gain/{bass}", "f", 0.0)
    c.forget()


def meter_fall(c, strip):
    """dB a second, by our clock. The middle of all slopes, as readings may come late; of the falls seen, the middle one, as all of
    them may."""
    falls = []
    for _ in range(3):
        c.send(f"/strip/gain/{strip}", "f", -math.inf)
        falling = [(h[0], h[3][0]) for h in c.hear(2.2) if h[1] == f"/strip/meter/{strip}" and -80 < h[3][0] < -25]
        slopes = [(a[1] - b[1]) / (b[0] - a[0]) for i, a in enumerate(falling) for b in falling[i + 1:] if b[0] - a[0] > 0.3]
        falls.append(statistics.median(slopes) if slopes else 0)
        c.send(f"/strip/gain/{strip}", "f", 0.0)
        c.hear(1.0)
    return statistics.median(falls)


def several_surfaces(check, c, daw, tracks):
    c.greet(NO_METERS)
    c.forget()
    with Client(daw.port) as other:
        other.greet(NO_METERS)
        other.forget()
        c.send("/strip/gain/3", "f", -2.0)
        # Names of a surface that came just now may still be told, long after its silence: only what is told of the fader counts.
        one, two = ([h for h in said if h[0].startswith("/strip/")] for said in (c.said(0.5), other.said(0.5)))
        check(all(len(x) == 1 and x[0][0] == "/strip/gain/3" and near(x[0][2][0], -2.0) for x in (one, two)), f"both surfaces are told of a change ({one}, {two})")
    c.send("/strip/gain/3", "f", 0.0)
    c.forget()


def silence(check, c, daw, tracks):
    c.greet(0)
    c.forget()
    c.send("/strip/gain/3", "f", -2.0)
    check(c.said(0.5) == [], "feedback 0: nothing is said")
    c.send("/strip/gain/3", "f", 0.0)
