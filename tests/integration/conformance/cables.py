"""The cables between a control surface's ports on JACK, to be pulled out: by one client that is there beforehand, since JACK stalls now and then while a client comes."""
import ctypes

NO_START, BY_NAME = 0x01, 0x04


def libjack():
    lib = ctypes.CDLL("libjack.so.0")
    lib.jack_client_open.restype = lib.jack_port_by_name.restype = ctypes.c_void_p
    lib.jack_client_open.argtypes = [ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p]
    lib.jack_client_close.argtypes = [ctypes.c_void_p]
    lib.jack_port_by_name.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    lib.jack_get_ports.restype = lib.jack_port_get_all_connections.restype = ctypes.POINTER(ctypes.c_char_p)
    lib.jack_get_ports.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_ulong]
    lib.jack_port_get_all_connections.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    lib.jack_disconnect.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p]
    lib.jack_free.argtypes = [ctypes.c_void_p]
    return lib


class Cables:
    def __init__(self, server):
        self.lib = libjack()
        self.client = self.lib.jack_client_open(b"hand", NO_START | BY_NAME, None, server.encode())
        if not self.client:
            raise OSError(f"no client at the JACK server {server}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.lib.jack_client_close(self.client)

    def names(self, found):
        """Of a list that JACK gave away."""
        names = []
        while found and found[len(names)]:
            names.append(found[len(names)])
        self.lib.jack_free(found)
        return names

    def between(self, client, other):
        """(from, to) of each cable between ports of these two, by what their names begin with."""
        pairs = set()
        for port in self.names(self.lib.jack_get_ports(self.client, None, None, 0)):
            if not port.startswith(client.encode()):
                continue
            ends = self.lib.jack_port_get_all_connections(self.client, self.lib.jack_port_by_name(self.client, port))
            pairs |= {(port, end) for end in self.names(ends) if end.startswith(other.encode())}
        return pairs

    def pull(self, client, other):
        """Returns how many there were."""
        pairs = self.between(client, other)
        for pair in pairs:
            # Which of the two is the source a cable does not tell.
            if self.lib.jack_disconnect(self.client, *pair) != 0:
                self.lib.jack_disconnect(self.client, *reversed(pair))
        return len(pairs)
