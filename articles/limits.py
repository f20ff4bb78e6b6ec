"""Limits a child process sets on itself before it reads a byte of what somebody sent."""

from __future__ import annotations

__all__ = ["CLOCK_SECONDS", "MEMORY", "SECONDS", "limit"]

MEMORY = 1024**3  # bytes of address space
SECONDS = 20  # of processor time
CLOCK_SECONDS = 60  # the parent waits no longer


def limit() -> None:
    """Take memory and processor time from this process, as far as the system can."""
    try:
        import resource
    except ImportError:  # pragma: no cover - no such limits on this system; the clock still holds
        return
    for what, amount in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        hard = resource.getrlimit(what)[1]
        top = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        resource.setrlimit(what, (top, top))
