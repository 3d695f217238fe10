"""A few threads for tasks that wait or hash, both of which release the interpreter's lock."""

import os
from collections.abc import Callable, Iterable
from operator import length_hint
from threading import Lock, Thread
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Pool(Generic[Result]):
    """Tasks in threads that start at once; ``results`` waits for all of them.

    Tasks may come late: they are asked for in one thread at a time. After an error none is asked
    for any more, and ``give_up`` is called, once for each thread that met one.
    """

    def __init__(
        self,
        tasks: Iterable[Callable[[], Result]],
        threads: int,
        give_up: Callable[[], None] = lambda: None,
    ) -> None:
        self._give_up = give_up
        self._results: dict[int, Result] = {}
        self._errors: list[BaseException] = []
        self._tasks = enumerate(tasks)
        self._lock = Lock()
        count = min(threads, length_hint(tasks, threads))
        self._threads = [Thread(target=self._run, daemon=True) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def results(self) -> list[Result]:
        """In the order of the tasks; the first error that any of them raised is raised here."""
        for thread in self._threads:
            thread.join()
        if self._errors:
            raise self._errors[0]
        return [self._results[index] for index in sorted(self._results)]

    def _run(self) -> None:
        try:
            while True:
                with self._lock:
                    item = None if self._errors else next(self._tasks, None)
                if item is None:
                    return
                self._results[item[0]] = item[1]()
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits
            self._errors.append(error)
            self._give_up()


def cpus() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0))
