"""Measured by `make bench`: milliseconds of a training step."""

MEASURED_ON = "2026-11-23"
MEASURED_WITH = "AMD EPYC, 1 thread, NumPy 2.4.6"
STEP_MS = {
    "one vector": 10.0,
    "two cursors": 47.6,
    "cursors in step": 13.9,
    "soft search": 18.6,
}
