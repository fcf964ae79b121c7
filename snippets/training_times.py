"""Measured by `make bench`: milliseconds of a training step."""

MEASURED_ON = "2026-11-28"
MEASURED_WITH = "AMD EPYC, 1 thread, NumPy 2.4.6"
STEP_MS = {
    "one vector": 7.2,
    "soft search": 13.1,
    "transformer trained longer": 9.1,
    "transformer": 9.0,
    "cursors in step": 9.6,
    "two cursors": 39.5,
}
