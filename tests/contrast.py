"""How far two colours stand apart, as WCAG 2 counts it."""


def luminance(rgb):
    parts = [p / 255 for p in rgb]
    line = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * line[0] + 0.7152 * line[1] + 0.0722 * line[2]


def contrast(*colours):
    """Return the contrast of two colours, each (red, green, blue) up to 255.

    >>> round(contrast((255, 255, 255), (0, 0, 0)))
    21
    """
    light, dark = sorted(map(luminance, colours), reverse=True)
    return (light + 0.05) / (dark + 0.05)
