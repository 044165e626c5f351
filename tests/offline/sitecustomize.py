"""No network: a Python with this folder on its path refuses to reach any machine but its own."""

import ipaddress
import sys


def _refuse(event, arguments):
    host = {
        "socket.connect": lambda: arguments[1][0],
        "socket.getaddrinfo": lambda: arguments[0],
    }.get(event, lambda: None)()
    host = host.decode() if isinstance(host, bytes) else host
    if (
        event == "socket.connect"
        and isinstance(arguments[1], (str, bytes))
        or host in (None, "", "localhost")
    ):
        return  # a socket that is a file, or this machine
    try:
        own = ipaddress.ip_address(host).is_loopback or ipaddress.ip_address(host).is_unspecified
    except ValueError:
        own = False
    if not own:
        raise OSError(f"the network is cut in tests, and {host} was asked for")


sys.addaudithook(_refuse)
