"""mix_on_ardour.py KEDGE: the whole main job on a real Ardour, judged by the saved session file and the stems' own samples."""
import array
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import wave

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ardour_lab import Ardour, make_session, read_saved  # noqa: E402

# Role ranges of the rock balance, dB below the kick, of the built-in song's strips; families in (see profiles/balances).
BELOW_KICK = {"Snare Top": (2, 4), "HH": (8, 12), "Toms": (2, 6), "OH": (8, 12), "Room": (9, 15), "Tamb": (6, 12),
              "Bass DI": (3, 6), "Rhy Gtr L": (9, 13), "Rhy Gtr R": (9, 13), "Keys": (6, 10), "Pad": (6, 10),
              "Lead Vox": (0, 3), "BGV 1": (10.5, 13.5), "BGV 2": (10.5, 13.5), "Kick Out": (6, 6), "Snare Btm": (8, 10)}
UNTOUCHED = ["Foo 7", "Gtr Solo"]
passed = failed = 0


def check(good, what):
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    print(("ok   " if good else "FAIL ") + what, flush=True)


def robust_peak(path):
    """95th percentile of the peaks of active one-second windows, dBFS, of a 24-bit WAV."""
    with wave.open(path) as f:
        rate, channels, raw = f.getframerate(), f.getnchannels(), f.readframes(f.getnframes())
    # The upper 16 of 24 bits are exact enough for a tolerance of half a decibel.
    samples = array.array("h", b"".join([bytes(x) for x in zip(raw[1::3], raw[2::3])]))
    size = rate * channels
    peaks = [max(map(abs, samples[i:i + size])) for i in range(0, len(samples) - size + 1, size)]
    levels = [20 * math.log10(p / 32768) for p in peaks if p > 3]
    if not levels:
        return -math.inf
    levels = sorted(l for l in levels if l >= max(max(levels) - 40, -50))
    rank = 0.95 * (len(levels) - 1)
    low = int(rank)
    return levels[low] + (rank - low) * (levels[min(low + 1, len(levels) - 1)] - levels[low])


def main():
    kedge = sys.argv[1]
    folder = tempfile.mkdtemp(prefix="kedge-ardour-")
    try:
        run(kedge, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


def run(kedge, folder):
    home, stems = folder + "/home", folder + "/stems"
    env = dict(os.environ, XDG_STATE_HOME=folder + "/state", XDG_CONFIG_HOME=folder + "/config")
    subprocess.run([kedge, "sim", "--render", stems, "--seed", "5"], check=True, env=env, stdout=subprocess.DEVNULL)
    session = make_session(stems, folder + "/song", home)
    sources = {f[3:-4]: robust_peak(os.path.join(stems, f)) for f in os.listdir(stems) if f.endswith(".wav")}

    with Ardour(session, folder, home) as daw:
        def ask(*arguments):
            done = subprocess.run([kedge, "--at", f"127.0.0.1:{daw.port}", "--json", *arguments], env=env,
                                  stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=200)
            return done.returncode, json.loads(done.stdout) if done.stdout else {}

        before = daw.save()
        code, listed = ask("strips")
        names = [s["strip"] for s in listed.get("strips", [])]
        check(code == 0 and set(sources) <= set(names), f"strips: exit {code}, {len(names)} strips")

        code, mixed = ask("mix")
        check(code == 0, f"mix: exit {code} {mixed.get('error', '')}")
        after = daw.save()
        level = {n: sources[n] + after[n]["trim"] + after[n]["fader"] for n in sources}
        kick = level["Kick In"]
        stepped = any("all strips" in note for note in mixed.get("notes", []))
        check(-12.5 <= kick <= -9.5 or stepped, f"Kick In at {kick:.2f} dBFS{' (bus rule)' if stepped else ''}")
        for name, (least, most) in sorted(BELOW_KICK.items()):
            below = kick - level[name]
            check(least - 1.0 <= below <= most + 1.0 if least == most else least - 0.5 <= below <= most + 0.5,
                  f"{name} {below:.2f} dB below the kick, wanted {least} to {most}")
        for name in sources:
            steps = after[name]["fader"] / 3
            check(abs(steps - round(steps)) < 0.001, f"{name}: fader {after[name]['fader']:.3f} on the grid")
        for name in UNTOUCHED:
            check(after[name] == before[name], f"{name} untouched")
        bus = mixed["bus"]["peak_db"]
        check(bus is not None and bus <= -6, f"bus {bus} dBFS")

        code, again = ask("plan")
        check(code == 0 and again["heard"]["tape_reused"], "the tape is reused")

        code, reverted = ask("revert")
        check(code == 0, f"revert: exit {code} {reverted.get('error', '')}")
        back = daw.save()
        worst = max(abs(back[n][c] - before[n][c]) for n in before for c in ("trim", "fader"))
        check(worst < 0.01, f"trims and faders back within {worst:.4f} dB")
        worst = max(abs(back[n][c] - before[n][c]) for n in before for c in ("pan", "mute"))
        check(worst < 0.001, f"pans and mutes back within {worst:.5f}")


if __name__ == "__main__":
    main()
