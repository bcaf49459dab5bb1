"""Rides: written as automation, judged by what the DAW saved, and taken back. Where the DAW has no companion script (a real
Ardour without its window) kedge says so, and nothing is written."""
import math


def rides(bench, chance):
    before = bench.daw.save()
    passes = len(bench.passes())
    if not bench.daw.has_companion:
        document = bench.does("ride", code=1)
        said = document.get("error", {})
        bench.check("companion" in said.get("message", "") + said.get("next", "") + str(said.get("fix", "")),
                    f"without a companion the way to one is said: {said}")
        bench.check(len(bench.passes()) == passes, "and no pass is recorded")
        bench.saved_is(before, "and nothing is changed")
        return
    for how in ((), ("--live", "--from", "8", "--to", "24")):
        lines = bench.daw.fader_lines()
        document = bench.does("ride", *how)
        planned = document.get("rides", [])
        bench.check(planned, f"{len(planned)} rides are planned and written {' '.join(how)}")
        bench.daw.save()
        for ride in planned:
            judge(bench, ride, bench.daw.fader_lines()[ride["strip"]], live=bool(how))
        number = document["written"]["pass"]["id"]
        ridden = bench.daw.fader_lines()
        bench.check("written" not in bench.does("ride", *how), "a second ride writes nothing")
        bench.daw.save()
        bench.check(bench.daw.fader_lines() == ridden, "and does not draw over the first")
        back = bench.does("revert")
        bench.check(back["pass"]["reverts"] == number, "a revert without a number takes the ride back")
        bench.saved_is(before, "the faders stand as before the ride")
        bench.check(bench.daw.fader_lines() == lines, "and automation and modes are what they were")


def judge(bench, ride, line, live):
    """The saved points against the planned ones: every one of them, or, live, within 0.3 dB and 50 ms every 10 ms."""
    name = ride["strip"]
    bench.check(line["mode"].lower() == "play", f"{name} plays its automation")
    planned = [(p["at_s"], p["fader_db"]) for p in ride["points"]]
    if not live:
        off = [(p, s) for p, s in zip(planned, line["points"]) if abs(p[0] - s[0]) > 1e-3 or abs(p[1] - s[1]) > 0.01]
        bench.check(len(planned) == len(line["points"]) and not off, f"{name}: {len(planned)} points as planned {off[:3]}")
        return
    worst = max(miss(planned, line["points"], planned[0][0] + k / 100)
                for k in range(int((planned[-1][0] - planned[0][0]) * 100)))
    bench.check(worst <= 0.3, f"{name}: {len(line['points'])} points, worst {worst:.2f} dB within 50 ms of the plan")


def miss(planned, points, at):
    """How far the saved line is from the planned one at its best moment within 50 ms."""
    level = along(points, at)
    return min(abs(along(planned, at + k / 200) - level) for k in range(-10, 11))


def along(points, at):
    """Straight in dB between two points."""
    if at <= points[0][0]:
        return points[0][1]
    for (a, x), (b, y) in zip(points, points[1:]):
        if at <= b:
            return y if math.isclose(a, b) else x + (y - x) * (at - a) / (b - a)
    return points[-1][1]
