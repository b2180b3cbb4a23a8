from __future__ import annotations

from threadpoolctl import threadpool_info, threadpool_limits

from grader.desk import Desk
from grader.numeric.threads import on_one_thread


def blas_threads() -> set[int]:
    return {one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"}


def test_who_makes_a_desk_multiplies_on_one_thread() -> None:
    with threadpool_limits(2, user_api="blas"):
        on_one_thread.cache_clear()

        Desk(course=None, opener=None, secret="", isolation="")  # type: ignore[arg-type]

        assert blas_threads() == {1}
