"""A network link between two ends, packet by packet: loses a share of them and holds each back for a while.

Arguments: the names of the two network devices to make. Says "ready" when they are there. Each line of standard
input is `share leastMs mostMs`: packets lost, 0 to 1, and how long each of the others is under way. Ends with its input.
"""
import fcntl
import heapq
import os
import random
import select
import struct
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TUN = 0x0001
IFF_NO_PI = 0x1000


def device(name):
    end = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(end, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    return end


def main(names):
    ends = [device(name) for name in names]
    other = {ends[0]: ends[1], ends[1]: ends[0]}
    share, least, most = 0.0, 0.0, 0.0
    under_way, count = [], 0
    control = b""
    print("ready", flush=True)
    while True:
        wait = max(0.0, under_way[0][0] - time.monotonic()) if under_way else None
        readable, _, _ = select.select([*ends, sys.stdin.fileno()], [], [], wait)
        now = time.monotonic()
        for end in readable:
            if end == sys.stdin.fileno():
                read = os.read(end, 4096)
                if not read:
                    return
                control += read
                *lines, control = control.split(b"\n")
                for line in lines:
                    share, least, most = (float(word) for word in line.split())
                    print("so", line.decode(), flush=True)
                continue
            try:
                packet = os.read(end, 65536)
            except OSError:
                continue
            if random.random() < share:
                continue
            count += 1
            heapq.heappush(under_way, (now + random.uniform(least, most) / 1000, count, other[end], packet))
        while under_way and under_way[0][0] <= now:
            _, _, end, packet = heapq.heappop(under_way)
            try:
                os.write(end, packet)
            except OSError:
                pass  # that end is down


main(sys.argv[1:3])
