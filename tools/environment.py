"""Makes `.venv` and installs what is pinned in `requirements/`; does nothing when that is already so.

Runs with the system's own Python and its standard library only:  python3 tools/environment.py run|test|docs
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (the system may have an older one)
    sys.exit(
        "Throughline needs Python 3.11 or newer, and this is %s.%s.\n" % sys.version_info[:2]  # noqa: UP031 (old Pythons read this)
        + "On Debian 12: apt-get install python3 python3-venv. Another one can be named: make PYTHON=python3.12 run"
    )

import compileall
import hashlib
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LISTS = {"run": ["run"], "test": ["run", "test", "docs"], "docs": ["run", "docs"]}


def wanted(purpose: str) -> str:
    """A fingerprint of all that decides what is installed."""
    found = hashlib.sha256(sys.version.encode())
    for name in LISTS[purpose]:
        found.update((ROOT / "requirements" / f"{name}.txt").read_bytes())
    return found.hexdigest()


def make_venv() -> None:
    """An empty `.venv`, unless there is one that works."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], check=False).returncode == 0:
        return
    print("Making .venv …", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False)
    if made.returncode:
        sys.exit("The environment could not be made. On Debian: apt-get install python3-venv")


def install(purpose: str) -> None:
    """Install exactly what is pinned, each file checked against its hash, and show how far it is."""
    files = [ROOT / "requirements" / f"{name}.txt" for name in LISTS[purpose]]
    total = len({line.split("==")[0] for f in files for line in f.read_text().splitlines() if "==" in line})
    print(f"Installing {total} packages into .venv (a minute or two) …", flush=True)
    command = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--only-binary=:all:",
               "--disable-pip-version-check", "--no-input", "--progress-bar=off"]  # fmt: skip
    for f in files:
        command += ["-r", str(f)]
    began, said, seen = time.monotonic(), [], 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            said.append(line)
            if line.startswith("Collecting "):
                seen += 1
                if seen % 10 == 0:
                    print(f"  {min(seen, total)} of {total}", flush=True)
    if pip.returncode:
        sys.exit("".join(said[-25:]) + "\nThe packages could not be installed; what pip said stands above.")
    print(f"  done in {time.monotonic() - began:.0f} s", flush=True)


def compile_ours() -> None:
    """Byte-compile the product now: the user that the service runs as may not be allowed to write here."""
    compileall.compile_dir(str(ROOT / "throughline"), quiet=2, optimize=-1)


def main(purpose: str) -> None:
    """Bring `.venv` to what `purpose` needs."""
    make_venv()
    compile_ours()
    stamp = VENV / f"throughline-{purpose}"
    fingerprint = wanted(purpose)
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    install(purpose)
    stamp.write_text(fingerprint)
    if purpose == "test":
        (VENV / "throughline-run").write_text(wanted("run"))


if __name__ == "__main__":
    main(sys.argv[1])
