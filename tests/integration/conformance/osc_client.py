"""A small OSC client of its own: it shares no code with kedge, so that both ends are judged by a third."""
import socket
import struct
import time


def padded(raw):
    return raw + b"\0" * (4 - len(raw) % 4)


def encode(address, tags="", *values):
    body = b"".join(padded(v.encode()) if t == "s" else struct.pack(">" + {"h": "q"}.get(t, t), v)
                    for t, v in zip(tags, values))
    return padded(address.encode()) + padded(b"," + tags.encode()) + body


def decode(data):
    """(address, tags, values) of one message."""
    def text(at):
        end = data.index(b"\0", at)
        return data[at:end].decode("utf-8", "replace"), end + 4 - end % 4
    address, at = text(0)
    tags, at = text(at)
    values = []
    for tag in tags[1:]:
        if tag == "s":
            value, at = text(at)
        else:
            form = {"i": ">i", "f": ">f", "h": ">q", "d": ">d"}[tag]
            value = struct.unpack_from(form, data, at)[0]
            at += struct.calcsize(form)
        values.append(value)
    return address, tags[1:], values


def messages_of(data):
    """The messages of a datagram, as bytes: those of a bundle, of the bundles in it too, or the one that it is."""
    if not data.startswith(b"#bundle\0"):
        return [data]
    messages, at = [], 16
    while at + 4 <= len(data):
        size = struct.unpack_from(">i", data, at)[0]
        messages += messages_of(data[at + 4:at + 4 + size])
        at += 4 + size
    return messages


def send_once(port, address, tags="", *values):
    """Sends one message from a socket of its own, and waits for nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.sendto(encode(address, tags, *values), ("127.0.0.1", port))


def free_port():
    """A UDP port of this machine that nobody has now."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


TOUCH = 3  # the mode


class Client:
    """One surface of Ardour: a socket that keeps everything it hears, with the time."""
    WORDS = {"fader": "gain", "trim": "trimdB", "pan": "pan_stereo_position", "mute": "mute"}

    def __init__(self, port):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.socket.bind(("127.0.0.1", 0))
        self.port = port  # where kedge finds the DAW, when this client listens as well
        self.to = ("127.0.0.1", port)
        self.unheard = []  # of a bundle that was not heard to its end
        self.datagrams = []  # (time, bytes) of each that came

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.greet(0)
        self.socket.close()

    def send(self, address, tags="", *values):
        self.socket.sendto(encode(address, tags, *values), self.to)

    def set(self, control, number, value):
        """A strip's control, by its number."""
        self.send(f"/strip/{self.WORDS[control]}/{number}", "i" if control == "mute" else "f", value)

    @classmethod
    def sets(cls, address, tags):
        """Whether it sets a strip's control: a question has no value, and what begins a talk is of no strip."""
        return bool(tags) and address.startswith(tuple(f"/strip/{word}/" for word in cls.WORDS.values()))

    @staticmethod
    def mute_in(address, values):
        """(strip number, muted) of what is told of a mute, else None."""
        number = address.removeprefix("/strip/mute/")
        return (int(number), values[0] != 0) if number != address and number.isdigit() else None

    @staticmethod
    def bar_in(address, values):
        return int(values[0].split("|")[0]) if address == "/position/bbt" else None

    @staticmethod
    def place_in(address, values):
        """Where the song is, seconds."""
        return int(values[0]) / 48000 if address == "/position/samples" else None

    @staticmethod
    def touch_mode_in(address, values):
        """The number of a strip whose fader is told to be in touch mode."""
        return values[0] if address == "/strip/gain/automation" and values[1:] == [TOUCH] else None

    def where(self):
        """Where the song is now, seconds."""
        answer = self.ask("/transport_frame")
        return int(answer[2][0]) / 48000 if answer else None

    def stands(self):
        """Whether the transport is stopped."""
        answer = self.ask("/transport_speed")
        return bool(answer) and answer[2] == [0.0]

    def stop(self):
        self.send("/transport_stop")

    def go_to(self, at_s, and_play=False):
        if at_s == 0 and not and_play:
            self.send("/goto_start")
        else:
            self.send("/locate", "ii", round(at_s * 48000), int(and_play))

    def loop(self, from_s, to_s):
        self.send("/loop_location", "ii", round(from_s * 48000), round(to_s * 48000))
        self.send("/loop_toggle")

    def loop_no_more(self):
        self.send("/loop_toggle")

    def hand_at_fader(self, number, level):
        """A person moves it, which kedge is told."""
        self.send(f"/strip/gain/{number}", "f", level)

    def greet(self, feedback, types=575):
        self.send("/set_surface", "iiiiiii", 0, types, feedback, 0, 0, 0, 0)

    def hear(self, seconds, until=None):
        """What arrives within so many seconds, or until a message fulfils `until`: (time, address, tags, values)."""
        heard = []
        end = time.monotonic() + seconds
        while True:
            while self.unheard:
                heard.append(self.unheard.pop(0))
                if until and until(*heard[-1][1:]):
                    return heard
            left = end - time.monotonic()
            if left <= 0 or not self.take(left):
                return heard

    def take(self, seconds):
        """The next datagram's messages wait to be heard; False when none came in time."""
        self.socket.settimeout(seconds)
        try:
            data = self.socket.recv(65536)
        except (socket.timeout, ConnectionRefusedError):
            return False
        now = time.monotonic()
        self.datagrams.append((now, len(data)))
        self.unheard += [(now, *decode(message)) for message in messages_of(data)]
        return True

    def forget(self):
        """Everything on the way is taken off the wire: silence for 0.3 s, meters and clocks aside."""
        quiet = time.monotonic() + 0.3
        end = time.monotonic() + 10
        while time.monotonic() < min(quiet, end):
            for _, address, _, _ in self.hear(0.05):
                if "meter" not in address and not address.startswith(("/position", "/heartbeat")):
                    quiet = time.monotonic() + 0.3

    def ask(self, address, tags="", *values, seconds=0.5):
        """Sends, and returns the first answer at the same address within the time, else None."""
        self.send(address, tags, *values)
        heard = self.hear(seconds, lambda a, *_: a == address)
        return heard[-1][1:] if heard and heard[-1][1] == address else None

    def said(self, seconds):
        """What is said now, meters, clocks and heartbeats aside: (address, tags, values). A DAW that is late is waited for: a
        question is asked after the time, and all that is said before its answer counts."""
        heard = self.hear(seconds)
        self.send("/transport_speed")
        heard += self.hear(5.0, lambda a, *_: a == "/transport_speed")
        return [h[1:] for h in heard if not h[1].startswith(("/position", "/heartbeat", "/transport_speed")) and "/meter" not in h[1]]
