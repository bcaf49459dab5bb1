"""kedge is killed in the middle of a pass: it is named, nothing else is let near, and recovery ends at one side exactly."""
import subprocess

from ardour_lab import die_with_parent
from cut_wire import CutWire
from pass_bench import differences


def started(bench, wire, *arguments):
    return subprocess.Popen(bench.words(*arguments, port=wire.port), env=bench.env, stdin=subprocess.DEVNULL,
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=die_with_parent)


def check_cut_off(bench, chance, trials):
    whole = len(differences(bench.before, bench.mixed))
    # From the state before, twice there and back: what was cut off ends alternately at its far side and where it began.
    for command, number, settle in ((("reapply", bench.mix), chance.randint(2, whole - 2), "--roll-back"),
                                    (("reapply", bench.mix), chance.randint(2, whole - 2), "--finish"),
                                    (("revert",), 0, "--roll-back"), (("revert",), whole, "--roll-back"),
                                    (("revert",), chance.randint(2, whole - 2), "--finish")):
        trials.run_from(sides(bench, command)[0], by_number, bench, command, number, settle)
    for _ in range(3):
        trials.run_from(bench.before, by_the_clock, bench, chance.uniform(0, bench.daw.pass_takes_s))


def by_number(bench, command, number, settle):
    """Killed at its command of this number, and settled this way."""
    whole = len(differences(bench.before, bench.mixed))
    with CutWire(bench.daw) as wire:
        killed = wire.kill_after_commands(started(bench, wire, *command), number)
    bench.check(killed, f"{command[0]} is killed at its command {number} of {whole}")
    start, planned = sides(bench, command)
    cut = bench.daw.save()
    through = differences(start, cut)
    bench.check(len(through) == number and through <= differences(start, planned), f"{len(through)} controls were moved")
    if settle == "--finish" or number == 0:
        nothing_else_is_let_near(bench, cut)
    settled(bench, settle, through, planned if settle == "--finish" else start)


def sides(bench, command):
    return (bench.before, bench.mixed) if command[0] == "reapply" else (bench.mixed, bench.before)


def cut_off_pass(bench):
    newest = bench.passes()[-1]
    return newest["id"] if newest["state"] == "prepared" else None


def nothing_else_is_let_near(bench, cut):
    number = cut_off_pass(bench)
    status = bench.does("status", "--for", "0.1s")
    bench.check(status.get("unfinished_passes") == 1 and status.get("unfinished") == number, f"status names pass {number}")
    document = bench.does("mix", code=1)
    bench.check(f"Pass {number} " in str(document.get("error")), "mix refuses and names it")
    bench.saved_is(cut, "and moves nothing")


def settled(bench, how, through, state):
    number = cut_off_pass(bench)
    bench.check(number is not None, f"pass {number} is named as cut off")
    document = bench.does("recover")
    there = {(c["strip"], c["control"]) for c in document.get("controls", []) if c["stands_at"] == "after"}
    bench.check(document.get("cut_off") == number and there == through,
                f"recover says of which controls stand where it wanted them: {len(there)}")
    bench.does("recover", how)
    bench.saved_is(state, f"{how}: {'where it wanted to go' if how == '--finish' else 'where it began'}")
    bench.check(bench.does("recover").get("cut_off") is None, "and it is settled")


def by_the_clock(bench, seconds):
    """Killed so long after the first command, wherever that is; each time there and back again."""
    with CutWire(bench.daw) as wire:
        killed = wire.kill_after_seconds(started(bench, wire, "reapply", bench.mix), seconds)
    number = cut_off_pass(bench)
    done = "was done" if number is None else "was cut off"
    print(f"     {1000 * seconds:.1f} ms after its first command: {'killed' if killed else 'over'}, the pass {done}")
    if number is not None:
        bench.does("recover", "--finish")
    bench.saved_is(bench.mixed, "killed by the clock, it stands where it wanted to go")
    bench.does("revert")
    bench.saved_is(bench.before, "and back")
