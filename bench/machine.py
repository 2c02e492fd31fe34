"""What the figures were measured on."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path


def describe() -> dict[str, str]:
    """Date, processor, memory, system, Python."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processeur": f"{_field('/proc/cpuinfo', 'model name') or platform.processor()}, {os.cpu_count()} cœurs",
        "mémoire": _memory(),
        "système": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
    }


def busy() -> float:
    """How many processes wanted the processor over the last minute."""
    return os.getloadavg()[0]


def _memory() -> str:
    kilobytes = _field("/proc/meminfo", "MemTotal").split(" ")[0]
    return f"{int(kilobytes) / (1 << 20):.0f} Gio" if kilobytes else "inconnue"


def _field(path: str, name: str) -> str:
    """The value after `name :` in one of the kernel's files, "" where there is none."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
