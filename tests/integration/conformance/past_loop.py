"""A loop is on when kedge listens: the song is heard past it, and it is on again afterwards."""
LOOP = (3.0, 5.0)


def check_past_loop(bench):
    with bench.daw.client(bench.daw.port) as client:
        client.greet()
        client.loop(*LOOP)
        client.forget()
    planned = bench.does("plan", "--fresh", "--listen", "8s")
    heard = planned.get("heard", {})
    bench.check(heard.get("to_s", 0) >= 8.0, f"the song is heard past the loop ({heard})")
    status = bench.does("status")
    bench.check(status.get("loop") == {"on": True, "from_s": LOOP[0], "to_s": LOOP[1]}, f"status names the loop, which is on ({status.get('loop')})")
    bench.check(status.get("markers") == [] and status.get("regions") == [], "and neither markers nor regions")
    with bench.daw.client(bench.daw.port) as client:
        client.greet()
        client.loop_no_more()
        client.forget()
    bench.check(not bench.does("status").get("loop", {}).get("on"), "status knows that it is off")
