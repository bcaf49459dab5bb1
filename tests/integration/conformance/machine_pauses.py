"""Whether this machine itself stands still at times, as virtual machines do: then what was heard, and when, says nothing of kedge."""
import threading
import time

STEP_S = 0.01


class MachinePauses:
    """A thread that only sleeps, and keeps in `seen` by how many seconds it came too late."""

    def __init__(self):
        self.seen = []
        threading.Thread(target=self.watch, daemon=True).start()

    def watch(self):
        before = time.monotonic()
        while True:
            time.sleep(STEP_S)
            now = time.monotonic()
            late = now - before - STEP_S
            if late > STEP_S:
                self.seen.append(late)
            before = now
