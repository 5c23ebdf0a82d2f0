"""Stands in for systemd: binds a notify socket and prints every message as one line.

Argument: a path, or @name for an abstract socket. Lines of a message are joined by "; ", and the process id that the
kernel vouches for stands in front. A descriptor that comes with a message is closed, which is how systemd says that it
has read it.
"""

import array
import os
import socket
import struct
import sys

address = sys.argv[1]
listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
listener.bind("\0" + address[1:] if address.startswith("@") else address)
print("listening", flush=True)
while True:
    text, ancillary, _flags, _sender = listener.recvmsg(4096, 1024)
    sender = 0
    for level, kind, data in ancillary:
        if kind == socket.SCM_RIGHTS:
            descriptors = array.array("i")
            descriptors.frombytes(data[: len(data) - len(data) % descriptors.itemsize])
            for descriptor in descriptors:
                os.close(descriptor)
        elif kind == socket.SCM_CREDENTIALS:
            sender = struct.unpack("3i", data)[0]
    message = "; ".join(text.decode().strip().split("\n"))
    if message != "BARRIER=1":
        print(f"from {sender}: {message}", flush=True)
