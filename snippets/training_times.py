"""Measured by `make bench`: milliseconds of a training step."""

MEASURED_ON = "2026-11-23"
MEASURED_WITH = "AMD EPYC, 1 thread, NumPy 2.4.6"
STEP_MS = {
    "one vector": 8.0,
    "two cursors": 29.0,
    "cursors in step": 11.0,
    "soft search": 14.0,
}
