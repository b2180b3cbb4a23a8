"""The judge's arithmetic on one thread."""

from __future__ import annotations

from functools import cache

from threadpoolctl import threadpool_limits


@cache
def on_one_thread() -> None:
    """Have numpy multiply matrices on one thread from now on, for the whole process.

    A sum that is split among threads rounds as many cores would have it, and a report must not. And
    a BLAS thread that has multiplied spins for a while in the hope of more, on a core that the box
    beside it needs: that took half of the judge's CPU time.
    """
    threadpool_limits(1, user_api="blas")
