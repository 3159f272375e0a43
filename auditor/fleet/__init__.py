"""Many bodies in one night: the same audit of one body, given to several workers.

    bodies.toml -> plan -> (executor: audit each body, in a worker) -> results -> the page of all bodies

A body is one task. Done twice it is done once: a finished body of the night is not audited again, and one that a dead
worker left half done goes on from its evidence. What one body does wrong stays its own.
"""
