"""Glass: a town seen at night through the rain on a train's window."""

import numpy as np

from darkroom import Plane, clamped, clouds, defocus, grid, mix, ramp, sample, smaller, soft, step

LAMPS = np.array(
    [
        [1.0, 0.56, 0.20],
        [1.0, 0.66, 0.32],
        [1.0, 0.82, 0.58],
        [0.95, 0.18, 0.10],
        [0.25, 0.75, 0.60],
        [0.45, 0.62, 1.0],
    ],
    np.float32,
)


def rain(width: int, height: int, scale: float) -> Plane:
    """Lamps out of focus; in every drop the town stands on its head."""
    wide, high = int(width * 1.25), int(height * 1.25)
    town = _town(wide, high)
    far = defocus(town, wide * 0.021, rim=0.5)
    pane = soft(far, wide * 0.0012)
    mist = sample(clouds(512, 1.6, 52), *(c / wide * 260 for c in grid(wide, high)))
    pane = mix(
        pane,
        soft(far, wide * 0.02) * 1.05 + np.array([0.010, 0.014, 0.022], np.float32),
        0.40 + 0.10 * np.clip(mist, -1, 2),
    )
    dome, inside = _drops(wide, high)
    slope_y, slope_x = np.gradient(dome)
    x, y = grid(wide, high)
    lens = defocus(town, wide * 0.0035)
    bent = clamped(lens, x - slope_x * wide * 0.20, y - slope_y * wide * 0.20)
    shade = np.clip(1 - 0.16 * np.hypot(slope_x, slope_y) ** 2.2, 0.12, 1)
    lit = np.clip(-slope_y * 0.55 + 0.25, 0, 1)[..., None] * np.array([0.028, 0.036, 0.052], np.float32)
    drop = bent * 1.9 * shade[..., None] + lit
    glint = step(0.62, 0.95, -slope_y * 0.75 - slope_x * 0.45) * step(1.9, 1.2, np.hypot(slope_x, slope_y))
    drop += (glint * 0.22)[..., None] * np.array([0.8, 0.9, 1.0], np.float32)
    return smaller(mix(pane, drop, inside), width, height)


def _town(wide: int, high: int) -> Plane:
    """Return a street of lamps, windows and a signal, sharp: what lies behind the glass."""
    v = grid(wide, high)[1] / high
    town = ramp(
        [
            (0.0, (0.016, 0.026, 0.060)),
            (0.38, (0.036, 0.048, 0.085)),
            (0.52, (0.075, 0.060, 0.070)),
            (0.62, (0.018, 0.018, 0.028)),
            (1.0, (0.006, 0.008, 0.014)),
        ],
        v,
    )
    chance = np.random.default_rng(53)
    for _ in range(150):
        left = chance.uniform(0, 1)
        top = 0.50 + chance.normal(0, 0.085)
        colour = LAMPS[chance.choice(6, p=[0.34, 0.26, 0.18, 0.08, 0.06, 0.08])]
        _lamp(
            town,
            left * wide,
            top * high,
            wide * 0.0022 * chance.uniform(0.7, 1.4),
            colour * 46 * chance.gamma(1.2, 0.7),
        )
        if top > 0.47 and chance.uniform() < 0.5:
            # The wet road answers.
            for k in range(3):
                _lamp(town, left * wide, (1.16 - top + 0.07 * k) * high, wide * 0.002, colour * 9 / (k + 1))
    for left, top, colour, power in (
        (0.71, 0.33, 3, 150),
        (0.245, 0.40, 0, 150),
        (0.31, 0.44, 1, 110),
        (0.83, 0.47, 2, 120),
        (0.60, 0.52, 4, 70),
    ):
        _lamp(town, left * wide, top * high, wide * 0.0030, LAMPS[colour] * power)
    return town


def _lamp(town: Plane, left: float, top: float, radius: float, colour: Plane) -> None:
    reach = int(radius * 3) + 2
    y0, y1 = max(0, int(top) - reach), min(town.shape[0], int(top) + reach)
    x0, x1 = max(0, int(left) - reach), min(town.shape[1], int(left) + reach)
    if y0 >= y1 or x0 >= x1:
        return
    y, x = np.mgrid[y0:y1, x0:x1]
    town[y0:y1, x0:x1] += np.clip(radius - np.hypot(x - left, y - top) + 0.5, 0, 1)[..., None] * colour


def _drops(wide: int, high: int) -> tuple[Plane, Plane]:
    """Return the height of the water on the glass (in pixels) and where it is."""
    chance = np.random.default_rng(54)
    dome = np.zeros((high, wide), np.float32)
    taken = np.zeros((high, wide), bool)
    sizes = np.concatenate(
        [
            chance.uniform(0.011, 0.019, 26),
            chance.uniform(0.005, 0.010, 210),
            chance.uniform(0.0018, 0.0045, 1200),
            chance.uniform(0.0008, 0.0016, 3600),
        ]
    )
    for size in sizes:
        left, top = chance.uniform(0, wide), chance.uniform(0, high)
        if not taken[int(top), int(left)]:
            _drop(dome, taken, left, top, size * wide, chance)
    for left, top, long in ((0.155, 0.42, 0.45), (0.445, 0.20, 0.28), (0.655, 0.58, 0.60), (0.905, 0.30, 0.32)):
        _run(dome, taken, left * wide, top * high, long * high, chance)
    dome = soft(dome, wide * 0.0003)
    return dome, step(0.02, 0.75, dome)


def _run(dome: Plane, taken: Plane, left: float, top: float, long: float, chance: np.random.Generator) -> None:
    """A drop that ran down the glass: beads left behind in a wavering line, the full drop at its foot."""
    wide = dome.shape[1]
    bend = 0.0
    clear = int(wide * 0.007)
    for share in np.arange(0, 1, 0.022):
        bend += chance.normal(0, wide * 0.0009)
        y = int(top - long * (1 - share))
        x = int(left + bend)
        if y > 0:
            dome[y : y + int(long * 0.026) + 2, max(0, x - clear) : x + clear] *= 0.0
            taken[y : y + int(long * 0.026) + 2, max(0, x - clear) : x + clear] = False
    bend = 0.0
    for share in np.arange(0, 1, 0.05):
        bend += chance.normal(0, wide * 0.0012)
        _drop(
            dome,
            taken,
            left + bend,
            top - long * (1 - share),
            wide * (0.0012 + 0.0030 * share * chance.uniform(0.5, 1.2)),
            chance,
        )
    _drop(dome, taken, left + bend, top, wide * 0.0145, chance)


def _drop(dome: Plane, taken: Plane, left: float, top: float, radius: float, chance: np.random.Generator) -> None:
    reach = int(radius * 1.9) + 2
    y0, y1 = max(0, int(top) - reach), min(dome.shape[0], int(top) + reach)
    x0, x1 = max(0, int(left) - reach), min(dome.shape[1], int(left) + reach)
    if y0 >= y1 or x0 >= x1:
        return
    y, x = np.mgrid[y0:y1, x0:x1].astype(np.float32)
    dx, dy = (x - left) / radius, (y - top) / radius
    angle = np.arctan2(dy, dx)
    phase = chance.uniform(0, 6.28, 3)
    edge = (
        1
        + 0.07 * np.sin(2 * angle + phase[0])
        + 0.05 * np.sin(3 * angle + phase[1])
        + 0.025 * np.sin(5 * angle + phase[2])
    )
    # Weight pulls a large drop downwards: fuller below than above.
    dy = np.where(dy < 0, dy * (1 - 0.14 * min(radius / 24, 1)), dy * 1.10)
    inside = 1 - (np.hypot(dx, dy) / edge) ** 2
    cap = radius * 0.82 * np.sqrt(np.clip(inside, 0, 1)) * (0.85 + 0.15 * np.clip(inside, 0, 1))
    dome[y0:y1, x0:x1] = np.maximum(dome[y0:y1, x0:x1], cap)
    taken[y0:y1, x0:x1] |= inside > -0.25
