"""Trials that failed by the DAW alone: Ardour 7.3 now and then dies or hangs while surfaces come and go, and on a busy machine its
audio engine stands still, or the machine does itself. That is not kedge's doing: it is said, and the trial is done again. No other
failure is."""
import subprocess

from pass_bench import differences

LONGEST_PAUSE_S = 0.1  # of an engine that keeps time well enough for what is done while it plays


class Trials:
    """`faulted(mark)`: what is wrong with the DAW itself since `mark()`, by its own record and not by what kedge says; None if nothing."""

    def __init__(self, bench, most):
        self.bench, self.most, self.repeated = bench, most, 0

    def run(self, trial, *arguments):
        """`begin_again()` puts all back to where the trial begins."""
        while not self.counted(trial, *arguments):
            self.repeated += 1
            if self.repeated > self.most:
                raise SystemExit(f"the DAW itself failed in {self.repeated} trials: too many to say anything of kedge")
            self.begin_again()

    def counted(self, trial, *arguments):
        check = self.bench.check
        counts, mark = check.counts(), self.mark()
        problem = None
        try:
            trial(*arguments)
        except (SystemExit, subprocess.TimeoutExpired, LookupError) as why:
            problem = why
        if not problem and check.counts()[1] == counts[1]:
            return True
        why = self.faulted(mark)
        if not why:
            if problem:
                raise problem
            return True
        print(f"     the DAW itself: {why}. This trial is not counted and done again ({problem or 'checks failed'}).", flush=True)
        check.back_to(counts)
        return False


class PassTrials(Trials):
    """Of passes, with the mix in the journal: the DAW is dead, or answers nobody."""
    start = None  # the saved state that the trial begins with

    def __init__(self, bench, most=3):
        super().__init__(bench, most)

    def run_from(self, start, trial, *arguments):
        self.start = start
        self.run(trial, *arguments)

    def mark(self):
        return None

    def faulted(self, mark):
        return self.bench.daw.is_lost()

    def begin_again(self):
        """The DAW as it was saved last, nothing cut off, every control as in `start`."""
        bench, start = self.bench, self.start
        bench.daw.restart()
        bench.ask("recover", "--roll-back", "--force")
        if differences(bench.daw.save(), start):
            bench.ask(*(("revert",) if start is bench.before else ("reapply", bench.mix)), "--force")
        bench.saved_is(start, "started again, all stands as before the trial")


class FreshTrials(Trials):
    """Of what is done while the song plays, each as if for the first time: also an engine that stood still."""

    def __init__(self, bench, most=4):
        super().__init__(bench, most)
        self.before = bench.daw.save()
        self.lines = bench.daw.fader_lines()
        bench.daw.keep()

    def mark(self):
        return len(self.bench.daw.pauses())

    def faulted(self, mark):
        lost = self.bench.daw.is_lost()
        longest = max(self.bench.daw.pauses()[mark:], default=0.0)
        return lost or (f"{self.bench.daw.keeps_time} stood still for {longest:.2f} s" if longest > LONGEST_PAUSE_S else None)

    def begin_again(self):
        """The session as it was before the first trial, and a kedge that knows nothing of it: what it heard was spoiled, too."""
        daw = self.bench.daw
        daw.restart_as_kept()  # also one that answers: an Ardour was seen with a nameless dialog open, running no script any more
        daw.forget()
        self.bench.saved_is(self.before, "begun again, all stands as before the trial")
        self.bench.check(daw.fader_lines() == self.lines, "and so does the automation")
