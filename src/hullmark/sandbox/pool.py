"""A few threads for tasks that wait or hash, both of which release the interpreter's lock."""

import os
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Pool(Generic[Result]):
    """Tasks in threads that start at once; ``results`` waits for all of them."""

    def __init__(self, tasks: Sequence[Callable[[], Result]], threads: int) -> None:
        self._results: dict[int, Result] = {}
        self._errors: list[BaseException] = []
        self._queue: SimpleQueue[tuple[int, Callable[[], Result]]] = SimpleQueue()
        for item in enumerate(tasks):
            self._queue.put(item)
        count = min(threads, len(tasks))
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
            while not self._errors:
                index, task = self._queue.get_nowait()
                self._results[index] = task()
        except Empty:
            return
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits
            self._errors.append(error)


def cpus() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0))
