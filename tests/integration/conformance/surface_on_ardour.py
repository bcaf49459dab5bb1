"""surface_on_ardour.py ardour-behind-surface KEDGE: the whole main job through a Mackie Control's MIDI ports on JACK, on a real Ardour with its window.

Twenty tracks over three banks. Judged by the session file that Ardour saved, and by the stems' own samples. Then the law of its faders, which is known, is
taken from kedge and learned off the display.
"""
import json
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import wave

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ardour_lab import die_with_parent  # noqa: E402
from cables import Cables  # noqa: E402
from checks import Checks  # noqa: E402
from daws import ArdourBehindSurface, Song  # noqa: E402
from main_job import BELOW_KICK  # noqa: E402
from osc_client import send_once  # noqa: E402

KICK_AT = -11.0  # the middle of its range, dBFS
OFF_BY = 5.0  # as the strips stand before the mix; faders reach 6 dB up
TWENTIETH = "Tambourine Two"  # cut to six characters it is like no other
TICK = 1 / 63  # of a pan's way: what a knob turns it by
PERCENT = 0.01  # of its way: what the display says of it


def with_a_twentieth(song):
    """The song has 19 tracks, none of them stereo."""
    like = next(f for f in sorted(os.listdir(song.stems)) if f[3:-4] == "Tamb")
    with wave.open(os.path.join(song.stems, like)) as one, wave.open(os.path.join(song.stems, f"20_{TWENTIETH}.wav"), "wb") as two:
        two.setparams(one.getparams())
        two.setnchannels(2)
        frames, width = one.readframes(one.getnframes()), one.getsampwidth()
        two.writeframes(b"".join(2 * frames[i:i + width] for i in range(0, len(frames), width)))
    song.tracks.append(TWENTIETH)
    song.samples[TWENTIETH] = song.samples["Tamb"]
    song.robust_peaks[TWENTIETH] = song.robust_peaks["Tamb"]


PROFILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../profiles/daws/ardour.toml")
LAW_WITHIN = 0.1  # dB, from LAW_FROM up: what a text in tenths tells
LAW_FROM = -40.0


def ask(daw, *words, profile="ardour"):
    settings = [profile if word == "ardour" else word for word in daw.kedge_words()]
    done = subprocess.run([daw.kedge, *settings, "--json", *words], env=daw.kedge_env(), stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=600)
    try:
        return done.returncode, json.loads(done.stdout)
    except json.JSONDecodeError:
        return done.returncode, {"error": done.stderr[-500:]}


def is_short_for(label, name):
    """The label's letters stand in the name, in their order."""
    rest = iter(name.replace(" ", ""))
    return all(letter in rest for letter in label.replace(" ", ""))


def stage(daw, song):
    """A surface sets no trims: with these each strip can be brought to its place by its fader."""
    dice = random.Random(7)
    places = {name: KICK_AT - (least + most) / 2 for name, (least, most) in BELOW_KICK.items()}
    places["Kick In"] = KICK_AT
    for ssid, name in enumerate(song.tracks, 1):
        if name in places and math.isfinite(song.robust_peaks[name]):
            trim = places[name] - song.robust_peaks[name] + dice.uniform(-OFF_BY, OFF_BY)
            send_once(daw.port, "/strip/trimdB", "if", ssid, max(-20.0, min(20.0, trim)))


def pan_about(daw, song):
    """Every mono strip stands somewhere else, off the places that a knob would turn it to."""
    dice = random.Random(11)
    for ssid, name in enumerate(song.tracks, 1):
        if name != TWENTIETH:
            send_once(daw.port, "/strip/pan_stereo_position", "if", ssid, dice.uniform(0.1, 0.9))
    time.sleep(1)


def check_list(check, daw, song):
    saved = daw.save()
    code, listed = ask(daw, "strips")
    strips = [s for s in listed.get("strips", []) if s.get("kind") != "master"]
    labels = [s["strip"] for s in strips]
    for strip, name in zip(strips, song.tracks):
        share = (strip.get("pan", -9.0) + 1) / 2
        check(abs(share - saved[name]["pan"]) <= PERCENT / 2 + 1e-6, f"{name}: pan {share:.3f} told, {saved[name]['pan']:.4f} saved")
    check(code == 0, f"strips: exit {code} {listed.get('error', '')}")
    check(len(labels) == len(song.tracks), f"{len(labels)} strips of {len(song.tracks)}")
    for label, name in zip(labels, song.tracks):
        check(is_short_for(label, name), f"'{label}' stands where '{name}' stands")
    return labels


def check_mix(check, daw, song, labels):
    """Each strip in its range, and no farther out than what its meter's step leaves open. Returns what was saved before and after."""
    before = daw.save()
    code, mixed = ask(daw, "mix")
    check(code == 0, f"mix: exit {code} {mixed.get('error', '')}")
    after = daw.save()
    told = {s["strip"]: s for s in mixed.get("strips", [])}
    level = {n: song.robust_peaks[n] + after[n]["trim"] + after[n]["fader"] for n in song.tracks}
    within = {name: told.get(label, {}).get("after", {}).get("within_db") or 0.0 for label, name in zip(labels, song.tracks)}
    panned = 0
    for label, name in zip(labels, song.tracks):
        for move in (m for m in told.get(label, {}).get("moves", []) if m["control"] == "pan"):
            panned += 1
            check(abs(after[name]["pan"] - (move["to"] + 1) / 2) <= (TICK + PERCENT) / 2,
                  f"{name}: pan {move['to']} wished for, {after[name]['pan']:.4f} saved")
    check(panned >= 4, f"{panned} pans moved")
    moved = [n for n in song.tracks if abs(after[n]["fader"] - before[n]["fader"]) > 0.01]
    check(len(moved) >= 4, f"{len(moved)} faders moved")
    check(abs(level["Kick In"] - KICK_AT) <= 1 + within["Kick In"], f"Kick In at {level['Kick In']:.2f} dBFS, within {within['Kick In']}")
    for name, (least, most) in sorted(BELOW_KICK.items()):
        below = KICK_AT - level[name]
        slack = 1.0 + within[name]
        check(least - slack <= below <= most + slack,
              f"{name} {below:.2f} dB below the kick's place, wanted {least} to {most}, known within {within[name]}")
    return before, after


def check_revert(check, daw, before):
    code, reverted = ask(daw, "revert")
    check(code == 0, f"revert: exit {code} {reverted.get('error', '')}")
    back = daw.save()
    worst = max(abs(back[n]["fader"] - before[n]["fader"]) for n in before)
    check(worst < 0.01, f"faders back within {worst:.4f} dB")
    worst = max(abs(back[n]["pan"] - before[n]["pan"]) for n in before)
    check(worst < 1e-5, f"pans back within {worst:.7f} of their way")


def pull_cables_in(daw, cables, seconds, *words):
    """The cables are pulled so long after the first fader that the command moves. Returns how many, its exit code and document."""
    with daw.client(daw.port) as client:
        client.greet(2)
        client.forget()
        kedge = subprocess.Popen([daw.kedge, *daw.kedge_words(), "--json", *words], env=daw.kedge_env(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                 stderr=subprocess.DEVNULL, text=True, preexec_fn=die_with_parent)
        client.hear(60, lambda address, *_: address.startswith("/strip/gain"))
        time.sleep(seconds)
        pulled = cables.pull("ardour:mackie control", "kedge")
        said = kedge.communicate(timeout=60)[0]
    return pulled, kedge.returncode, json.loads(said) if said else {}


def faders_are(check, daw, wanted, what):
    saved = daw.save()
    worst = max(abs(saved[n]["fader"] - wanted[n]["fader"]) for n in wanted)
    check(worst < 0.01, f"{what}: faders within {worst:.4f} dB")


def check_unplugged(check, daw, cables, before, mixed):
    """In mid-pass: the pass stands in the journal, and recovery ends at one side exactly. All ends where it began, before the mix."""
    dice = random.Random()
    code, listed = ask(daw, "passes")
    mix = max((p["id"] for p in listed.get("passes", []) if p["kind"] == "mix"), default=0)
    for words, start, settle, end in ((("reapply", str(mix)), before, "--roll-back", before), (("reapply", str(mix)), before, "--finish", mixed),
                                      (("revert",), mixed, "--roll-back", mixed), (("revert",), mixed, "--finish", before)):
        faders_are(check, daw, start, f"before {words[0]}")
        after = dice.uniform(0.0, 0.3)  # a pass takes about a second
        pulled, code, said = pull_cables_in(daw, cables, after, *words)
        check(pulled >= 2 and code != 0, f"{words[0]}: {pulled} cables are pulled {after:.2f} s after its first fader: exit {code} {said.get('error', '')}")
        code, cut = ask(daw, "recover")
        check(cut.get("cut_off") is not None, f"recover: exit {code}, pass {cut.get('cut_off')} was cut off {cut.get('error', '')}")
        code, settled = ask(daw, "recover", settle)
        check(code == 0, f"recover {settle}: exit {code} {settled.get('error', '')}")
        faders_are(check, daw, end, f"recover {settle}")


def ardour_level(position):
    """At which a position stands, in dB, by the formula of Ardour's source."""
    return ((position / 16383) ** 0.125 * 198 - 192) / 6 * 20 * math.log10(2)


def check_learned_law(check, daw, song):
    own = os.path.join(daw.kedge_env()["XDG_CONFIG_HOME"], "kedge", "daws")
    os.makedirs(own, exist_ok=True)
    with open(PROFILE) as f:
        unlearned = f.read().replace('law = "ardour"', 'law = "unknown"')
    with open(own + "/unlearned.toml", "w") as f:
        f.write(unlearned)
    before = daw.save()
    code, listed = ask(daw, "strips", profile="unlearned")
    labels = [s for s in listed.get("strips", []) if s.get("kind") != "master"]
    check(code == 0 and len(labels) == len(song.tracks) and not any("fader" in s for s in labels), f"strips without a law: exit {code}, {labels[:1]}")
    code, refused = ask(daw, "mix", profile="unlearned")
    check(code != 0 and "learn-fader" in json.dumps(refused), f"a mix without a law: exit {code}, {refused}")
    last = labels[-1]["strip"] if labels else ""
    began = time.monotonic()
    code, learned = ask(daw, "learn-fader", last, profile="unlearned")
    took = time.monotonic() - began
    check(code == 0, f"learn-fader: exit {code} {learned.get('error', '')}, shown {learned.get('shown', [])[:9]}")
    anchors = learned.get("anchors", [])
    off = [(abs(level - ardour_level(at)), at) for at, level in anchors if level >= LAW_FROM]
    worst = max(off, default=(math.inf, 0))
    check(len(off) >= 20 and worst[0] <= LAW_WITHIN,
          f"{len(anchors)} anchors in {took:.1f} s, {learned.get('left_out')} left out, off by {worst[0]:.3f} dB at most, at {worst[1]}")
    back = daw.save()
    worst = max(abs(back[n]["fader"] - before[n]["fader"]) for n in before)
    check(worst < 0.0005, f"faders stand as before within {worst:.5f} dB")
    check(os.path.exists(own + "/unlearned.toml.before-1") and open(own + "/unlearned.toml.before-1").read() == unlearned, "the old profile is kept")
    code, listed = ask(daw, "strips", profile="unlearned")
    levels = {s["strip"]: s.get("fader") for s in listed.get("strips", []) if s.get("kind") != "master"}
    told = [abs(level - back[name]["fader"]) for level, name in zip(levels.values(), song.tracks) if level is not None and back[name]["fader"] >= LAW_FROM]
    check(len(told) >= 15 and max(told) <= LAW_WITHIN, f"levels of {len(told)} strips by the learned law within {max(told, default=math.inf):.3f} dB")


def main():
    words = [word for word in sys.argv[1:] if word != "--verbose"]
    if len(words) != 2 or words[0] != "ardour-behind-surface":
        sys.exit("usage: surface_on_ardour.py ardour-behind-surface KEDGE [--verbose]")
    kedge = os.path.abspath(words[1])
    check = Checks("--verbose" in sys.argv)
    folder = tempfile.mkdtemp(prefix="kedge-surface-")
    try:
        song = Song(kedge, folder, seed=5)
        with_a_twentieth(song)
        with ArdourBehindSurface(kedge, song, folder) as daw:
            stage(daw, song)
            pan_about(daw, song)
            check.begin("list")
            labels = check_list(check, daw, song)
            check.begin("mix")
            before, mixed = check_mix(check, daw, song, labels)
            check.begin("revert")
            check_revert(check, daw, before)
            check.begin("unplugged")
            with Cables(daw.kedge_env()["JACK_DEFAULT_SERVER"]) as cables:
                check_unplugged(check, daw, cables, before, mixed)
            check.begin("learn")
            check_learned_law(check, daw, song)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    check.exit()


if __name__ == "__main__":
    main()
