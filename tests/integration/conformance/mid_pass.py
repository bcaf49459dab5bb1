"""A ride that is written while the song plays, and somebody beside it who does something at a place of the song."""
import json
import subprocess
import time

from ardour_lab import die_with_parent
from daws import VOICE
from fader_line import planned_points

FROM_S, TO_S = 8, 17  # of the song: three phrases


class MidPass:
    """`with MidPass(bench, 9.5) as song`: kedge has begun to write, and the song is there. `ended()` waits for kedge."""

    def __init__(self, bench, at_s, *words):
        self.bench, self.at_s = bench, at_s
        self.number = bench.tracks.index(VOICE) + 1
        self.words = ("ride", VOICE, "--live", "--from", FROM_S, "--to", TO_S, *words)

    def __enter__(self):
        self.client = self.bench.daw.beside_kedge()
        self.client.greet(1 + 2 + 16 + 1024)
        self.client.go_to(0.0)
        self.client.forget()
        self.began_at = self.where()
        self.kedge = subprocess.Popen(self.bench.words(*self.words, port=self.client.port), env=self.bench.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                      stderr=subprocess.DEVNULL, text=True, preexec_fn=die_with_parent)
        self.until(lambda address, _, values: self.client.touch_mode_in(address, values) == self.number, "writes to the fader")
        self.until_song_at(self.at_s)
        return self

    def __exit__(self, *_):
        self.client.__exit__()
        if self.kedge.poll() is None:
            self.kedge.kill()
            self.kedge.communicate()

    def until(self, seen, what, seconds=100):
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.kedge.poll() is None:
            heard = self.client.hear(0.5, seen)
            if heard and seen(*heard[-1][1:]):
                return heard[-1]
        raise SystemExit(f"kedge was not seen to come so far that it {what}: {self.ended()[1].get('error')}")

    def until_song_at(self, at_s):
        self.until(lambda address, _, values: at_s <= (self.client.place_in(address, values) or 0.0) < TO_S + 5,
                   f"plays the song at {at_s} s")

    def move(self, values, pause=0.06):
        """The fader goes through these values, dB, by a hand on another surface."""
        for value in values:
            self.client.hand_at_fader(self.number, value)
            self.client.hear(pause)

    def where(self):
        """Where the song is now, seconds."""
        return self.client.where()

    def ended(self):
        """(exit code, document) of kedge."""
        out = self.kedge.communicate(timeout=60)[0]
        return self.kedge.returncode, json.loads(out) if out else {}


class Aftermath:
    """What a ride that something happened to left behind, beside how all stood before."""

    def __init__(self, bench):
        self.bench = bench
        self.before = bench.daw.save()
        self.lines = bench.daw.fader_lines()

    def ended(self, song, code, begins):
        """kedge ended so; returns what it said, which begins with these words."""
        got, self.document = song.ended()
        said = self.document.get("error") or {}
        self.bench.check(got == code and said.get("message", "").startswith(begins), f"kedge ends with {got}, and says: {said}")
        if not self.document.get("rides"):
            raise SystemExit(f"kedge planned no ride of {VOICE}: {self.document}")
        ride = self.document["rides"][0]
        self.planned = planned_points(ride)
        self.rest = ride["base_db"]
        return said

    def saved(self):
        """The voice's points as the DAW has them now."""
        self.bench.daw.save()
        return self.bench.daw.fader_lines()[VOICE]["points"]

    def all_back(self, command=("revert",)):
        """It is taken back exactly, and nothing is left open."""
        self.bench.does(*command)
        self.bench.saved_is(self.before, f"{' '.join(command)}: every control as before")
        self.bench.check(self.bench.daw.fader_lines() == self.lines, "and automation and modes")
        status = self.bench.does("status", "--for", "0.1s")
        self.bench.check(status.get("unfinished_passes") == 0, "status names no unfinished pass")
