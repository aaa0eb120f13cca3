#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures a start: from exec to the first window on the screen. Prints lines "name value unit".

    bench-start.py NAME=PROGRAM...

Each program is started several times, warm, in turns, on a virtual screen, a session bus and folders of its own, and ended as soon as
its window is there. A program that does not exist (yet) is left out; with the first one's time the others are compared.
"""

import ctypes
import os
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

TIMES = 10
PATIENCE = 20  # seconds for a window
MAP_NOTIFY = 19
SUBSTRUCTURE_NOTIFY_MASK = 1 << 19


class MapEvent(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("send_event", ctypes.c_int), ("display", ctypes.c_void_p),
                ("event", ctypes.c_ulong), ("window", ctypes.c_ulong), ("override_redirect", ctypes.c_int)]


class AnyEvent(ctypes.Union):
    _fields_ = [("map", MapEvent), ("pad", ctypes.c_long * 24)]


class Screen:
    """Tells when a window appears."""

    def __init__(self):
        self.x11 = ctypes.CDLL("libX11.so.6")
        self.x11.XOpenDisplay.restype = ctypes.c_void_p
        self.x11.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self.x11.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x11.XSelectInput.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_long]
        self.x11.XPending.argtypes = [ctypes.c_void_p]
        self.x11.XNextEvent.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        self.x11.XConnectionNumber.argtypes = [ctypes.c_void_p]
        self.x11.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
        self.display = self.x11.XOpenDisplay(None)
        if not self.display:
            sys.exit("bench-start: no screen")
        self.x11.XSelectInput(self.display, self.x11.XDefaultRootWindow(self.display), SUBSTRUCTURE_NOTIFY_MASK)
        self.x11.XSync(self.display, 1)

    def forget(self):
        self.x11.XSync(self.display, 1)

    def wait_for_window(self, until):
        event = AnyEvent()
        while True:
            while self.x11.XPending(self.display):
                self.x11.XNextEvent(self.display, ctypes.byref(event))
                if event.map.type == MAP_NOTIFY and not event.map.override_redirect:
                    return True
            left = until - time.monotonic()
            if left <= 0:
                return False
            select.select([self.x11.XConnectionNumber(self.display)], [], [], left)


def start_once(screen, program):
    """Milliseconds until the window is there."""
    screen.forget()
    start = time.monotonic()
    child = subprocess.Popen([program], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = screen.wait_for_window(start + PATIENCE)
    taken = (time.monotonic() - start) * 1000
    child.terminate()
    try:
        child.wait(5)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    if not found:
        sys.exit(f"bench-start: {program} showed no window within {PATIENCE} s")
    return taken


def measure(programs):
    screen = Screen()
    times = {name: [] for name, _ in programs}
    for turn in range(TIMES + 1):
        for name, program in programs:
            taken = start_once(screen, program)
            if turn > 0:  # the first one warms the caches up
                times[name].append(taken)
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, _ in programs:
        print(f"start_{name}_ms {medians[name]:.1f} ms")
    first = programs[0][0]
    for name, _ in programs[1:]:
        print(f"start_{name}_ratio {medians[name] / medians[first]:.2f} times")


def main():
    programs = [argument.split("=", 1) for argument in sys.argv[1:]]
    programs = [(name, os.path.abspath(path)) for name, path in programs if os.access(path, os.X_OK)]
    if not programs:
        sys.exit(__doc__.strip())
    if os.environ.get("DK_BENCH_INSIDE"):
        measure(programs)
        return 0
    folder = tempfile.mkdtemp(prefix="dk-start-")
    os.chmod(folder, 0o700)
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
                              pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        number = os.read(read, 20).decode().strip()
        if not number:
            sys.exit("bench-start: Xvfb did not start")
        environment = dict(os.environ, DISPLAY=":" + number, GDK_BACKEND="x11", GSK_RENDERER="cairo", GSETTINGS_BACKEND="memory",
                           GTK_A11Y="none", HOME=folder, XDG_RUNTIME_DIR=folder, DK_BENCH_INSIDE="1")
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            environment[f"XDG_{name}_HOME"] = os.path.join(folder, name.lower())
        command = [sys.executable, os.path.abspath(__file__)] + [f"{name}={path}" for name, path in programs]
        if shutil.which("dbus-run-session"):
            command = ["dbus-run-session", "--"] + command
        return subprocess.run(command, env=environment).returncode
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
