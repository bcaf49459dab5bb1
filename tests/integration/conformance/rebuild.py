"""A rebuild: what is muted and opened when, by a second client that listens; what is left, by what the DAW saved. One is let run
to its end, with a person's hand in it, and one is killed."""
import json
import subprocess
import time

from ardour_lab import die_with_parent
from pass_bench import with_controls_of

# Buttons, numbers in paths, globals, bars, samples.
BUTTONS_AND_BARS = 1 + 4 + 16 + 32 + 1024


class Watched:
    """`kedge rebuild --bars 1` beside a client that hears every mute, and in which bar of the song."""

    def __init__(self, bench, client):
        self.bench, self.client, self.bar, self.mutes, self.muted = bench, client, None, [], set()
        client.greet(BUTTONS_AND_BARS)
        client.hear(1.5)
        self.process = subprocess.Popen(bench.words("rebuild", "--bars", 1, port=client.port), env=bench.env, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, preexec_fn=die_with_parent)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()

    def until(self, done, patience=60):
        """Listens until `done`; (track, muted, bar) of every mute since the start."""
        end = time.monotonic() + patience
        while not done() and time.monotonic() < end:
            for _, address, _, values in self.client.hear(0.1):
                self.bar = self.client.bar_in(address, values) or self.bar
                number, muted = self.client.mute_in(address, values) or (0, False)
                # A DAW may tell what it has told before.
                if 1 <= number <= len(self.bench.tracks) and muted != (number in self.muted):
                    self.muted ^= {number}
                    self.mutes.append((self.bench.tracks[number - 1], muted, self.bar))
        return self.mutes

    def opened(self):
        return {track for track, muted, _ in self.mutes if not muted}

    def document(self, code):
        out, _ = self.process.communicate(timeout=30)
        self.bench.check(self.process.returncode == code, f"rebuild: exit {self.process.returncode}, wanted {code}")
        return json.loads(out)


def rebuild(bench):
    for part in (to_its_end, killed):
        stand_at_the_start(bench)
        with bench.daw.beside_kedge() as client, Watched(bench, client) as watched:
            part(bench, watched)


def to_its_end(bench, watched):
    """With a person's hand on the first track, once the third layer is in."""
    watched.until(lambda: "Bass DI" in watched.opened())
    watched.client.set("mute", bench.tracks.index("Kick In") + 1, 1)
    watched.until(lambda: watched.process.poll() is not None)
    document = watched.document(5)
    check_layers(bench, document["layers"], watched.mutes)
    bench.check(document["ended"] == "all-heard" and document["pass"]["state"] == "rolled-back", "all are heard, the pass is settled")
    bench.check([c["strip"] for c in document["conflicts"]] == ["Kick In"], f"the hand's track is named {document['conflicts']}")
    bench.saved_is(with_controls_of(bench.before, {"Kick In": {"mute": 1}}, [("Kick In", "mute")]),
                           "everything stands as it was, but for what the hand muted")
    check_transport(bench)
    bench.hand({("Kick In", "mute"): 0})


def check_layers(bench, layers, mutes):
    """A bar each, beginning with the first."""
    bench.check([l["name"] for l in layers] == ["kick", "drums", "bass", "harmony", "leads", "vocals", "the rest"],
                f"the layers come in order: {[l['name'] for l in layers]}")
    bench.check(sorted(t for l in layers for t in l["strips"]) == sorted(bench.tracks), "every track is in one of them")
    bench.check({t for t, muted, _ in mutes if muted} == set(bench.tracks), "every track was muted")
    for number, layer in enumerate(layers):
        opened = {(t, bar) for t, muted, bar in mutes if not muted and t in layer["strips"]}
        # The first opens before the song plays.
        wanted = {(t, None if number == 0 else 1 + number) for t in layer["strips"]}
        bench.check(opened == wanted, f"{layer['name']} opens in bar {1 + number} {sorted(opened ^ wanted, key=str)}")


def killed(bench, watched):
    watched.until(lambda: "Bass DI" in watched.opened())
    watched.process.kill()
    watched.process.communicate()
    cut = bench.daw.save()
    muted = {t for t in bench.tracks if cut[t]["mute"]}
    bench.check("Lead Vox" in muted and "Kick In" not in muted, f"killed in the middle: {len(muted)} tracks are muted")
    document = bench.does("rebuild", code=1)
    bench.check("--roll-back" in str(document["error"]), "another one is refused with the way out")
    bench.does("recover", "--finish", code=2)
    bench.saved_is(cut, "to finish it is refused, and moves nothing")
    bench.does("recover", "--roll-back")
    bench.saved_is(bench.before, "rolled back, everything stands as it was")
    stand_at_the_start(bench)


def stand_at_the_start(bench):
    with bench.daw.client(bench.daw.port) as client:
        client.stop()
        time.sleep(0.7)
        client.go_to(0.0)
        time.sleep(0.7)


def check_transport(bench):
    with bench.daw.client(bench.daw.port) as client:
        stands, at_s = client.stands(), client.where()
    bench.check(stands and at_s == 0, f"the transport stands where it stood ({stands}, {at_s})")
