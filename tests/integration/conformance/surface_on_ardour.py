"""surface_on_ardour.py ardour-behind-surface KEDGE: the whole main job through a Mackie Control's MIDI ports on JACK, on a real Ardour with its window.

Twenty tracks over three banks. Judged by the session file that Ardour saved, and by the stems' own samples.
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


def ask(daw, *words):
    done = subprocess.run([daw.kedge, *daw.kedge_words(), "--json", *words], env=daw.kedge_env(), stdin=subprocess.DEVNULL,
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
    """Each strip in its range, and no farther out than what its meter's step leaves open."""
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
    return before


def check_revert(check, daw, before):
    code, reverted = ask(daw, "revert")
    check(code == 0, f"revert: exit {code} {reverted.get('error', '')}")
    back = daw.save()
    worst = max(abs(back[n]["fader"] - before[n]["fader"]) for n in before)
    check(worst < 0.01, f"faders back within {worst:.4f} dB")
    worst = max(abs(back[n]["pan"] - before[n]["pan"]) for n in before)
    check(worst < 1e-5, f"pans back within {worst:.7f} of their way")


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
            before = check_mix(check, daw, song, labels)
            check.begin("revert")
            check_revert(check, daw, before)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    check.exit()


if __name__ == "__main__":
    main()
