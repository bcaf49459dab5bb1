"""A wire between kedge and the DAW that knows when to cut: a number of commands gets through, then kedge is killed."""
import select
import socket
import time

from osc_client import decode, messages_of


class CutWire:
    """Stands at `port` and passes everything on, both ways, until it cuts; the messages of a bundle one by one."""

    def __init__(self, daw):
        self.near = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.near.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.near.bind(("127.0.0.1", 0))
        self.port = self.near.getsockname()[1]
        self.far = daw.client(daw.port)
        self.commands = set()
        self.kedge = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.near.close()
        self.far.__exit__()

    def is_command(self, data):
        address, tags, _ = decode(data)
        return self.far.sets(address, tags)

    def kill_after_commands(self, process, number):
        """Kills the process when it sends its command of this number (an address counts once), which is the last that gets
        through; for 0 none does. False if the process came to its end before."""
        def cut(data):
            command = self.is_command(data)
            if command:
                self.commands.add(decode(data)[0])
            if number > 0 or not command:
                self.far.socket.sendto(data, self.far.to)
            return command and len(self.commands) >= number
        return self.passing(process, cut)

    def kill_after_seconds(self, process, seconds):
        """Kills the process so long after its first command. False if it came to its end before."""
        ends = []

        def cut(data):
            if self.is_command(data) and not ends:
                ends.append(time.monotonic() + seconds)
            self.far.socket.sendto(data, self.far.to)
            return False
        return self.passing(process, cut, lambda: ends and time.monotonic() >= ends[0])

    def passing(self, process, cut, too_late=lambda: False):
        end = time.monotonic() + 30
        while process.poll() is None:
            if time.monotonic() > end:
                process.kill()
                process.wait()
                raise SystemExit("kedge sent no command and did not end within 30 s")
            heard = select.select([self.near, self.far.socket], [], [], 0.0002)[0]
            if too_late():
                return self.kill(process)
            if self.near in heard:
                data, self.kedge = self.near.recvfrom(65536)
                if any(cut(message) for message in messages_of(data)):
                    return self.kill(process)
            if self.far.socket in heard:
                self.near.sendto(self.far.socket.recv(65536), self.kedge)
        return False

    @staticmethod
    def kill(process):
        process.kill()
        return process.wait() < 0
