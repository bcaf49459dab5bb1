"""REAPER's surface as kedge's pattern file has it, for a client that shares no code with kedge. Nothing on that wire is asked or answered:
REAPER tells whoever spoke last, and says what it has not said there since it was spoken to."""
import queue
import select
import socket
import threading
import time

from osc_client import Client, decode, messages_of

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

    @staticmethod
    def mute_in(address, values):
        parts = address.split("/")
        return (int(parts[2]), values[0] != 0) if parts[1] == "track" and parts[3:] == ["mute"] else None

    @staticmethod
    def bar_in(address, values):
        return int(values[0].split(".")[0]) if address == "/beat/str" else None

    @staticmethod
    def place_in(address, values):
        return values[0] if address == "/time" else None

    @staticmethod
    def touch_mode_in(address, values):
        return int(address.split("/")[2]) if address.endswith("/autotouch") and values == [1.0] else None

    def refreshed(self):
        """What a refresh tells: {address: value}."""
        self.refresh()
        return {address: values[0] for _, address, _, values in self.hear(1.0)}

    def where(self):
        """The start of the song is what REAPER takes for told."""
        return self.refreshed().get("/time", 0.0)

    def stands(self):
        return self.refreshed().get("/play") == 0.0

    def stop(self):
        self.send("/stop", "f", 1.0)

    def go_to(self, at_s, and_play=False):
        """What plays goes on from there."""
        self.send("/time", "f", at_s)

    def loop(self, from_s, to_s):
        self.send("/loop/end/time", "f", to_s)  # first: a start behind the end would be the end
        self.send("/loop/start/time", "f", from_s)
        self.send("/repeat", "f", 1.0)

    def loop_no_more(self):
        self.send("/repeat", "f", 0.0)

    def hand_at_fader(self, number, level):
        """At an address that kedge does not have: what is told there is told to kedge, too."""
        self.send(f"/hand/{number}/volume/db", "i", round(level))

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


class ClientBesideKedge(ClientOfReaper):
    """Stands between kedge, which comes to its `port`, and REAPER: it hears what kedge is told, and what it says REAPER takes for kedge's."""

    def __init__(self, port):
        super().__init__(port)
        self.near = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.near.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.near.bind(("127.0.0.1", 0))
        self.port = self.near.getsockname()[1]
        self.told, self.ended = queue.Queue(), False
        self.passing = threading.Thread(target=self.pass_on, daemon=True)
        self.passing.start()

    def __exit__(self, *_):
        self.ended = True
        self.passing.join()
        self.near.close()
        super().__exit__()

    def pass_on(self):
        kedge = None
        while not self.ended:
            heard = select.select([self.near, self.socket], [], [], 0.05)[0]
            if self.near in heard:
                data, kedge = self.near.recvfrom(65536)
                self.socket.sendto(data, self.to)
            if self.socket in heard:
                data = self.socket.recv(65536)
                if kedge:
                    self.near.sendto(data, kedge)
                self.told.put([(time.monotonic(), *decode(message)) for message in messages_of(data)])

    def take(self, seconds):
        try:
            self.unheard += self.told.get(timeout=seconds)
        except queue.Empty:
            return False
        return True
