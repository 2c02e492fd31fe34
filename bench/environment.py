"""The peer's own environment, made once: sortition-algorithms and what it needs, nothing of ours."""

import subprocess
import sys
from importlib.metadata import version

from .limits import ROOT

PEER = "sortition-algorithms"
PEER_VERSION = "0.12.15"
SCRIPT = ROOT / "bench" / "peer.py"
_FOLDER = ROOT / "bench" / ".venv"
PYTHON = _FOLDER / "bin" / "python"


def prepare() -> None:
    """Make the environment if it is not there, with this very Python. Leaves, saying why, where that fails."""
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", str(_FOLDER)], check=True)
    if _installed(PEER) != PEER_VERSION:
        pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
        done = subprocess.run([*pip, f"{PEER}=={PEER_VERSION}"], capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{PEER} ne s'installe pas dans bench/.venv :\n{done.stderr}")


def versions() -> dict[str, str]:
    """What did the work on each side."""
    return {
        "pair": f"{PEER} {_installed(PEER)}",
        "highspy du pair": _installed("highspy"),
        "highspy": version("highspy"),
        "numpy": version("numpy"),
    }


def has_gurobi() -> bool:
    """Whether the peer's environment has the commercial solver that its leximin needs."""
    return bool(_installed("gurobipy"))


def _installed(package: str) -> str:
    """The version in the peer's environment, "" where it is not there."""
    code = "import sys; from importlib.metadata import version; print(version(sys.argv[1]))"
    done = subprocess.run([str(PYTHON), "-c", code, package], capture_output=True, text=True, check=False)
    return done.stdout.strip()
