"""Night: a lighthouse in the haze, and the northern lights over a lake."""

import numpy as np

from darkroom import Plane, clamped, clouds, grid, mix, ramp, sample, smaller, step

WARM = np.array([1.0, 0.60, 0.26], np.float32)


def spot(image: Plane, left: float, top: float, radius: float, colour: Plane) -> None:
    """Add one lamp."""
    reach = int(radius * 3.2) + 2
    y0, y1 = max(0, int(top) - reach), min(image.shape[0], int(top) + reach)
    x0, x1 = max(0, int(left) - reach), min(image.shape[1], int(left) + reach)
    if y0 < y1 and x0 < x1:
        y, x = np.mgrid[y0:y1, x0:x1]
        image[y0:y1, x0:x1] += np.exp(-((x - left) ** 2 + (y - top) ** 2) / radius**2)[..., None] * colour


def stars(wide: int, high: int, count: int, seed: int) -> Plane:
    """Return a sky full of stars: many faint ones, few bright, of every temperature."""
    chance = np.random.default_rng(seed)
    sky = np.zeros((high, wide, 3), np.float32)
    for _ in range(count):
        power = min(0.05 * (1 - chance.uniform()) ** -0.85, 3.2)
        warmth = chance.uniform(0, 1)
        colour = np.array([0.75 + 0.4 * warmth, 0.88, 1.2 - 0.45 * warmth], np.float32)
        spot(sky, chance.uniform(0, wide), chance.uniform(0, high), wide / 2400 * (0.8 + 0.25 * power), colour * power)
    return sky


def rolling(line_seed: int, u: Plane, pace: float, fall: float = 1.8) -> Plane:
    """Return a wandering line with deviation 1."""
    line = clouds(2048, fall, line_seed)[11]
    line = (line - line.mean()) / line.std()
    return sample(line[None, :], u[None, :] * pace, np.zeros_like(u)[None, :])[0]


def lighthouse(width: int, height: int, scale: float) -> Plane:
    """A tower on its rock, two beams in the haze, a sky of stars; upright."""
    wide, high = int(width * 1.25), int(height * 1.25)
    x, y = grid(wide, high)
    u, v = x / wide, y / wide
    lamp = (0.57, 0.63)
    image = ramp(
        [(0.0, (0.006, 0.014, 0.040)), (0.5, (0.016, 0.036, 0.085)), (0.95, (0.050, 0.085, 0.150)),
         (1.18, (0.130, 0.150, 0.190)), (1.5, (0.10, 0.11, 0.14))],
        v,
    )  # fmt: skip
    river = np.exp(-((((u - 0.22) * 0.80 + (v - 0.42) * 0.62) / 0.17) ** 2))
    cloud = clouds(1024, 1.5, 71)
    lanes = 0.5 + 0.5 * sample(cloud, u * 300 + v * 90, v * 260)
    dust = step(
        0.0,
        1.6,
        sample(cloud, u * 420 + 70, v * 420 + 300)
        + 0.9 * np.exp(-((((u - 0.22) * 0.8 + (v - 0.42) * 0.62) / 0.05) ** 2)),
    )
    milky = river * (0.25 + 0.75 * lanes) * (1 - 0.75 * dust)
    image += np.maximum(milky, 0)[..., None] * np.array([0.120, 0.118, 0.150], np.float32)
    field = 1.5 * stars(wide, high, 3200, 72) + stars(wide, high, 9000, 73) * (river * 1.6)[..., None]
    image += field * step(1.22, 0.70, v)[..., None]
    fog = sample(clouds(1024, 1.6, 74, lowest=2, stretch=0.45), u * 330, v * 330)
    low = step(0.85, 1.30, v + 0.05 * fog)
    image = mix(image, np.ones_like(image) * np.array([0.100, 0.118, 0.150], np.float32), low * 0.7)
    image += _beams(u, v, lamp, fog)
    image = _rock(_tower(image, u, v, lamp), u, v)
    spot(image, lamp[0] * wide, lamp[1] * wide, wide * 0.011, np.array([1.0, 0.86, 0.60], np.float32) * 34)
    spot(image, lamp[0] * wide, lamp[1] * wide, wide * 0.055, np.array([1.0, 0.80, 0.50], np.float32) * 0.85)
    spot(image, lamp[0] * wide, lamp[1] * wide, wide * 0.20, np.array([1.0, 0.80, 0.52], np.float32) * 0.10)
    mist = step(1.22, 1.50, v + 0.06 * fog) * 0.42
    image = mix(image, np.ones_like(image) * np.array([0.085, 0.100, 0.130], np.float32), mist)
    return smaller(image, width, height)


def _beams(u: Plane, v: Plane, lamp: tuple[float, float], fog: Plane) -> Plane:
    dx, dy = u - lamp[0], v - lamp[1]
    light = np.zeros_like(u)
    for heading, power in ((np.pi + 0.21, 1.0), (0.16, 0.62)):
        along = dx * np.cos(heading) + dy * np.sin(heading)
        aside = -dx * np.sin(heading) + dy * np.cos(heading)
        broad = 0.010 + 0.085 * np.maximum(along, 0)
        light += power * np.exp(-((aside / broad) ** 2)) * (along > 0) * np.exp(-along * 1.25) * 0.042 / (broad + 0.028)
    light *= 0.78 + 0.22 * fog
    return np.maximum(light, 0)[..., None] * np.array([1.0, 0.84, 0.58], np.float32) * 0.62


def _tower(image: Plane, u: Plane, v: Plane, lamp: tuple[float, float]) -> Plane:
    off, down = u - lamp[0], v - lamp[1]
    foot = 0.66
    half = 0.026 + 0.024 * np.clip(down / foot, 0, 1) ** 1.3
    edge = 0.0012
    round_ = np.clip(off / half, -1, 1)
    stone = clouds(512, 1.2, 76)
    rough = 1 + 0.10 * sample(stone, round_ * 90, v * 700)
    courses = 1 - 0.10 * step(0.86, 1.0, np.cos(v * 330))
    bands = np.where((down > 0.19) & (down < 0.36), 1.0, 0.0)
    paint = mix(
        np.ones_like(image) * np.array([0.62, 0.60, 0.57], np.float32),
        np.ones_like(image) * np.array([0.40, 0.045, 0.035], np.float32),
        bands.astype(np.float32),
    )
    moon = np.clip(-0.55 * round_ + 0.75 * np.sqrt(np.clip(1 - round_**2, 0, 1)), 0.04, 1)
    light = moon[..., None] * np.array([0.150, 0.185, 0.260], np.float32) + (0.10 * np.exp(-down * 14))[
        ..., None
    ] * np.array([1, 0.8, 0.5], np.float32)
    body = paint * light * (rough * courses)[..., None]
    image = mix(image, body, step(edge, -edge, np.abs(off) - half) * (down > 0.030) * (down < foot))
    for place in (0.13, 0.28, 0.43, 0.56):
        glow = step(edge, -edge, np.abs(off + 0.010) - 0.0036) * step(edge, -edge, np.abs(down - place) - 0.0085)
        image = mix(image, np.ones_like(image) * np.array([0.95, 0.52, 0.20], np.float32), glow * 0.9)
    iron = np.ones_like(image) * np.array([0.016, 0.019, 0.026], np.float32)
    deck = step(edge, -edge, np.abs(off) - 0.043) * step(edge, -edge, np.abs(down - 0.034) - 0.0055)
    bracket = (
        step(edge, -edge, np.abs(off) - 0.030 - 0.013 * (1 - np.clip((down - 0.038) / 0.02, 0, 1)))
        * (down > 0.038)
        * (down < 0.058)
    )
    posts = (
        step(0.0011, 0.0003, np.abs(np.mod(off + 0.0043, 0.0086) - 0.0043))
        * (np.abs(off) < 0.042)
        * (down > 0.008)
        * (down < 0.03)
    )
    bars = (step(0.0014, 0.0004, np.abs(down - 0.009)) + step(0.0014, 0.0004, np.abs(down - 0.019))) * (
        np.abs(off) < 0.042
    )
    glass = np.ones_like(image) * np.array([2.4, 1.75, 0.95], np.float32) * np.exp(-((off / 0.017) ** 2))[..., None]
    image = mix(image, glass, step(edge, -edge, np.abs(off) - 0.0195) * (np.abs(down) < 0.029))
    frame = (
        step(0.0013, 0.0004, np.abs(np.mod(off + 0.0065, 0.013) - 0.0065))
        * (np.abs(off) < 0.0205)
        * (np.abs(down) < 0.029)
    )
    cap = (
        step(edge, -edge, np.abs(off) - 0.025 * np.sqrt(np.clip(1 - ((-0.028 - down) / 0.024) ** 2, 0, 1)))
        * (down < -0.028)
        * (down > -0.052)
    )
    vane = step(0.0018, 0.0006, np.abs(off)) * (down < -0.05) * (down > -0.078)
    return mix(
        image, iron, np.clip(deck + bracket + posts + np.clip(bars, 0, 1) * 0.8 + frame * 0.8 + cap + vane, 0, 1)
    )


def _rock(image: Plane, u: Plane, v: Plane) -> Plane:
    """The rock, faceted, lit from the left; the sea below it blurred to milk by a long exposure."""
    sea = step(1.325, 1.335, v)
    depth = np.clip(v - 1.33, 0.001, 1)
    streaks = sample(clouds(1024, 1.3, 78, stretch=0.25), u * 120 / (depth * 5 + 0.3), np.log(depth) * 140)
    water = np.array([0.055, 0.072, 0.098], np.float32) * (1 + 0.28 * streaks)[..., None]
    glow = np.exp(-(((u - 0.57) / 0.12) ** 2)) * np.exp(-depth * 10) * 0.05
    image = mix(image, water + glow[..., None] * np.array([1, 0.8, 0.5], np.float32), sea)
    outline = 1.268 + 1.15 * np.maximum(np.abs(u[0] - 0.585) - 0.05, 0) ** 1.55 - 0.011 * rolling(79, u[0], 420, 1.2)
    face = clouds(1024, 1.45, 80)
    relief = sample(face, u * 520, v * 520)
    shade = np.clip(0.55 + 1.7 * (sample(face, u * 520 + 5, v * 520 + 3) - relief), 0.06, 3)
    rock = shade[..., None] * np.array([0.036, 0.042, 0.054], np.float32)
    cover = step(-0.001, 0.001, v - outline[None, :]) * step(0.006, -0.006, v - 1.392 - 0.010 * relief)
    return mix(image, rock, cover)


def aurora(width: int, height: int, scale: float) -> Plane:
    """Curtains of green over a dark range, all of it again in a still lake."""
    wide, high = int(width * 1.2), int(height * 1.2)
    line = 0.70
    above = _north(wide, high, line)
    x, y = grid(wide, high)
    v = y / high
    depth = np.clip(v - line, 0, 1)
    ripple = clouds(1024, 1.5, 87)
    far = 0.05 / (depth + 0.01)
    tilt = sample(ripple, (x / wide - 0.5) * far * 700 + 300, far * 1300)
    still = np.zeros_like(above)
    for i in range(5):
        up = line - depth * (1.15 + 0.10 * i) + tilt * (0.0025 + 0.03 * depth)
        still += 0.2 * clamped(above, x + tilt * wide * 0.001, np.clip(up, 0, line) * high)
    water = still * (0.62 - 0.35 * depth)[..., None] + np.array([0.001, 0.003, 0.005], np.float32)
    image = mix(above, water, step(line - 0.0008, line + 0.0008, v))
    haze = np.exp(-(((v - line) / 0.018) ** 2)) * 0.25
    return smaller(mix(image, np.ones_like(image) * np.array([0.045, 0.11, 0.10], np.float32), haze), width, height)


def _north(wide: int, high: int, line: float) -> Plane:
    x, y = grid(wide, high)
    u, v = x / wide, y / high
    image = ramp([(0.0, (0.003, 0.007, 0.020)), (0.45, (0.010, 0.025, 0.045)), (0.70, (0.035, 0.070, 0.080))], v)
    glow = np.exp(-(((v - 0.55 + 0.3 * (u - 0.45)) / 0.30) ** 2))
    image += glow[..., None] * np.array([0.004, 0.050, 0.028], np.float32)
    image += stars(wide, high, 2600, 81) * 1.1 * step(0.72, 0.45, v)[..., None]
    for index, (level, bend, power, reach) in enumerate(((0.475, 0.040, 1.15, 0.30), (0.31, 0.055, 0.34, 0.34))):
        image += _curtain(u, v, (level, bend, power, reach), 82 + 10 * index)
    for index, (level, swing, tone) in enumerate(((0.605, 0.045, 0.030), (0.655, 0.032, 0.010))):
        ridge = level - swing * rolling(121 + index, u[0], 260, 1.55) * (0.7 + 0.5 * np.abs(u[0] - 0.45))
        below = v - ridge[None, :]
        rough = clouds(1024, 1.2, 84 + index)
        relief = sample(rough, u * 500 + below * 260, v * 420)
        aslant = sample(rough, u * 500 + below * 260 + 4, v * 420 + 3) - relief
        snow = (
            step(0.2, 1.0, 0.9 - below * 9 + 0.35 * relief)
            * np.clip(0.45 + 1.6 * aslant, 0.04, 1.6)
            * (1 - 0.8 * index)
        )
        slope = tone * (0.22 + 1.9 * snow)
        cover = step(-0.6, 0.6, below * high)
        image = mix(image, slope[..., None] * np.array([0.62, 1.0, 0.94], np.float32), cover)
    return image


def _curtain(u: Plane, v: Plane, shape: tuple[float, float, float, float], seed: int) -> Plane:
    """One curtain: a sharp, folded hem, rays that rise from it, green below and violet above."""
    level, bend, power, reach = shape
    fold = rolling(seed, u[0], 420, 1.8)
    hem = level + bend * fold - 0.34 * (u[0] - 0.45) - 0.30 * (u[0] - 0.45) ** 2
    broad = rolling(seed + 3, u[0], 150, 1.7)
    fan = u + (hem[None, :] - v) * 0.16 * (0.62 - u)
    rays = rolling(seed + 1, fan.ravel(), 1500, 0.9).reshape(u.shape)
    wide_rays = rolling(seed + 2, fan.ravel(), 330, 1.4).reshape(u.shape)
    up = (hem[None, :] - v) / reach
    # Where a fold is seen edge-on more light lies in line.
    edge_on = 1 / (0.35 + np.abs(np.gradient(hem) * u.shape[1]) * 0.9)[None, :]
    body = np.where(
        up > 0, np.exp(-np.maximum(up, 0) * (3.0 - 0.8 * np.tanh(wide_rays))), np.exp(np.minimum(up, 0) * 15)
    )
    light = body * np.clip(0.50 + 0.42 * wide_rays + 0.11 * rays, 0.03, 3) * np.clip(edge_on, 0.5, 2.0)
    light *= np.clip(0.75 + 0.55 * broad, 0.08, 2)[None, :]
    colour = ramp(
        [
            (-0.15, (0.40, 0.30, 0.42)),
            (0.0, (0.20, 1.0, 0.46)),
            (0.30, (0.11, 0.85, 0.52)),
            (0.75, (0.26, 0.36, 0.62)),
            (1.3, (0.45, 0.16, 0.60)),
        ],
        up,
    )
    return power * 0.62 * light[..., None] * colour
