"""A multinomial logistic regression on hashed character n-grams, in numpy: what learning from labels alone gives."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from auditor.read.titles import text as plain

_WIDTH = 1 << 12
_STEPS = 200
_RATE = 0.2
_DECAY = 1e-6


def features(texts: Sequence[str]) -> NDArray[np.float32]:
    """One row for each text: hashed 2- to 5-grams of its words, each row of length 1."""
    matrix = np.zeros((len(texts), _WIDTH), dtype=np.float32)
    for index, text in enumerate(texts):
        line = f" {' '.join(plain.words(plain.mend(plain.clean(text, 300))))} "
        for size in range(2, 6):
            for start in range(len(line) - size + 1):
                matrix[index, zlib.crc32(line[start : start + size].encode()) % _WIDTH] = 1.0
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    return matrix / np.maximum(norms, 1e-9)


@dataclass(frozen=True, slots=True)
class Model:
    labels: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def probabilities(self, matrix: NDArray[np.float32]) -> NDArray[np.float32]:
        return _softmax(matrix @ self.weights + self.bias)


def train(matrix: NDArray[np.float32], labels: Sequence[str]) -> Model:
    """Full-batch Adam from zero weights: the same data give the same model."""
    names = tuple(sorted(set(labels)))
    target = np.zeros((len(labels), len(names)), dtype=np.float32)
    target[np.arange(len(labels)), [names.index(label) for label in labels]] = 1.0
    weights = np.zeros((_WIDTH, len(names)), dtype=np.float32)
    bias = np.zeros(len(names), dtype=np.float32)
    first: NDArray[Any] = np.zeros_like(weights)
    second: NDArray[Any] = np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        error = (_softmax(matrix @ weights + bias) - target) / len(labels)
        slope = matrix.T @ error + _DECAY * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        weights -= _RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        bias -= _RATE * error.sum(axis=0)
    return Model(names, weights, bias)


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: NDArray[np.float32] = raised / raised.sum(axis=1, keepdims=True)
    return result
