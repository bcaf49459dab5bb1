"""Rides: written as automation, judged by what the DAW saved and by the stems' own samples, and taken back."""
from fader_line import along, planned_points, worst_miss

BLOCK_S = 1024 / 48000  # of the DAW's audio engine


def ride_point_by_point(bench):
    there_and_back(bench, judge_points)


def ride_live(bench):
    there_and_back(bench, judge_live, "--live")


def ride_after_tempo_change(bench):
    """Points are kept where they are in time, whatever the beat."""
    bench.daw.change_tempo()
    there_and_back(bench, judge_points)


def there_and_back(bench, judge, *how):
    before = bench.daw.save()
    lines = bench.daw.fader_lines()
    document = bench.does("ride", *how)
    if document.get("error"):
        return
    planned = document["rides"]
    bench.check(planned, f"{len(planned)} rides are planned and written {' '.join(how)}")
    saved = bench.daw.save()
    ridden = bench.daw.fader_lines()
    for ride in planned:
        bench.check(ridden[ride["strip"]]["mode"] == "Play", f"{ride['strip']} plays its automation")
        judge(bench, ride, ridden[ride["strip"]]["points"])
    judge_spread(bench, saved, ridden, document)
    bench.check("written" not in bench.does("ride", *how), "a second ride writes nothing")
    bench.daw.save()
    bench.check(bench.daw.fader_lines() == ridden, "and does not draw over the first")
    back = bench.does("revert")
    bench.check(back["pass"]["reverts"] == document["written"]["pass"]["id"], "a revert without a number takes the ride back")
    bench.saved_is(before, "the faders stand as before the ride")
    bench.check(bench.daw.fader_lines() == lines, "and automation and modes are what they were")


def judge_points(bench, ride, saved):
    planned = planned_points(ride)
    off = [(p, s) for p, s in zip(planned, saved) if abs(p[0] - s[0]) > BLOCK_S or abs(p[1] - s[1]) > 0.01]
    bench.check(len(planned) == len(saved) and not off, f"{ride['strip']}: {len(planned)} points as planned {off[:3]}")


def judge_live(bench, ride, saved):
    planned = planned_points(ride)
    worst = worst_miss(planned, saved, planned[0][0], planned[-1][0])
    bench.check(worst <= 0.3, f"{ride['strip']}: {len(saved)} points, worst {worst:.2f} dB within 50 ms of the plan")


def judge_spread(bench, saved, lines, document):
    """Of the voice's phrases against the backing, by the stems' samples and what the DAW saved of its mixer."""
    voice = bench.voice

    def still(strip, at_s):
        return saved[strip].get("trim", 0.0) + saved[strip]["fader"] if not saved[strip]["mute"] else -200.0

    def ridden(strip, at_s):
        points = lines[strip]["points"]
        return still(strip, at_s) if not points else saved[strip].get("trim", 0.0) + along(points, at_s)

    before, after = voice.spread(still), voice.spread(ridden)
    said = [ride["spread"]["after_db"] for ride in document["rides"] if ride["strip"] == voice.name]
    bench.check(after <= before / 2, f"{len(voice.phrases)} phrases, spread by {before:.2f} dB, are by {after:.2f} dB with the ride "
                f"(kedge expects {said}, of {'the stored' if document['heard']['tape_reused'] else 'a new'} tape)")
