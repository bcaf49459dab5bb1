"""What the checks of passes share: the kedge command, the DAW's saved states and how they differ, a hand on the mixer."""
import json
import subprocess

# The same value: what 32 bits, a coefficient in a session file and a decibel of it may differ by.
EXACTNESS = {"fader": 0.01, "trim": 0.01, "pan": 0.001, "mute": 0.0}


def same(control, a, b):
    return a == b or abs(a - b) <= EXACTNESS[control]


def differences(a, b):
    """The controls in which two saved states differ: a set of (strip, control)."""
    return {(strip, control) for strip in a.keys() | b.keys() for control in a.get(strip, b.get(strip))
            if strip not in a or strip not in b or not same(control, a[strip][control], b[strip][control])}


def with_controls_of(state, other, controls):
    """`state`, but these (strip, control) as they stand in `other`."""
    mixed = {strip: dict(values) for strip, values in state.items()}
    for strip, control in controls:
        mixed[strip][control] = other[strip][control]
    return mixed


class PassBench:
    """`tracks`: the names of the tracks in their order, before a master. `before` and `mixed`: what the DAW saved before the mix and after it;
    the mix is taken back when the checks of passes begin."""

    def __init__(self, check, kedge, daw, tracks):
        self.check, self.kedge, self.daw, self.env, self.tracks = check, kedge, daw, daw.env, tracks
        self.names = 0

    def knows_mix(self, before, mixed):
        self.before, self.mixed = before, mixed
        self.mix = max(p["id"] for p in self.passes() if p["kind"] == "mix")

    def new_name(self, word):
        """For a snapshot: no trial, and no second try of one, had it before."""
        self.names += 1
        return f"{word} {self.names}"

    def words(self, *arguments, port=None):
        return [self.kedge, "--surface", self.daw.surface, "--at", f"127.0.0.1:{port or self.daw.port}", "--json", *map(str, arguments)]

    def ask(self, *arguments):
        """(exit code, document) of one kedge command."""
        done = subprocess.run(self.words(*arguments), env=self.env, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=200)
        return done.returncode, json.loads(done.stdout) if done.stdout else {}

    def does(self, *arguments, code=0):
        """Asks, checks the exit code, and returns the document."""
        got, document = self.ask(*arguments)
        why = "" if got == code else f", wanted {code}: {document.get('error')}"
        self.check(got == code, f"{' '.join(map(str, arguments))}: exit {got}{why}")
        return document

    def passes(self):
        return self.ask("passes")[1]["passes"]

    def saved_is(self, state, what):
        """The DAW saves now, and what it saved is `state`; returns what it saved."""
        saved = self.daw.save()
        off = sorted(differences(saved, state))
        which = [(s, c, saved.get(s, {}).get(c), state.get(s, {}).get(c)) for s, c in off[:4]]
        self.check(not off, f"saved: {what}" + (f"; {len(off)} off: {which}" if off else ""))
        return saved

    def hand(self, values):
        """Moves controls like a person in front of the DAW, as a second surface: {(strip, control): value}."""
        with self.daw.client(self.daw.port) as hand:
            hand.greet(1 + 2 + 8)
            hand.forget()
            for (strip, control), value in values.items():
                hand.set(control, self.tracks.index(strip) + 1, value)
            hand.forget()
