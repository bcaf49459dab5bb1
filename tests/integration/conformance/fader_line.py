"""A fader's automation as a DAW saved it, beside the one that was planned: both lists of (seconds, dB)."""
import math

WITHIN_S, WITHIN_DB = 0.05, 0.3  # of rides that are written live


def planned_points(ride):
    return [(p["at_s"], p["fader_db"]) for p in ride["points"]]


def along(points, at):
    """Straight in dB between two points."""
    if at <= points[0][0]:
        return points[0][1]
    for (a, x), (b, y) in zip(points, points[1:]):
        if at <= b:
            return y if math.isclose(a, b) else x + (y - x) * (at - a) / (b - a)
    return points[-1][1]


def miss(points, at, level):
    """How far a level at a time is from the line at its best moment within 50 ms."""
    return min(abs(along(points, at + k * WITHIN_S / 10) - level) for k in range(-10, 11))


def worst_miss(planned, saved, from_s, to_s):
    """Over a part of the song: every 10 ms of what was saved, and each of its points, so that no spike falls in between."""
    times = [from_s + k / 100 for k in range(int((to_s - from_s) * 100) + 1)]
    times += [at for at, _ in saved if from_s <= at <= to_s]
    return max(miss(planned, at, along(saved, at)) for at in times)


def furthest_from(level, points, from_s, to_s):
    """How far the line gets from a level in a part of the song, dB."""
    values = [value for at, value in points if from_s < at < to_s] + [along(points, from_s), along(points, to_s)]
    return max(abs(value - level) for value in values)
