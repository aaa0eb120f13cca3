#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the sources without compiling them, and prints the results as TAP. Run at the top of the tree:

    lint.py DENGKE_CLI

Each check is a function below whose first line of documentation says what holds; it yields what is wrong.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

# What each room may use besides itself: a room's include path in meson.build says the same.
ROOMS = {
    "rules": [],
    "model": ["rules"],
    "assess": ["rules", "model"],
    "store": ["rules", "model", "assess"],
    "dossier": ["rules", "model", "assess"],
    "cli": ["rules", "model", "assess", "store", "dossier"],
    "ui": ["rules", "model", "assess", "store", "dossier"],
}

# Rooms whose messages people read in their language; the others write plain English for DkProblems and GError.
TRANSLATED_ROOMS = ["assess", "store", "dossier", "cli", "ui"]

# Rooms that compute: figures there are exact.
EXACT_ROOMS = ["rules", "model", "assess"]

SOURCE_FOLDERS = ["app", "tests", "build-aux", "data", "po", ".ci"]
LONGEST_FILE = {"app": 900, "tests": 1200}  # lines; a longer file is split by what changes together

TOKEN = re.compile(r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.DOTALL)
TRANSLATABLE = re.compile(r'(?<![A-Za-z0-9_])(?:N?C?_|Q_|ngettext|g_dngettext|g_dpgettext2?)[ ]?\([ \n]*[A-Za-z",]')
CHINESE = re.compile("[\u2e80-\u2fff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

# The notation of figures (5000万, 6个月) is part of the language of packs: read in one place, and named to those who
# write it otherwise in another.
NOTATION = ["dk-lexer.c", "dk-compiler.c"]

CHECKS = []


def check(function):
    CHECKS.append(function)
    return function


def files(*patterns, folders=("app", "tests")):
    for folder in folders:
        for pattern in patterns:
            yield from sorted(path for path in Path(folder).rglob(pattern) if path.is_file())


def text_of(path):
    return path.read_text(encoding="utf-8")


def without_comments(code):
    """The code with comments blanked out, line by line as it was."""
    return TOKEN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]) if match[0].startswith("/") else match[0], code)


def without_comments_and_strings(code):
    return TOKEN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), code)


def places(path, code, pattern):
    """Each line of `code` where `pattern` is found, as path:line: text."""
    for number, line in enumerate(code.splitlines(), 1):
        if pattern.search(line):
            yield f"{path}:{number}: {line.strip()}"


def run(*command):
    environment = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="")
    done = subprocess.run(command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout.strip()


@check
def licence():
    """every source file names its licence at the top"""
    sources = list(files("*.c", "*.h", "*.py", "*.sh", "meson.build", folders=SOURCE_FOLDERS))
    sources += [Path("meson.build"), Path("meson_options.txt"), Path("dev"), Path(".ci/run")]
    for path in sources:
        if not any("SPDX-License-Identifier: GPL-3.0-or-later" in line for line in text_of(path).splitlines()[:3]):
            yield f"{path}: no SPDX-License-Identifier in the first three lines"


@check
def arrows():
    """no include points back: rules < model < assess < {store, dossier} < {cli, ui}"""
    room_of = {path.name: path.parent.name for path in files("*.h", folders=["app"])}
    for path in files("*.c", "*.h", folders=["app"]):
        room = path.parent.name
        for number, line in enumerate(text_of(path).splitlines(), 1):
            include = re.match(r'\s*#\s*include\s*"([^"]+)"', line)
            if not include or include[1] == "config.h":
                continue
            used = room_of.get(include[1])
            if used is None:
                yield f'{path}:{number}: no header of any room is called "{include[1]}"'
            elif used != room and used not in ROOMS[room]:
                yield f"{path}:{number}: {room} may not use {used} ({include[1]})"


@check
def foreign_libraries():
    """GTK is included in ui only, SQLite in store only"""
    for path in files("*.c", "*.h", folders=["app"]):
        room = path.parent.name
        if room != "ui":
            yield from places(path, text_of(path), re.compile(r"#\s*include\s*<(gtk|gdk|adwaita)[/.]"))
        if room != "store":
            yield from places(path, text_of(path), re.compile(r"#\s*include\s*<sqlite3\.h>"))


@check
def listed():
    """every source and every test is listed in its meson.build"""
    for path in files("*.c", folders=["app"]):
        if f"'{path.name}'" not in text_of(path.parent / "meson.build"):
            yield f"{path} is not in {path.parent}/meson.build"
    for path in files("*.c", "test-*.py", folders=["tests"]):
        name = re.sub("^(test|fuzz)-", "", path.stem) if path.name.startswith(("test-", "fuzz-")) else path.name
        if f"'{name}'" not in text_of(path.parent / "meson.build"):
            yield f"{path} is not in {path.parent}/meson.build"


@check
def log_domain():
    """every source of a room has a log domain of its own"""
    for path in files("*.c", folders=["app"]):
        if not re.search(r'^#define G_LOG_DOMAIN "dk-|^#define G_LOG_DOMAIN "dengke', text_of(path), re.MULTILINE):
            yield f"{path}: no #define G_LOG_DOMAIN"


@check
def english():
    """no Chinese in C outside comments: what people read comes from packs, the catalogue and the translation"""
    for path in files("*.c", "*.h", folders=["app"]):
        if path.name not in NOTATION:
            yield from places(path, without_comments(text_of(path)), CHINESE)


@check
def exact():
    """no floating point where figures are computed"""
    for path in files("*.c", "*.h", folders=[f"app/{room}" for room in EXACT_ROOMS if Path("app", room).is_dir()]):
        if path.name.startswith("dk-number."):
            continue  # dk_number_to_double () is for drawing, and lives there
        yield from places(path, without_comments_and_strings(text_of(path)), re.compile(r"\b(double|float)\b"))


@check
def unfinished():
    """nothing is marked as unfinished"""
    marker = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    for path in files("*.c", "*.h", "*.py", "*.yaml", "*.json", "meson.build", folders=["app", "tests", "data"]):
        yield from places(path, text_of(path), marker)


@check
def layout():
    """text is UTF-8 with plain line ends, without tabs and trailing blanks, and no source file is too long"""
    for path in files("*.c", "*.h", "*.py", "*.yaml", "*.json", "meson.build", folders=SOURCE_FOLDERS):
        if path.parts[0] == "tests" and path.suffix in (".yaml", ".json"):
            continue  # input of tests, which may be wrong on purpose
        text = text_of(path)
        yield from places(path, text, re.compile(r"[\t\r]|[ ]+$"))
        if text and not text.endswith("\n"):
            yield f"{path}: the last line has no end"
        lines = text.count("\n")
        limit = LONGEST_FILE.get(path.parts[0])
        if limit and path.suffix in (".c", ".h", ".py") and lines > limit:
            yield f"{path}: {lines} lines, at most {limit} are wanted"


@check
def scripts():
    """the shell scripts parse"""
    for path in [Path("dev"), Path(".ci/run")]:
        status, output = run("sh", "-n", str(path))
        if status != 0:
            yield output


def potfiles():
    return [line for line in text_of(Path("po/POTFILES")).splitlines() if line and not line.startswith("#")]


@check
def potfiles_complete():
    """po/POTFILES lists exactly the files with text to translate, sorted"""
    listed_files = potfiles()
    translatable = [str(path) for path in files("*.c", "*.h", "*.ui", folders=["app"])
                    if TRANSLATABLE.search(without_comments(text_of(path)))]
    for path in sorted(set(translatable) - set(listed_files)):
        yield f"{path} has text to translate and is not in po/POTFILES"
    for path in listed_files:
        if not Path(path).is_file():
            yield f"po/POTFILES: {path} does not exist"
        elif path not in translatable and Path(path).suffix in (".c", ".h"):
            yield f"po/POTFILES: {path} has no text to translate"
    if listed_files != sorted(listed_files):
        yield "po/POTFILES is not sorted"
    for path in translatable:
        room = Path(path).parent.name
        if room not in TRANSLATED_ROOMS:
            yield f"{path}: the room {room} does not speak to people, so it translates nothing"


@check
def translations_complete():
    """every language of po/LINGUAS translates every text, with nothing fuzzy"""
    with tempfile.TemporaryDirectory() as folder:
        pot = f"{folder}/dengke.pot"
        keywords = ["_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2", "g_dngettext:2,3", "Q_:1g"]
        status, output = run("xgettext", "--from-code=UTF-8", "--files-from=po/POTFILES", "--output", pot,
                             "--add-comments", *[f"--keyword={keyword}" for keyword in keywords])
        if status != 0 or not Path(pot).is_file():
            yield f"xgettext: {output or 'found no text'}"
            return
        languages = [word for line in text_of(Path("po/LINGUAS")).splitlines() if not line.startswith("#")
                     for word in line.split()]
        for language in languages:
            source = f"po/{language}.po"
            if not Path(source).is_file():
                yield f"{source} does not exist"
                continue
            merged = f"{folder}/{language}.po"
            for command in (["msgfmt", "--check", "--output-file=/dev/null", source],
                            ["msgmerge", "--quiet", "--no-fuzzy-matching", "--output-file", merged, source, pot],
                            ["msgfmt", "--check", "--statistics", "--output-file=/dev/null", merged]):
                status, output = run(*command)
                if status != 0 or "fuzzy" in output or "untranslated" in output:
                    yield f"{source}: {output}"
                    missing = run("msgattrib", "--untranslated", "--no-wrap", "--no-location", merged)[1]
                    yield from re.findall(r'^msgid ".+', missing, re.MULTILINE)
                    break
        for po in Path("po").glob("*.po"):
            if po.stem not in languages:
                yield f"{po} is not in po/LINGUAS"


@check
def packs():
    """the packs load and their worked examples come out as they say"""
    packs_found = sorted(str(path) for path in Path("data/packs").rglob("*.yaml"))
    if not packs_found:
        yield "data/packs has no pack"
        return
    os.environ["DK_DATA_DIR"] = str(Path("data").resolve())
    try:
        status, output = run(sys.argv[1], "packs", "check", *packs_found)
    except OSError as error:
        yield str(error)
        return
    if status != 0:
        yield output


def main():
    print(f"1..{len(CHECKS)}")
    broken = 0
    for number, function in enumerate(CHECKS, 1):
        try:
            problems = list(function())
        except (OSError, UnicodeDecodeError) as error:
            problems = [str(error)]
        broken += bool(problems)
        print(f"{'not ok' if problems else 'ok'} {number} {function.__doc__.splitlines()[0]}")
        for problem in problems:
            for line in problem.splitlines():
                print(f"# {line}")
    return 1 if broken else 0


sys.exit(main())
