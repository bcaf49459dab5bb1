"""Somebody moves the fader while its ride is written: from that moment on it is that person's."""
from fader_line import furthest_from, worst_miss
from mid_pass import FROM_S, TO_S, Aftermath, MidPass

MOVED_AT = 9.0
BY_HAND = (-13.0, -12.0, -11.0, -12.0)  # whole, as one of the DAWs takes no others here
SOON = 0.25  # seconds from a move to where it is heard and done


def hands_stay(bench):
    after, saved, _ = moved_meanwhile(bench, "stays", 5)
    off = furthest_from(BY_HAND[-1], saved, MOVED_AT + 4 * 0.06 + SOON, after.planned[-1][0] - 0.1)
    bench.check(off < 0.05, f"from then on to the end of its ride the list holds what the person set, within {off:.3f} dB")
    after.all_back()


def hands_resume(bench):
    after, saved, document = moved_meanwhile(bench, "resumes", 0)
    still = MOVED_AT + 4 * 0.06 + SOON
    off = furthest_from(BY_HAND[-1], saved, still, still + 1.4)
    bench.check(off < 0.05, f"for two seconds the list holds what the person set, within {off:.3f} dB")
    off = worst_miss(after.planned, saved, still + 3.4, after.planned[-1][0])
    bench.check(off <= 0.3, f"after a ramp of a second it follows the plan again, worst {off:.2f} dB")
    after.all_back()


def hands_let_go(bench):
    after, saved, _ = moved_meanwhile(bench, "let-go", 5)
    off = furthest_from(after.rest, saved, MOVED_AT + 4 * 0.06 + 1.5, TO_S - 0.1)
    bench.check(off < 0.05, f"let go, the fader is back where it rested, within {off:.3f} dB")
    after.all_back()


def moved_meanwhile(bench, hands, code):
    after = Aftermath(bench)
    with MidPass(bench, MOVED_AT, "--hands", hands) as song:
        song.move(BY_HAND)
        after.ended(song, code, "Not every ride" if code else "")
    saved = after.saved()
    off = worst_miss(after.planned, saved, FROM_S + 0.1, MOVED_AT - 0.1)
    bench.check(off <= 0.3, f"up to the hand it follows the plan, worst {off:.2f} dB")
    return after, saved, after.document
