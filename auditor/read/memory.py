"""What was read of the same bytes before, under a key that names everything the reading depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Protocol, TypeVar

from auditor.read.sandbox import Broken

_T = TypeVar("_T")


class Memory(Protocol):
    """`get` gives None for what is not known, or not trusted any more; neither ever raises."""

    def get(self, key: str, kind: type[_T]) -> _T | None: ...
    def put(self, key: str, value: object) -> None: ...


class Forgetful:
    """Remembers nothing."""

    def get(self, key: str, kind: type[_T]) -> _T | None:
        return None

    def put(self, key: str, value: object) -> None:
        return


def remembered(
    memory: Memory, kind: type[_T], payload: bytes, inputs: tuple[object, ...], read: Callable[[], _T | Broken]
) -> _T | Broken:
    """The reading from memory, or made and kept. A reading that broke is tried again the next time.

    The key is made from the bytes in hand, not from the digest that somebody wrote beside them; `inputs` must have a
    `repr` that says all of them.
    """
    return remembered_of(memory, kind, hashlib.sha256(payload).hexdigest(), inputs, read)


def remembered_of(
    memory: Memory, kind: type[_T], digest: str, inputs: tuple[object, ...], read: Callable[[], _T | Broken]
) -> _T | Broken:
    """The same, for bytes whose sha-256 was just now made or checked by the caller: they need not be at hand."""
    key = key_of(kind, digest, inputs)
    known = memory.get(key, kind)
    if known is not None:
        return known
    made = read()
    if isinstance(made, kind):
        memory.put(key, made)
    return made


def key_of(kind: type[object], digest: str, inputs: tuple[object, ...]) -> str:
    return hashlib.sha256(repr((kind.__name__, digest, inputs)).encode()).hexdigest()


class Session:
    """What one process has read, over what an earlier one kept."""

    def __init__(self, kept: Memory) -> None:
        self._kept = kept
        self._read: dict[str, object] = {}

    def get(self, key: str, kind: type[_T]) -> _T | None:
        known = self._read.get(key)
        return known if isinstance(known, kind) else self._kept.get(key, kind)

    def put(self, key: str, value: object) -> None:
        self._read[key] = value
        self._kept.put(key, value)
