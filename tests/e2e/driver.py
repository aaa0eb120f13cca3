# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real program as a person would: by the names that a screen reader says, and by keys.

A Desk is a screen, a message bus and a home of their own; a Program is one run of the program on it.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PRESSES = ("click", "activate", "press", "toggle")
# What a person would aim at first when several things have one name.
ORDER = {"push button": 0, "button": 0, "toggle button": 0, "check box": 0, "radio button": 0, "list item": 1, "table cell": 1, "text": 2}


class Failure(Exception):
    pass


def inside(arguments):
    """Runs this script again with a screen, a bus and an empty home, and returns its status."""
    home = tempfile.mkdtemp(prefix="dengke-home-")
    runtime = tempfile.mkdtemp(prefix="dengke-run-")
    os.chmod(runtime, 0o700)
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    number = os.read(read, 20).decode().strip()
    environment = dict(
        os.environ, DISPLAY=":" + number, HOME=home, XDG_RUNTIME_DIR=runtime, XDG_DATA_HOME=home + "/data",
        XDG_CONFIG_HOME=home + "/config", XDG_CACHE_HOME=home + "/cache", XDG_STATE_HOME=home + "/state",
        GTK_A11Y="atspi", GDK_BACKEND="x11", GSK_RENDERER="cairo", GTK_USE_PORTAL="0", ADW_DISABLE_PORTAL="1",
        GSETTINGS_BACKEND="keyfile", DENGKE_E2E_INSIDE="1")
    manager = subprocess.Popen(["openbox"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        # What the bus starts talks, too: the results have a way out of their own.
        out = os.dup(1)
        environment["DENGKE_E2E_OUT"] = str(out)
        return subprocess.run(["dbus-run-session", "--", sys.executable] + arguments, env=environment, stdout=2, pass_fds=[out]).returncode
    finally:
        manager.terminate()
        manager.wait()
        server.terminate()
        server.wait()
        for folder in (home, runtime):
            shutil.rmtree(folder, ignore_errors=True)


def take_results_out():
    """Inside: what is printed from here on are results."""
    sys.stdout = os.fdopen(int(os.environ["DENGKE_E2E_OUT"]), "w", encoding="utf-8", buffering=1)


class Program:
    """One run of the program. Leaves with `quit ()`, which the program has to survive."""

    def __init__(self, command, environment=None, patience=20):
        import pyatspi  # only there is a bus to talk to

        self.atspi = pyatspi
        self.patience = patience
        self.said = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command, env=dict(os.environ, **(environment or {})), stderr=self.said)
        self.until(lambda: any(self.role(node) in ("frame", "window") for node in self.nodes()), "a window")

    # --- Waiting ---

    def alive(self):
        if self.process.poll() is not None:
            raise Failure(f"the program ended with status {self.process.returncode}: {self.errors()}")

    def errors(self):
        """What it complained of. One complaint is GTK's own and known in all its versions: where a pop-up that a click closes takes the press,
        the release finds nobody who counted it."""
        self.said.seek(0)
        lines = self.said.read().decode(errors="replace").splitlines()
        return "\n".join(line for line in lines if "Gtk-WARNING" not in line or "Broken accounting of active state" not in line).strip()

    def until(self, holds, what, timeout=None):
        end = time.monotonic() + (timeout or self.patience)
        while True:
            self.alive()
            found = holds()
            if found:
                return found
            if time.monotonic() > end:
                raise Failure(f"waited in vain for {what}")
            time.sleep(0.05)

    # --- Looking ---

    def role(self, node):
        try:
            return node.getRoleName()
        except Exception:
            return ""

    def name(self, node):
        try:
            return node.name or ""
        except Exception:
            return ""

    def roots(self):
        for application in self.atspi.Registry.getDesktop(0):
            try:
                if application is not None and application.get_process_id() == self.process.pid:
                    yield application
            except Exception:
                continue

    def nodes(self, top=None):
        stack = [top] if top is not None else list(self.roots())
        while stack:
            node = stack.pop()
            yield node
            try:
                children = [node.getChildAtIndex(i) for i in range(node.childCount)]
            except Exception:
                children = []
            stack.extend(child for child in reversed(children) if child is not None)

    def find(self, name, role=None, part=False):
        """What is called so (or has it in its name), the likeliest first."""
        found = [node for node in self.nodes()
                 if (name in self.name(node) if part else self.name(node) == name) and (role is None or self.role(node) == role)]
        return sorted(found, key=lambda node: ORDER.get(self.role(node), 5))

    def has(self, name, part=False):
        return bool(self.find(name, part=part))

    def wait(self, name, role=None, part=False, timeout=None):
        return self.until(lambda: self.find(name, role, part), f"“{name}”", timeout)[0]

    def wait_gone(self, name, part=False):
        self.until(lambda: not self.find(name, part=part), f"“{name}” to go")

    def unnamed(self):
        """Controls that a screen reader has no name for: GTK 4.8 then says the name of the class."""
        controls = ("push button", "button", "toggle button", "check box", "radio button", "text", "combo box", "entry", "switch", "slider",
                    "spin button", "menu button")
        for node in self.nodes():
            if self.role(node) in controls and re.fullmatch(r"\s*|(Gtk|Adw|Dk)[A-Z]\w*", self.name(node)):
                path = self.path(node)
                if "AdwToastWidget" not in path:  # libadwaita 1.2 gives the cross of a toast no name
                    yield f"{self.role(node)} below {' / '.join(path)}"

    def path(self, node):
        steps = []
        while node is not None and len(steps) < 8:
            steps.append(self.name(node) or self.role(node))
            try:
                node = node.parent
            except Exception:
                break
        return list(reversed(steps))[1:]

    def tree(self):
        lines = []

        def walk(node, depth):
            lines.append("  " * depth + self.role(node) + (f" “{self.name(node)}”" if self.name(node) else ""))
            try:
                for i in range(node.childCount):
                    walk(node.getChildAtIndex(i), depth + 1)
            except Exception:
                pass

        for root in self.roots():
            walk(root, 0)
        return "\n".join(lines)

    # --- Doing ---

    def interfaces(self, node):
        try:
            return self.atspi.utils.listInterfaces(node)
        except Exception:
            return []

    def press(self, node):
        """Presses a thing, or what it stands in."""
        while node is not None:
            if "Action" in self.interfaces(node):
                action = node.queryAction()
                for i in range(action.nActions):
                    if action.getName(i) in PRESSES and action.doAction(i):
                        time.sleep(0.1)
                        self.alive()
                        return True
            try:
                node = node.parent
            except Exception:
                return False
        return False

    def point(self, node):
        """Clicks with the pointer on what has no action on the bus: rows of lists, in GTK 4.8."""
        component = node.queryComponent()
        last = None
        for _attempt in range(60):
            try:
                place = component.getExtents(self.atspi.WINDOW_COORDS)
            except Exception:
                return False
            if place.width <= 0 or place.height <= 0:
                return False
            window = subprocess.run(["xdotool", "getactivewindow", "getwindowgeometry", "--shell"], capture_output=True, text=True, check=True)
            corner = dict(line.split("=", 1) for line in window.stdout.splitlines() if "=" in line)
            left, top, height = int(corner["X"]), int(corner["Y"]), int(corner["HEIGHT"])
            x, y = left + place.x + place.width // 2, place.y + place.height // 2
            # Above the list stands the enterprise, below it a note, and rows lie behind them; but the first comes no lower, the last no higher.
            if 115 < y < height - 80 or y == last:
                subprocess.run(["xdotool", "mousemove", str(x), str(top + y), "click", "1"], check=True)
                time.sleep(0.2)
                self.alive()
                return True
            # Out of sight in a list that is longer than the window: a turn of the wheel over it, towards the row.
            subprocess.run(["xdotool", "mousemove", str(x), str(top + height // 2), "click", "5" if y > 115 else "4"], check=True)
            last = y
            time.sleep(0.3)
        return False

    def click(self, name, role=None, part=False):
        self.wait(name, role, part)
        found = self.find(name, role, part)
        for node in found:
            if self.press(node):
                return
        for node in found:
            if self.point(node):
                return
        raise Failure(f"“{name}” cannot be pressed")

    def go_to(self, place, sidebar):
        """Chooses a place in the sidebar, whose rows say more than their name: “People: 2 of 5 answered”. @sidebar is what its list is
        called: a page may have rows of like names."""
        def rows():
            found = [node for places in self.find(sidebar) for node in self.nodes(places)
                     if self.role(node) == "list item" and re.match(re.escape(place) + r"\s*([:：,，]|$)", self.name(node))]
            return found or self.unfold()

        def is_there():
            return any(self.role(node) == "frame" and place in self.name(node) for node in self.nodes())

        self.insist(self.until(rows, f"the place “{place}”")[0], is_there, f"the page “{place}”")

    def insist(self, node, holds, what):
        """A click may fall into the middle of something that moves, or only close what is open: a person clicks again."""
        for attempt in range(3):
            if not self.press(node) and not self.point(node):
                raise Failure(f"“{self.name(node)}” cannot be chosen")
            try:
                self.until(holds, what, 3)
                return
            except Failure:
                if attempt == 2:
                    raise

    def is_in(self, state, node):
        try:
            return node.getState().contains(getattr(self.atspi, "STATE_" + state))
        except Exception:
            return False

    def unfold(self):
        """Unfolds what in a list says that it is folded."""
        for node in [node for node in self.nodes() if self.role(node) == "list item"]:
            if self.is_in("EXPANDABLE", node) and not self.is_in("EXPANDED", node):
                self.insist(node, lambda node=node: self.is_in("EXPANDED", node), f"“{self.name(node)}” to unfold")

    def write(self, name, text, role=None, part=False):
        """Puts a text into the entry that is called so."""
        self.wait(name, role, part)
        for node in self.find(name, role, part):
            for inner in self.nodes(node):
                if "EditableText" in self.interfaces(inner) and self.try_to_write(inner, text):
                    time.sleep(0.1)
                    self.alive()
                    return
        raise Failure(f"“{name}” is no entry")

    def try_to_write(self, node, text):
        """GTK 4.8 cannot be asked to move the focus; to write into an entry is enough for it to know that somebody types."""
        try:
            return node.queryEditableText().setTextContents(text)
        except Exception:
            return False  # it says that it can be written to and cannot: a part of the entry can

    def read(self, name, part=False):
        self.wait(name, part=part)
        for node in self.find(name, part=part):
            for inner in self.nodes(node):
                if "Text" in self.interfaces(inner):
                    text = inner.queryText()
                    return text.getText(0, text.characterCount)
        raise Failure(f"“{name}” has no text")

    def key(self, keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", keys], check=True)
        time.sleep(0.15)
        self.alive()

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "20", text], check=True)
        time.sleep(0.1)
        self.alive()

    def quit(self, keys="ctrl+q"):
        """Asks the program to end, and returns what it complained of."""
        self.key_to_end(keys)
        try:
            status = self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise Failure("the program does not end")
        if status not in (0, -signal.SIGTERM):
            raise Failure(f"the program ended with status {status}: {self.errors()}")
        return self.errors()

    def key_to_end(self, keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", keys], check=True)

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
