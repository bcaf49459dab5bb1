"""REAPER's OSC over kedge's pattern file, message by message, as its published surface code has it."""
import math
import os
import random
import statistics

from client_of_reaper import is_meter
from osc_client import encode

LONGEST_PACKET, WAIT_S = 1024, 0.01
LOWEST_DB, HIGHEST_DB = -62.0, 6.0  # the ends of its meters, as REAPER is set up by itself
MODES = ("autotrim", "autoread", "autotouch", "autolatch", "autowrite")
BEYOND = 3  # places behind the last track that are looked at


def near(a, b, tolerance=0.001):
    return a is not None and abs(a - b) <= tolerance


def check_dialect_of_reaper(bench, trials):
    """Track number 2 is moved; the bass is listened to."""
    for part in (refreshed, counted, packets, names, levels, pans, switches, gangs, modes_and_touch, master, transport, loop, markers, meters, actions, garbage,
                 last_sender, left_selected):
        bench.check.begin(part.__name__)
        trials.run(by_a_client, bench, part)


def by_a_client(bench, part):
    with bench.daw.client(bench.daw.port) as c:
        c.greet()
        c.forget()
        part(bench.check, c, bench.daw, bench.tracks)


def told(c, address, tags="", *values):
    """What is said of tracks when this is sent."""
    c.send(address, tags, *values)
    return [h for h in c.said(0.1) if h[0].startswith(("/track", "/master"))]


def set_and_asked(c, address, value):
    """What REAPER says of its own accord, and what it says when it is asked."""
    heard = told(c, address, "f", value)
    answer = c.ask(address)
    return heard, answer and answer[2][0]


def refreshed(check, c, daw, tracks):
    c.refresh()
    heard = {address: values[0] for address, _, values in c.said(1.5)}
    check([heard.get(f"/track/{n + 1}/name") for n in range(len(tracks))] == tracks, "a refresh tells the name of every track")
    for n in range(len(tracks) + 1, len(tracks) + 1 + BEYOND):
        stands = [heard.get(f"/track/{n}/{word}") for word in ("name", "volume/db", "pan", "mute", "number/str")]
        check(stands == [f"Track {n}", -150.0, 0.5, 0.0, str(n)], f"behind the last track there is an unnamed, silent one ({stands})")
    stands = [heard.get(f"/track/2/{word}") for word in ("volume/db", "pan", "mute", "solo", "select", *MODES)]
    check(stands == [0.0, 0.5, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0], f"and where it stands ({stands})")
    stands = [heard.get(f"/master/{word}") for word in ("volume/db", "volume/str", "pan")]
    check(stands == [0.0, "0.00dB", 0.5], f"the master ({stands})")
    check((heard.get("/play"), heard.get("/stop")) == (0.0, 1.0), "it stands")
    check("/marker/1/number/str" in heard and "/region/1/name" in heard, "places for markers and regions")


def counted(check, c, daw, tracks):
    check(c.count() == len(tracks), "the last track's number is that of the current track, once the last of all is asked for")
    check(c.count() == len(tracks), "and again, when it is asked again")
    c.send("/device/track/count", "i", 4)
    c.said()
    check(c.count() == len(tracks), "whatever the bank")
    check(not told(c, "/track/6/mute", "f", 1.0), "nothing is told of a track outside the bank")
    check(told(c, "/device/track/count", "i", c.places)[:1] != [], "a larger bank tells what it has not told")
    told(c, "/track/6/mute", "f", 0.0)


def packets(check, c, daw, tracks):
    c.refresh()
    c.hear(2.0)
    burst = [size for at, size in c.datagrams[-20:]]
    check(max(size for _, size in c.datagrams) <= LONGEST_PACKET and min(burst[:-2]) > LONGEST_PACKET / 2,
          f"a burst is full packets of {LONGEST_PACKET} bytes at most ({burst})")
    gaps = [b[0] - a[0] for a, b in zip(c.datagrams[-20:], c.datagrams[-19:])]
    check(0.8 * WAIT_S < statistics.median(gaps) < 2 * WAIT_S, f"{1000 * statistics.median(gaps):.1f} ms from one to the next")


def names(check, c, daw, tracks):
    check(c.ask("/track/2/name") == ("/track/2/name", "s", [tracks[1]]), "asked for a name")
    check(told(c, "/track/2/name", "s", "Kick Again") == [], "renamed, it is not said back")
    check(c.ask("/track/2/name") == ("/track/2/name", "s", ["Kick Again"]), "and so it is called")
    told(c, "/track/2/name", "s", "")
    check(c.ask("/track/2/name") == ("/track/2/name", "s", ["Track 2"]), "without a name it is Track 2")
    told(c, "/track/2/name", "s", tracks[1])


def levels(check, c, daw, tracks):
    at = "/track/2/volume/db"
    for sent, back in ((-3.0, -3.0), (6.02, 6.02), (12.0, 12.0), (-60.5, -60.5), (-200.0, -150.0), (-7.25, -7.25)):
        heard, stands = set_and_asked(c, at, sent)
        check(heard == [] and near(stands, back), f"{sent} dB is not said back, and asked it is {back} ({heard}, {stands})")
    told(c, at, "i", -3)
    check(c.ask(at) == (at, "f", [-3.0]), "a whole number is taken")
    c.send("/track/2,3/volume/db", "ff", -4.0, -5.0)
    c.said()
    check((c.ask(at)[2], c.ask("/track/3/volume/db")[2]) == ([-4.0], [-5.0]), "a list in the address sets one after the other")
    heard = told(c, "/master/volume/db", "f", -6.0)
    check(heard == [], f"the master's is told to those whose current track it is ({heard})")
    answer = c.ask("/master/volume/str")
    check(answer == ("/master/volume/str", "s", ["-6.00dB"]), f"and asked ({answer})")
    told(c, "/master/volume/str", "s", "0.00dB")
    check(c.ask("/master/volume/db") == ("/master/volume/db", "f", [0.0]), "it is set by a text, too")
    told(c, "/track/2,3/volume/db", "ff", 0.0, 0.0)


def pans(check, c, daw, tracks):
    at = "/track/2/pan"
    for sent, back in ((0.0, 0.0), (0.25, 0.25), (1.0, 1.0), (-0.5, 0.0), (2.0, 1.0), (0.5, 0.5)):
        heard, stands = set_and_asked(c, at, sent)
        check(heard == [] and near(stands, back), f"pan {sent} ({heard}, {stands})")


def switches(check, c, daw, tracks):
    for word in ("mute", "solo", "select"):
        at = f"/track/2/{word}"
        check(told(c, at, "f", 1.0) == [(at, "f", [1.0])], f"{word} is said back")
        check(told(c, at, "f", 1.0) in ([], [(at, "f", [1.0])]) and c.ask(at) == (at, "f", [1.0]), "and asked")
        check(told(c, at, "f", 0.7) == [] and c.ask(at) == (at, "f", [1.0]), "neither 0 nor 1 does nothing")
        check(told(c, at, "i", 0) == [(at, "f", [0.0])], f"not {word}")


def gangs(check, c, daw, tracks):
    """One to a selected track is one to all that are selected."""
    told(c, "/track/3/volume/db", "f", -2.0)
    for n in (2, 3, 4):
        told(c, f"/track/{n}/select", "f", 1.0)
    heard = told(c, "/track/2/volume/db", "f", -6.0)
    stands = [c.ask(f"/track/{n}/volume/db")[2][0] for n in (2, 3, 4, 5)]
    check(all(near(a, b) for a, b in zip(stands, (-6.0, -8.0, -6.0, 0.0))), f"selected tracks move by as many dB ({stands})")
    check(heard == [], f"and nothing of it is told ({heard})")
    heard = told(c, "/track/2/mute", "f", 1.0)
    check(sorted(h[0] for h in heard) == [f"/track/{n}/mute" for n in (2, 3, 4)], f"and are muted together, which is told ({heard})")
    told(c, "/track/2/mute", "f", 0.0)
    told(c, "/track/2/volume/db", "f", 0.0)
    for n in (2, 3, 4):
        told(c, f"/track/{n}/select", "f", 0.0)
        told(c, f"/track/{n}/volume/db", "f", 0.0)


def modes_and_touch(check, c, daw, tracks):
    for mode in MODES[1:] + MODES[:1]:
        heard = told(c, f"/track/2/{mode}", "f", 1.0)
        stands = {word: c.ask(f"/track/2/{word}", "f", 0.0)[2][0] for word in MODES}
        check((f"/track/2/{mode}", "f", [1.0]) in heard and stands == {word: float(word == mode) for word in MODES},
              f"{mode} alone ({heard}, {stands})")
    heard = told(c, "/track/2/volume/touch", "f", 1.0) + told(c, "/track/2/volume/touch", "f", 0.0)
    check(heard == [], f"a touch says nothing ({heard})")


def where(heard):
    return [h[3][0] for h in heard if h[1] == "/time"]


def stand_still(c):
    c.send("/stop", "f", 1.0)
    c.said(0.2)


def said_of_master(c):
    """[(address, value)] while the master is the current track; the last track is it again afterwards."""
    c.send("/track/mute")
    c.send("/track/autotrim", "f", 0.0)
    c.send("/track/number/str")
    c.send("/device/track/select", "i", 0)
    heard = [(address, values[0]) for _, address, _, values in c.hear(0.2) if address in ("/track/number/str", "/track/mute", "/track/autotrim")]
    c.count()
    return heard


def master(check, c, daw, tracks):
    """It has no keys of its own for mute and mode: they are told of the current track, and set by the place 0."""
    c.count()
    heard = said_of_master(c)
    check(heard == [("/track/number/str", "0"), ("/track/mute", 0.0), ("/track/autotrim", 1.0)], f"its number first, then its mute and its mode ({heard})")
    check(not told(c, "/track/0/mute", "f", 1.0), "set while another one is the current track, its mute is not told")
    check(dict(said_of_master(c)).get("/track/mute") == 1.0, "it is told when it is asked for")
    check(c.ask(f"/track/{len(tracks)}/mute")[2] == [0.0], "the track that is the current one otherwise is as it was")
    told(c, "/track/0/mute", "f", 0.0)
    check(dict(said_of_master(c)).get("/track/mute") == 0.0, "and open again")


def transport(check, c, daw, tracks):
    stand_still(c)
    c.send("/time", "f", 2.0)
    c.said(0.2)
    c.send("/time", "f", 3.0)
    c.said(0.2)
    c.send("/play", "f", 1.0)
    heard = c.hear(2.5)
    first = {h[1]: h[3] for h in heard if h[1] in ("/play", "/stop")}
    check(first == {"/play": [1.0], "/stop": [0.0]}, f"it plays ({first})")
    at = [(h[0], h[3][0]) for h in heard if h[1] == "/time"]
    check(len(at) > 20 and 3.0 <= at[0][1] < 3.3, f"{len(at)} times in 2.5 s, from the cursor on")
    rate = (at[-1][1] - at[0][1]) / (at[-1][0] - at[0][0]) if len(at) > 1 else 0
    check(0.92 < rate < 1.08, f"{rate:.3f} s a second")
    beats = [h[3][0] for h in heard if h[1] == "/beat/str"]
    check(beats[:1] and beats[0].startswith("2.3."), f"the beat as measure, beat and hundredths ({beats[:1]})")
    c.send("/time", "f", 10.0)
    heard = where(c.hear(0.5))
    check(heard and 10.0 <= heard[-1] < 11.0, "a time that is sent while it plays is gone to")
    c.send("/stop", "f", 1.0)
    heard = c.hear(0.5)
    check(near(where(heard)[-1], 10.0) and ("/stop", "f", [1.0]) in [h[1:] for h in heard], "stopped, it falls back to the cursor")
    c.send("/time", "f", daw.song_samples / 48000 - 1.0)
    c.said(0.2)
    c.send("/play", "f", 1.0)
    heard = c.hear(3.0, lambda a, t, v: a == "/stop" and v == [1.0])
    check(heard and heard[-1][1] == "/stop", "it stops at the end of the project")
    c.send("/time", "f", 0.0)
    c.said(0.2)


def loop(check, c, daw, tracks):
    c.loop(9.0, 10.5)
    heard = {address: values for _, address, _, values in c.hear(0.3)}
    check(heard.get("/repeat") == [1.0], "repeat is on")
    check((heard.get("/loop/start/time"), heard.get("/loop/end/time")) == ([9.0], [10.5]), "and its ends are told")
    c.send("/repeat", "f", 1.0)
    check([h for h in c.hear(0.2) if h[1] == "/repeat" and h[3] == [0.0]] == [], "on once more, it stays on")
    c.loop_no_more()
    check([h[3] for h in c.hear(0.2) if h[1] == "/repeat"] == [[0.0]], "repeat is off")
    c.loop(0.0, 0.0)
    c.loop_no_more()
    c.said(0.2)


def markers(check, c, daw, tracks):
    """The project has none."""
    c.refresh()
    heard = {address: values for address, _, values in c.said(1.5)}
    check(heard.get("/marker/1/name") == [""] and heard.get("/marker/1/number/str") == [""], "name and number of a place without a marker are empty")
    check(heard.get("/region/1/name") == [""] and heard.get("/region/1/number/str") == [""], "and of one without a region")
    c.send("/marker", "i", 1)
    check(where(c.hear(0.3)) == [], "to go to a marker that is not there does nothing")


def shown(position):
    return LOWEST_DB + position * (HIGHEST_DB - LOWEST_DB)


def meters(check, c, daw, tracks):
    bass = tracks.index("Bass DI") + 1
    at = (f"/track/{bass}/vu/L", f"/track/{bass}/vu/R")
    c.hear(1.0)
    check([h for h in c.hear(0.5) if is_meter(h[1])] == [], "standing, the meters come to rest and say nothing twice")
    c.send("/play", "f", 1.0)
    heard = [(h[0], h[3][0]) for h in c.hear(6.0) if h[1] in at]
    loudest = shown(max((v for _, v in heard), default=0))
    truth = daw.peak_between(tracks[bass - 1], 0.0, 6.5)
    check(truth - 1.0 <= loudest <= truth + 0.1, f"the bass reads {loudest:.2f}, its samples {truth:.2f} dBFS")
    ticks = sorted({round(h[0], 2) for h in heard})
    gaps = [b - a for a, b in zip(ticks, ticks[1:]) if b - a > 0.02]
    check(gaps and 0.05 < statistics.median(gaps) < 0.12, f"a reading every {1000 * statistics.median(gaps or [0]):.0f} ms")
    c.send(f"/track/{bass}/volume/db", "f", -6.0)
    c.hear(0.3)
    loudest = shown(max((h[3][0] for h in c.hear(4.0) if h[1] in at), default=0))
    check(truth - 12.0 <= loudest <= truth - 6.0 + 0.1, f"after the fader: {loudest:.2f} with the fader at -6")
    stand_still(c)
    c.send(f"/track/{bass}/volume/db", "f", 0.0)
    c.send("/time", "f", 0.0)
    c.said(0.5)


def actions(check, c, daw, tracks):
    for address, tags, values in (("/action", "i", (40026,)), ("/action/str", "s", ("40026",)), ("/action/40026", "", ())):
        if os.path.exists(daw.saved):
            os.remove(daw.saved)
        c.send(address, tags, *values)
        c.said(0.3)
        check(os.path.exists(daw.saved), f"{address} {values} saves the project")
    heard = told(c, "/action", "i", 999999)
    check(heard == [], f"an action that is not there does nothing ({heard})")
    told(c, "/track/2/select", "f", 1.0)
    check(told(c, "/action", "i", 40297) == [("/track/2/select", "f", [0.0])], "40297 unselects")


def garbage(check, c, daw, tracks, seed=4):
    chance = random.Random(seed)
    whole = encode("/track/2/volume/db", "f", -3.0)
    for _ in range(200):
        wrong = bytearray(whole if chance.random() < 0.5 else chance.randbytes(chance.randint(0, 300)))
        for _ in range(chance.randint(0, 4)):
            if wrong:
                wrong[chance.randrange(len(wrong))] = chance.randrange(256)
        c.socket.sendto(bytes(wrong[:chance.randint(0, len(wrong))]), c.to)
    c.socket.sendto(encode("/track/2/name", "s", "x" * 2000), c.to)
    for address, value in (("/track/99999999999/volume/db", -3.0), ("/track/-1/volume/db", -3.0), ("/track/2/volume/db", math.nan), ("/track//volume", 1.0)):
        c.send(address, "f", value)
    c.said(0.5)
    check(c.count() == len(tracks), f"two hundred datagrams of garbage, seed {seed}, and it answers as before")
    told(c, "/track/2/volume/db", "f", 0.0)
    check(c.ask("/track/2/volume/db") == ("/track/2/volume/db", "f", [0.0]) and c.ask("/track/2/name")[2] == [tracks[1]], "and does what it is told")


def last_sender(check, c, daw, tracks):
    with daw.client(daw.port) as other:
        other.greet()
        told(other, "/track/3/mute", "f", 1.0)
        check(c.hear(0.2) == [], "whoever spoke last is told, nobody else")
        told(other, "/track/3/mute", "f", 0.0)
    check(c.count() == len(tracks), "and it is told again when it speaks")


def left_selected(check, c, daw, tracks):
    """For all that comes then: what kedge sets on one of them may not move the others."""
    for n in (3, 7, 12):
        check(told(c, f"/track/{n}/select", "f", 1.0) != [], f"{tracks[n - 1]} is selected from now on")
