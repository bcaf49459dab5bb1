"""Counting what held and what did not. What held is only counted, so that what did not is seen; with --verbose it is said as well."""
import sys
import time


class Checks:
    def __init__(self, verbose=False):
        self.passed = self.failed = 0
        self.verbose, self.part, self.failures = verbose, "", []
        self.began = time.monotonic()

    def begin(self, part, more=""):
        """What is checked from now on."""
        self.part = part
        print(f"-- {part}{more}, after {time.monotonic() - self.began:.0f} s: {self.passed} passed so far", flush=True)

    def __call__(self, good, what):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            self.failures.append(f"{self.part}: {what}")
        if self.verbose or not good:
            print(("ok   " if good else "FAIL ") + what, flush=True)
        return bool(good)

    def counts(self):
        return self.passed, self.failed

    def back_to(self, counts):
        """As if nothing had been checked since `counts()`."""
        self.passed, self.failed = counts
        del self.failures[self.failed:]

    def exit(self):
        """Says the sum, and once more what failed; ends the program."""
        print(f"{self.passed} passed, {self.failed} failed")
        for failure in self.failures:
            print(f"FAIL {failure}")
        sys.exit(1 if self.failed or not self.passed else 0)
