"""REAPER's surface as kedge's pattern file has it, for a client that shares no code with kedge. Nothing on that wire is asked or answered:
REAPER tells whoever spoke last, and says what it has not said there since it was spoken to."""
import socket
import time

from osc_client import Client

SILENT_BELOW = -150.0  # what REAPER tells of a fader that is down
REFRESH, SAVE = 41743, 40026
UNTOLD = ("/time", "/beat", "/track/number/str")


def is_meter(address):
    return "/vu/" in address


class ClientOfReaper(Client):
    places = 256  # of the bank, as the pattern file has it
    WORDS = {"fader": "volume/db", "pan": "pan", "mute": "mute"}

    def __exit__(self, *_):
        self.socket.close()

    def greet(self, _=0):
        """There is no greeting: who speaks is told."""
        self.count()

    def set(self, control, number, value):
        """Of a track that is selected all selected ones would move."""
        self.send(f"/track/{number}/select", "f", 0.0)
        self.send(f"/track/{number}/{self.WORDS[control]}", "f", float(value))

    @classmethod
    def sets(cls, address, tags):
        """Whether it sets a strip's control: a question has no value."""
        return bool(tags) and address.startswith("/track/") and address.split("/", 3)[-1] in cls.WORDS.values()

    def refresh(self):
        self.send("/action", "i", REFRESH)

    def count(self, seconds=5.0):
        """How many tracks there are: the number of the last one. All that is said before it comes was said by then."""
        self.heard_before = []
        self.send("/track/number/str")
        self.send("/device/track/select", "i", 1000000)
        self.heard_before = self.hear(seconds, lambda address, *_: address == "/track/number/str")
        last = self.heard_before[-1:]
        return int(last[0][3][0] or 0) if last and last[0][1] == "/track/number/str" else None

    def forget(self):
        """Everything on the way is taken off the wire: silence for 0.3 s, meters and times aside."""
        quiet = time.monotonic() + 0.3
        end = time.monotonic() + 10
        while time.monotonic() < min(quiet, end):
            if any(self.counts(address) for _, address, _, _ in self.hear(0.05)):
                quiet = time.monotonic() + 0.3

    @staticmethod
    def counts(address):
        return not is_meter(address) and address not in UNTOLD and not address.startswith(("/loop", "/beat"))

    def said(self, seconds=0.1):
        """What is said now, meters and times aside: (address, tags, values)."""
        heard = self.hear(seconds)
        self.count()
        return [h[1:] for h in heard + self.heard_before if self.counts(h[1])]

    def ask(self, address, tags="", *values, seconds=1.0):
        """A message without a value sets nothing, and REAPER forgets what it told there; sent its count of tracks, it looks what it has
        not told."""
        self.send(address, tags, *values)
        self.send("/device/track/count", "i", self.places)
        heard = self.hear(seconds, lambda a, *_: a == address)
        return heard[-1][1:] if heard and heard[-1][1] == address else None
