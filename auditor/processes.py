"""An ordered map over several processes, in which the death of one costs only what it was working on."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar, cast

T = TypeVar("T")
R = TypeVar("R")

# Results that wait for an earlier one are held in memory; so no process runs further ahead than this.
_AHEAD = 4


def _serve(connection: Connection, start: Callable[[], Callable[[T], R]]) -> None:
    """A worker's life: one item in, one result out, until the other side closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business; it ends the workers
    work = start()
    while True:
        try:
            item = cast(T, connection.recv())
        except EOFError:
            return
        connection.send(work(item))


class _Worker(Generic[T, R]):
    """A process, the connection to it, and the number of the item it works on."""

    def __init__(self, start: Callable[[], Callable[[T], R]]) -> None:
        context = get_context("spawn")  # the same everywhere, and safe whatever threads the caller has
        self.connection, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs, start), daemon=True)
        self.process.start()
        theirs.close()
        self.item: int | None = None

    def end(self) -> int | None:
        self.connection.close()
        self.process.terminate()
        self.process.join()
        return self.process.exitcode


def ordered_map(
    start: Callable[[], Callable[[T], R]],
    items: Sequence[T],
    jobs: int,
    lost: Callable[[T, int | None], R],
) -> Iterator[R]:
    """``work(item)`` for each item, in the order of the items, where ``work`` is what ``start()`` returns.

    ``start`` is called once in each process; it, the items and the results must be picklable. ``lost(item,
    exit status)`` gives the result of an item whose process died; another process takes its place. At most
    four items a process are worked on or held ahead of the one that is next in order.
    """
    waiting: dict[int, R] = {}
    workers: list[_Worker[T, R]] = []
    given = taken = 0
    try:
        while taken < len(items):
            while given < min(len(items), taken + _AHEAD * jobs):
                worker = next((worker for worker in workers if worker.item is None), None)
                if worker is None:
                    if len(workers) == jobs:
                        break
                    worker = _Worker(start)
                    workers.append(worker)
                worker.item, given = given, given + 1
                _give(worker, items)
            busy = {worker.connection: worker for worker in workers if worker.item is not None}
            for connection in wait(list(busy)):
                worker = busy[cast("Connection", connection)]
                number = cast(int, worker.item)
                try:
                    waiting[number] = cast(R, worker.connection.recv())
                    worker.item = None
                except (EOFError, OSError):
                    worker.process.join(1)  # it has closed its end: let it say by its own exit status why
                    workers.remove(worker)
                    waiting[number] = lost(items[number], worker.end())
            while taken in waiting:
                yield waiting.pop(taken)
                taken += 1
    finally:
        for worker in workers:
            worker.end()


def _give(worker: _Worker[T, R], items: Sequence[T]) -> None:
    """Send a worker its item; a worker that has died already is found out when its result is awaited."""
    try:
        worker.connection.send(items[cast(int, worker.item)])
    except (BrokenPipeError, ConnectionError):
        return
