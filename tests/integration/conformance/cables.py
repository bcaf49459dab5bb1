"""The cables between a control surface's ports on JACK, to be pulled out."""
import subprocess


class Cables:
    def __init__(self, env):
        self.env = env

    def between(self, client, other):
        """(from, to) of each cable between ports of these two, by what their names begin with."""
        listed = subprocess.run(["jack_lsp", "-c"], env=self.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, timeout=10).stdout
        pairs, port = set(), ""
        for line in listed.splitlines():
            if not line.startswith(" "):
                port = line
            elif port.startswith(client) and line.strip().startswith(other):
                pairs.add((port, line.strip()))
        return pairs

    def pull(self, client, other):
        """Returns how many there were."""
        pairs = self.between(client, other)
        for pair in pairs:
            subprocess.run(["jack_disconnect", *pair], env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=10)
        return len(pairs)
