"""The harbour: a small port at the blue hour, its lamps a little out of focus, and all of it again in the water."""

import numpy as np

from darkroom import Plane, clamped, clouds, defocus, grid, mix, ramp, sample, smaller, step
from night import WARM, rolling, spot, stars


def harbour(width: int, height: int, scale: float) -> Plane:
    """A small port at the blue hour; everything above the waterline comes back in the water."""
    wide, high = int(width * 1.25), int(height * 1.25)
    line = 0.565
    above = defocus(_port(wide, high, line), wide * 0.0021, rim=0.2)
    x, y = grid(wide, high)
    v = y / high
    depth = np.clip(v - line, 1e-4, 1)
    # The same ripple is wider the nearer it is; a mirror that moves stretches lights towards the eye.
    ripple = clouds(1024, 1.25, 61)
    far = 0.055 / (depth + 0.012)
    across = (x / wide - 0.5) * far
    tilt = sample(ripple, across * 900 + 400, far * 1500) + 0.6 * sample(ripple, across * 2600 + 99, far * 4200 + 50)
    broken = np.zeros_like(above)
    weights = (0.20, 0.18, 0.16, 0.14, 0.12, 0.10, 0.10)
    for i, weight in enumerate(weights):
        # The nearer the water, the lower the thing it shows: a light becomes a road that comes towards the eye.
        up = line - depth * (0.95 - 0.092 * i) - 0.003 * i + tilt * (0.012 + 0.13 * depth)
        aside = x + tilt * wide * 0.0022
        broken += weight * clamped(above, aside, np.clip(up, 0.0, line - 0.002) * high)
    glance = (0.30 + 0.56 * np.exp(-depth * 5))[..., None]
    water = broken * glance * np.array([0.86, 0.96, 1.04], np.float32) + np.array([0.003, 0.007, 0.013], np.float32)
    image = mix(above, water, step(line - 0.0008, line + 0.0008, v))
    image = _boats(image, wide, high, line)
    haze = np.exp(-(((v - line) / 0.05) ** 2)) * 0.10
    image = mix(image, np.full_like(image, 1) * np.array([0.26, 0.18, 0.16], np.float32), haze)
    return smaller(image, width, height)


def _port(wide: int, high: int, line: float) -> Plane:
    x, y = grid(wide, high)
    u, v = x / wide, y / high
    sky = ramp(
        [
            (0.0, (0.018, 0.045, 0.135)),
            (0.22, (0.045, 0.100, 0.245)),
            (0.38, (0.135, 0.190, 0.340)),
            (0.48, (0.40, 0.32, 0.36)),
            (0.53, (0.80, 0.42, 0.26)),
            (0.56, (0.95, 0.45, 0.20)),
        ],
        v,
    )
    sky *= (0.62 + 0.5 * np.exp(-(((u - 0.30) / 0.35) ** 2)))[..., None]
    veil = step(0.2, 2.2, sample(clouds(1024, 1.7, 62, lowest=2, stretch=0.2), u * 260, v * 900)) * step(0.02, 0.3, v)
    sky = mix(sky, sky * 0.55 + np.array([0.08, 0.045, 0.05], np.float32) * step(0.2, 0.55, v)[..., None], veil * 0.75)
    sky += stars(wide, high, 90, 63) * step(0.34, 0.05, v)[..., None] * 0.5
    for index, (level, swing, tone) in enumerate(
        ((0.515, 0.020, (0.085, 0.085, 0.125)), (0.535, 0.030, (0.030, 0.034, 0.058)))
    ):
        ridge = level - swing * rolling(64 + index, u[0], 300) - 0.07 * step(0.55, 1.0, u[0]) * (index + 0.2)
        cover = step(-0.6, 0.6, (v - ridge[None, :]) * high)
        sky = mix(sky, np.ones_like(sky) * np.array(tone, np.float32), cover)
    _houses(sky, wide, high, line)
    return sky


def _houses(image: Plane, wide: int, high: int, line: float) -> None:
    """Gabled houses along the quay and up the slope, some windows lit, a lamp here and there."""
    chance = np.random.default_rng(66)
    rows = (
        (-0.062, 0.009, 0.62, 0.034),
        (-0.047, 0.011, 0.56, 0.030),
        (-0.032, 0.013, 0.50, 0.024),
        (-0.017, 0.016, 0.44, 0.017),
        (-0.002, 0.019, 0.33, 0.010),
    )
    for rise, size, start, dark in rows:
        left = start
        while left < 1.0:
            broad = size * chance.uniform(0.6, 1.5)
            tall = size * chance.uniform(0.9, 1.7)
            climb = rise * (0.55 + 1.5 * max(0.0, left - 0.45))
            _house(image, (left * wide, (line + climb) * high), (broad * wide, tall * high), dark, chance)
            left += broad * chance.uniform(0.9, 1.05) + (size * 2 if chance.uniform() < 0.08 else 0)
    for _ in range(44):
        left = 0.31 + 0.69 * chance.uniform() ** 0.9
        spot(
            image,
            left * wide,
            (line - 0.011 - chance.uniform(0, 0.005)) * high,
            wide * 0.0012,
            WARM * chance.gamma(2.0, 11),
        )
    for _ in range(60):
        left = 0.46 + 0.54 * chance.uniform() ** 0.8
        up = 0.02 + chance.uniform(0, 1) * 0.16 * (left - 0.42)
        spot(image, left * wide, (line - up) * high, wide * 0.0010, WARM * chance.gamma(1.6, 6))
    for left, up in ((0.655, 0.030), (0.80, 0.060), (0.93, 0.040)):
        spot(image, left * wide, (line - up) * high, wide * 0.0012, np.array([0.75, 0.9, 1.0], np.float32) * 34)
    _mole(image, wide, high, line)


def _house(
    image: Plane, place: tuple[float, float], size: tuple[float, float], dark: float, chance: np.random.Generator
) -> None:
    left, base = int(place[0]), int(place[1])
    broad, tall = int(size[0]), int(size[1])
    roof = int(broad * chance.uniform(0.22, 0.42))
    wall = np.array([1.0, 0.98, 1.25], np.float32) * dark * chance.uniform(0.75, 1.3)
    image[max(0, base - tall) : int(0.566 * image.shape[0]), left : left + broad] = wall
    for k in range(roof):
        inset = int(broad / 2 * k / roof)
        image[base - tall - k, left + inset : left + broad - inset] = wall * 0.75
    pane = max(1, int(image.shape[1] * 0.0011))
    for column in range(3):
        for row in range(max(1, int(tall / (pane * 3.6)))):
            if chance.uniform() < 0.16:
                x0 = left + int(broad * (0.2 + 0.27 * column))
                y0 = base - tall + int(pane * (0.8 + 3.4 * row))
                tone = WARM * np.array([1, chance.uniform(0.9, 1.25), chance.uniform(0.8, 1.7)], np.float32)
                image[y0 : y0 + int(pane * 1.5), x0 : x0 + pane] = tone * chance.gamma(2.0, 1.1)


def _mole(image: Plane, wide: int, high: int, line: float) -> None:
    """The mole with its two lights, red to port and green to starboard."""
    for left, right, tall in ((0.0, 0.086, 0.013), (0.0, 0.060, 0.019), (0.262, 0.46, 0.012)):
        image[int((line - tall) * high) : int(line * high) + 1, int(left * wide) : int(right * wide)] = (
            0.012,
            0.013,
            0.018,
        )
    for left, colour, tall in ((0.068, (0.35, 3.6, 1.5), 0.075), (0.275, (4.2, 0.30, 0.16), 0.060)):
        x0, y0 = int(left * wide), int((line - tall) * high)
        half = max(1, int(wide * 0.0026))
        image[y0 : int(line * high) + 1, x0 - half : x0 + half] = (0.014, 0.014, 0.020)
        image[y0 - int(high * 0.006) : y0, x0 - int(half * 1.7) : x0 + int(half * 1.7)] = (0.016, 0.016, 0.022)
        spot(image, x0, y0 - high * 0.011, wide * 0.0026, np.array(colour, np.float32) * 13)
        spot(image, x0, y0 - high * 0.011, wide * 0.016, np.array(colour, np.float32) * 0.16)


def _boats(image: Plane, wide: int, high: int, line: float) -> Plane:
    """Moored boats in front, dark against the lights."""
    x, y = grid(wide, high)
    u, v = x / wide, y / high
    mask = np.zeros_like(u)
    for left, base, size, lean in (
        (0.185, 0.660, 0.058, 0.006),
        (0.415, 0.612, 0.034, -0.004),
        (0.865, 0.715, 0.088, -0.008),
        (0.64, 0.606, 0.030, 0.003),
    ):
        off, up = (u - left) / size, (base - v) / size * high / wide
        sheer = 0.20 + 0.10 * off**2 + 0.05 * off
        hull = (
            step(0.012, -0.012, np.abs(off) - (0.94 - 0.35 * np.clip(0.25 - up, 0, 1)))
            * step(0.0, 0.012, up)
            * step(0.012, 0.0, up - sheer)
        )
        cabin = (
            step(0.01, -0.01, np.abs(off + 0.12) - 0.30 + 0.1 * up)
            * step(0.0, 0.01, up - 0.1)
            * step(0.01, 0.0, up - 0.46)
        )
        pole = np.abs(off - 0.18 - lean * up * 3) - 0.014 * (1.2 - 0.25 * up)
        mast = step(0.010, -0.004, pole) * step(0.01, 0.0, up - 2.5) * (up > 0.1)
        boom = step(0.014, 0.004, np.abs(up - 0.62 - 0.06 * off)) * (off > -0.75) * (off < 0.2)
        stay = step(0.008, 0.001, np.abs(off - 0.18 - (2.5 - up) * 0.315)) + step(
            0.008, 0.001, np.abs(off - 0.18 + (2.5 - up) * 0.46)
        )
        rig = np.maximum(mast, 0.55 * stay * (up > 0.2) * (up < 2.5))
        mask = np.maximum.reduce([mask, hull, cabin, rig, boom])
        mirror = (
            step(0.02, -0.02, np.abs(off) - 0.92 + np.clip(-up, 0, 1) * 0.8) * (up < 0.015) * step(-0.34, -0.05, up)
        )
        image = image * (1 - 0.75 * mirror[..., None])
    image = mix(image, np.ones_like(image) * np.array([0.006, 0.007, 0.012], np.float32), np.clip(mask, 0, 1))
    spot(image, 0.8798 * wide, 0.480 * high, wide * 0.0018, np.array([1.0, 0.85, 0.6], np.float32) * 11)
    spot(image, 0.8500 * wide, 0.664 * high, wide * 0.0024, WARM * 2.2)
    return image
