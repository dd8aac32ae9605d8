"""Makes a fresh machine ready: system libraries, virtual environment, the locked packages.

Runs with any Python from 3.9 on and the standard library only. The Makefile calls it when a stamp
is missing or older than the lock file; a second call finds everything there and says nothing.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
VENV = HERE / ".venv"
LOCK = HERE / "requirements.lock"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
SUITABLE = ((3, 11), (3, 12), (3, 13))
LAUNCHERS = (("caseworker", "caseworker_app"), ("caseworker-central", "central_store"))
NAMES = ("python3.13", "python3.12", "python3.11", "python3", "python")
PROBE = """
import importlib.util, ssl, sys
print(*sys.version_info[:2], importlib.util.find_spec("ensurepip") is not None)
"""

# What must be there, and the apt packages that bring it (the first that this release knows).
TO_RUN = (
    ("libEGL.so.1", "libegl1"),
    ("libGL.so.1", "libgl1"),
    ("libglib-2.0.so.0", "libglib2.0-0t64 libglib2.0-0"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    # a window under X11
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    # a window under Wayland
    ("libwayland-client.so.0", "libwayland-client0"),
    ("libwayland-cursor.so.0", "libwayland-cursor0"),
    # printers
    ("libcups.so.2", "libcups2t64 libcups2"),
    ("lp", "cups-client"),
)
TO_TEST = (
    ("pdftotext", "poppler-utils"),
    ("cupsd", "cups"),
    ("lpadmin", "cups-client"),
)


class NotReady(Exception):
    """Something is missing that a person has to bring. Its text says what, and how."""


def say(sentence: str) -> None:
    """One short sentence, at once."""
    print(sentence, flush=True)


def main(purpose: str) -> int:
    """Make the machine ready to `run` or to `test`, and leave the stamp the Makefile looks for."""
    try:
        python = find_python()
        bring_system_packages(purpose, python_is_missing=not (python or PYTHON.exists()))
        make_environment(python or find_python())
        install_locked_packages()
        install_launchers()
    except NotReady as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Call it again to go on.", file=sys.stderr)
        return 130
    (VENV / f"ready-to-{purpose}").write_text(lock_digest(), "utf-8")
    return 0


# --- Python ---------------------------------------------------------------------------------


def probe(python: Path) -> tuple[tuple[int, int], bool] | None:
    """The version of this Python and whether it can make environments; None if it does not run."""
    try:
        done = subprocess.run(
            [str(python), "-c", PROBE], capture_output=True, text=True, check=False
        )
        major, minor, complete = done.stdout.split()
    except (OSError, ValueError):
        return None
    return (int(major), int(minor)), complete == "True"


def pythons() -> list[tuple[Path, tuple[int, int], bool]]:
    """Every suitable Python on the path, newest names first. Shims that lead nowhere drop out."""
    folders = [Path(folder) for folder in os.get_exec_path() if folder]
    suffix = ".exe" if WINDOWS else ""
    found = []
    for file in (folder / (name + suffix) for name in NAMES for folder in folders):
        if BIN in file.parents:
            continue
        facts = probe(file)
        if facts and facts[0] in SUITABLE:
            found.append((file, *facts))
    return found


def find_python() -> Path | None:
    """A Python that can make the environment, or None."""
    return next((file for file, _version, complete in pythons() if complete), None)


def python_packages() -> list[str]:
    """The apt packages that make a suitable Python complete."""
    for file, (major, minor), _complete in pythons():
        if file.parent in (Path("/usr/bin"), Path("/bin")):
            return [f"python{major}.{minor}-venv"]
    for major, minor in reversed(SUITABLE):
        if known_to_apt(f"python{major}.{minor}-venv"):
            return [f"python{major}.{minor}", f"python{major}.{minor}-venv"]
    return []


def make_environment(python: Path | None) -> None:
    """The virtual environment, made anew when its Python has gone or is of another age."""
    facts = probe(PYTHON) if PYTHON.exists() else None
    if facts and facts[0] in SUITABLE:
        if not (has_pip() or run(PYTHON, "-m", "ensurepip")):
            raise NotReady("The environment in .venv has no pip. Delete .venv and call it again.")
        return
    if python is None:
        raise NotReady(
            "Caseworker needs Python 3.11, 3.12 or 3.13 with its venv module. "
            "None was found on this machine. Install one, then call it again."
        )
    if VENV.exists():
        say("The environment in .venv does not work any more. Making it anew.")
        shutil.rmtree(VENV)
    say(f"Making a virtual environment with {python}.")
    if not run(python, "-m", "venv", VENV):
        raise NotReady(f"{python} could not make the environment in .venv.")


def has_pip() -> bool:
    """Whether the environment can install anything."""
    return run(PYTHON, "-c", "import pip", quiet=True)


def lock_digest() -> str:
    """What the stamp remembers: the lock file it was made from."""
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


def install_locked_packages() -> None:
    """Exactly what the lock file names; anything with another hash is refused."""
    stamps = [VENV / "ready-to-run", VENV / "ready-to-test"]
    if any(stamp.exists() and stamp.read_text("utf-8") == lock_digest() for stamp in stamps):
        return
    say("Installing the locked packages. The first time, about 180 MB are fetched.")
    pip = ("-m", "pip", "install", "-qq", "--disable-pip-version-check")
    if not run(PYTHON, *pip, "--require-hashes", "--no-deps", "--only-binary=:all:", "-r", LOCK):
        raise NotReady("The packages could not be installed. Check the network and call it again.")


def install_launchers() -> None:
    """Let the environment's Python find the program from anywhere, and give it its commands."""
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    answer = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True, check=True)
    (Path(answer.stdout.strip()) / "caseworker.pth").write_text(f"{HERE}\n", "utf-8")
    for name, package in LAUNCHERS:
        if WINDOWS:
            line = f'@"%~dp0python.exe" -m {package} %*\r\n'
            (BIN / f"{name}.cmd").write_text(line, "utf-8")
            continue
        launcher = BIN / name
        launcher.write_text(f"#!/bin/sh\nexec '{PYTHON}' -m {package} \"$@\"\n", "utf-8")
        launcher.chmod(0o755)


# --- System packages ------------------------------------------------------------------------


def is_there(need: str) -> bool:
    """Whether a library can be loaded, or a program be found."""
    if ".so" not in need:
        return shutil.which(need, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") is not None
    try:
        ctypes.CDLL(need)
    except OSError:
        return False
    return True


def bring_system_packages(purpose: str, *, python_is_missing: bool) -> None:
    """Install by apt what is missing; where that cannot be done, say what to type."""
    needs = TO_RUN + TO_TEST if purpose == "test" else TO_RUN
    if not sys.platform.startswith("linux"):
        return
    missing = [(need, packages) for need, packages in needs if not is_there(need)]
    if not (missing or python_is_missing):
        return
    if not shutil.which("apt-get"):
        names = ", ".join(need for need, _packages in missing) or "Python 3.11 to 3.13"
        raise NotReady(f"Caseworker needs: {names}. Install them, then call it again.")

    def wanted() -> list[str]:
        packages = [first_known(names.split()) for _need, names in missing]
        return list(dict.fromkeys(packages + (python_packages() if python_is_missing else [])))

    sudo = permission(wanted())
    say("Asking apt what there is.")
    apt(sudo, ["update"])
    say(f"Installing by apt: {' '.join(wanted())}.")
    apt(sudo, ["install", "--yes", "--no-install-recommends", *wanted()])


def known_to_apt(package: str) -> bool:
    """Whether this release of the system has the package under this name."""
    environment = {**os.environ, "LC_ALL": "C"}
    answer = subprocess.run(
        ["apt-cache", "policy", package],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    return "Candidate:" in answer.stdout and "Candidate: (none)" not in answer.stdout


def first_known(names: list[str]) -> str:
    """The name under which this release has the package; the last one where apt knows none yet."""
    return next((name for name in names if known_to_apt(name)), names[-1])


def permission(packages: list[str]) -> list[str]:
    """How to become root: nothing for root, sudo where a person agrees or CI allows it."""
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"] if os.environ.get("CI") else ["sudo"]
    if shutil.which("sudo"):
        if os.environ.get("CI") and run(*sudo, "true", quiet=True):
            return sudo
        if not os.environ.get("CI") and sys.stdin.isatty() and agrees(packages):
            return sudo
    command = f"apt-get update && apt-get install --no-install-recommends {' '.join(packages)}"
    raise NotReady(f"Some system packages are missing. As root, please type:\n\n  {command}\n")


def agrees(packages: list[str]) -> bool:
    """Ask the person at the terminal."""
    say(f"Caseworker needs these system packages: {' '.join(packages)}.")
    answer = input("Install them now? sudo may ask for your password. [Y/n] ")
    return answer.strip().lower() in ("", "y", "yes", "j", "ja")


def apt(sudo: list[str], words: list[str]) -> None:
    """One call of apt-get that never asks, and waits for another one that is at work."""
    quiet = ["-qq", "-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=300"]
    command = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C", "apt-get", *quiet]
    done = subprocess.run(
        [*command, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        tail = "\n".join(done.stdout.splitlines()[-15:])
        raise NotReady(f"{tail}\napt-get {' '.join(words)} did not work. See above why.")


def run(*words: str | Path, quiet: bool = False) -> bool:
    """Run a command to its end; whether it went well."""
    sink = subprocess.DEVNULL if quiet else None
    command = [str(word) for word in words]
    return subprocess.run(command, stdout=sink, stderr=sink, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
