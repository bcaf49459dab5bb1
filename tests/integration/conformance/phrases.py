"""A voice's phrases against what plays beside it, from the stems' own samples: kedge has no part in it."""
import math
import operator
import statistics
import wave

FRAME_S = 0.01
LONGEST_BREAK = 40  # frames; syllables no further apart are one phrase
SILENT_BELOW = 1e-4  # of the loudest frame's power


def powers(samples):
    """The mean power of each 10 ms; full scale is 1."""
    step = int(samples.rate * FRAME_S) * samples.channels
    every = samples.samples
    return [sum(map(operator.mul, part, part)) / step / 2 ** 30
            for part in (every[i:i + step] for i in range(0, len(every), step))]


def phrases(voice):
    """(first frame, frame after the last) of each."""
    found = []
    least = SILENT_BELOW * max(voice)
    for at, power in enumerate(voice):
        if power <= least:
            continue
        if found and at - found[-1][1] <= LONGEST_BREAK:
            found[-1][1] = at + 1
        else:
            found.append([at, at + 1])
    return found


def decibels(power):
    return 10 * math.log10(power) if power > 0 else -math.inf


class Voice:
    """One stem of a song among the others."""

    def __init__(self, song, name):
        self.name = name
        self.powers = {track: powers(samples) for track, samples in song.samples.items()}
        self.phrases = phrases(self.powers[name])

    def against_backing(self, level=lambda strip, at_s: 0.0):
        """Each phrase's level against the sum of the others, dB; `level` is what a strip's mixer adds at a time, dB."""
        return [decibels(self.heard([self.name], level, part)) - decibels(self.heard(self.others(), level, part))
                for part in self.phrases]

    def others(self):
        return [track for track in self.powers if track != self.name]

    def heard(self, strips, level, part):
        return sum(self.powers[strip][at] * 10 ** (level(strip, at * FRAME_S) / 10) for strip in strips for at in range(*part))

    def spread(self, *level):
        """The standard deviation of its phrases against the backing, dB."""
        return statistics.pstdev(self.against_backing(*level))


def widen(song, name, furthest_db, path):
    """Sings the same phrases with other levels: against the backing they reach so far from their middle, which is as far as a ride may
    go, and keep their order. None becomes louder than it was."""
    voice = Voice(song, name)
    levels = voice.against_backing()
    middle = statistics.fmean(levels)
    wider = furthest_db / max(abs(level - middle) for level in levels)
    gains = [(level - middle) * (wider - 1) for level in levels]
    samples = song.samples[name]
    step = int(samples.rate * FRAME_S) * samples.channels
    for (first, end), gain in zip(voice.phrases, gains):
        factor = 10 ** ((gain - max(gains)) / 20)
        part = slice((first - 1) * step, (end + 1) * step)
        for at, value in enumerate(samples.samples[part], part.start):
            samples.samples[at] = round(value * factor)
    with wave.open(path, "wb") as out:
        out.setnchannels(samples.channels)
        out.setsampwidth(3)
        out.setframerate(samples.rate)
        out.writeframes(b"".join(value.to_bytes(2, "little", signed=True).rjust(3, b"\0") for value in samples.samples))
