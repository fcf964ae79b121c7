"""Measured by `make bench`: median seconds of attention(q, k, v), d = 64, float32."""

TIMED_ON = "2026-11-23"
TIMED_WITH = "AMD EPYC, 1 thread, NumPy 2.4.6"
SECONDS = {
    8: 3.92e-05,
    16: 4.04e-05,
    32: 4.64e-05,
    64: 6.4e-05,
    128: 0.000125,
    256: 0.000344,
    512: 0.0012,
    1024: 0.00582,
    2048: 0.0306,
    4096: 0.128,
}
