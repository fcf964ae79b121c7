"""Measured by `make bench`: milliseconds of a training step."""

MEASURED_ON = "2026-11-23"
MEASURED_WITH = "AMD EPYC, 1 thread, NumPy 2.4.6"
STEP_MS = {
    "one vector": 9.0,
    "two cursors": 46.2,
    "cursors in step": 12.3,
    "soft search": 16.6,
}
