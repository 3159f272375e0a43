"""Looks at what a local government publishes, proves what is really there, and scores it as an interval."""

__version__ = "0.1.0"
