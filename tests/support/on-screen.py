#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a command on a virtual screen of its own: on-screen.py COMMAND [ARGUMENT…]

The X server chooses a free number itself, so that tests may run side by side. The status is the command's.
"""

import os
import subprocess
import sys

read, write = os.pipe()
server = subprocess.Popen(
    ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
    pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
os.close(write)
number = os.read(read, 20).decode().strip()
if not number:
    sys.exit("on-screen: Xvfb did not start")
environment = dict(os.environ, DISPLAY=":" + number, GDK_BACKEND="x11", GSK_RENDERER="cairo")
try:
    status = subprocess.run(sys.argv[1:], env=environment).returncode
finally:
    server.terminate()
    server.wait()
sys.exit(status if status >= 0 else 128 - status)
