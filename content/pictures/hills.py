"""Hills: ridge behind ridge in the mist of a morning, each a little more air away."""

import numpy as np

from darkroom import Plane, clouds, grid, mix, ramp, sample, smaller, step


def morning(width: int, height: int, scale: float) -> Plane:
    """Ten wooded ridges before sunrise; fog lies in the valleys between them."""
    wide, high = int(width * 1.5), int(height * 1.5)
    x, y = grid(wide, high)
    u, v = x / high, y / high
    image = _sky(u, v)
    drift = clouds(1024, 1.55, 41, lowest=2, stretch=0.30)
    count = 10
    for index in range(count):
        near = index / (count - 1)
        ground = _ridge(u[0], near, index)
        line = ground - _trees(u[0], near, index)
        cover = step(-0.7, 0.7, (v - line[None, :]) * high)
        image = mix(image, _slope(u, v, ground, near, drift, index), cover)
    return smaller(image, width, height)


def _sky(u: Plane, v: Plane) -> Plane:
    sky = ramp(
        [
            (0.0, (0.20, 0.30, 0.46)),
            (0.16, (0.42, 0.46, 0.55)),
            (0.30, (0.86, 0.66, 0.52)),
            (0.42, (1.25, 0.82, 0.50)),
            (0.6, (1.2, 0.8, 0.5)),
        ],
        v,
    )
    far = np.hypot((u - 2.08) * 0.62, (v - 0.41))
    sky += np.exp(-((far / 0.26) ** 1.3))[..., None] * np.array([1.35, 0.70, 0.26], np.float32)
    sky *= (0.80 + 0.34 * np.exp(-(((u - 2.08) / 1.0) ** 2)))[..., None]
    tile = clouds(1024, 1.7, 43, lowest=2, stretch=0.22)
    veil = step(0.3, 2.0, sample(tile, u * 180 + 90, v * 900 + 30)) * step(0.40, 0.15, v)
    return mix(sky, sky * 0.82 + np.array([0.22, 0.13, 0.11], np.float32), veil * 0.8)


def _ridge(u: Plane, near: float, index: int) -> Plane:
    """Return the height of a ridge's ground for every column."""
    shape = clouds(2048, 1.9, 100 + index)[index * 7]
    rough = clouds(2048, 1.2, 130 + index)[3]
    pace = 150 + 260 * near
    level = 0.37 + 0.63 * near**1.15
    swing = 0.050 + 0.030 * near
    shape = (shape - shape.mean()) / shape.std()
    # Summits are sharper than valleys.
    form = _along(shape, u * pace + 300 * index)
    return level - swing * (form + 0.22 * form * np.abs(form)) * 0.8 - 0.0022 * _along(rough, u * pace * 4)


def _trees(u: Plane, near: float, index: int) -> Plane:
    """Firs, narrow at the top and of any height, in stands with gaps; far away only a nap on the ridge."""
    if near < 0.3:
        return 0.0022 * np.abs(_along(clouds(2048, 0.5, 160 + index)[0], u * 900))
    size = 0.003 + 0.052 * near**2.2
    chance = np.random.default_rng(170 + index)
    result = np.zeros_like(u)
    stand = 0.5 + 0.5 * np.tanh(1.2 * _along(clouds(1024, 1.5, 180 + index)[5], u * 90 / (0.3 + near)))
    for layer in range(5):
        spacing = size * (0.22 + 0.09 * layer)
        places = np.arange(-spacing, u[-1] + 2 * spacing, spacing)
        places = places + chance.uniform(-0.48, 0.48, places.size) * spacing
        heights = size * chance.uniform(0.35, 1.0, places.size) ** 1.3 * (0.6 + 0.1 * layer)
        slim = chance.uniform(0.13, 0.20, places.size)
        cell = np.clip(np.searchsorted(places, u), 2, places.size - 2)
        for one in (cell - 2, cell - 1, cell, cell + 1):
            off = np.abs(u - places[one]) / (slim[one] * heights[one] + 1e-6)
            bough = off + 0.07 * np.sin(off * 17 + one)  # boughs step outwards on the way down
            result = np.maximum(result, heights[one] * np.clip(1 - np.maximum(bough, 0) ** 0.86, 0, 1))
    return (result * (0.30 + 0.70 * stand)).astype(np.float32)


def _slope(u: Plane, v: Plane, line: Plane, near: float, drift: Plane, index: int) -> Plane:
    deep = np.array([0.010, 0.019, 0.026], np.float32)
    sun = np.exp(-(((u - 2.08) / 0.95) ** 2))
    air = np.stack([0.66 + 0.56 * sun, 0.54 + 0.27 * sun, 0.50 + 0.06 * sun], -1).astype(np.float32)
    far = (1 - near) ** 0.9
    blue = np.array([0.30, 0.36, 0.46], np.float32)
    wood = np.full(air.shape, 1, np.float32) * deep
    texture = sample(clouds(512, 0.9, 200 + index), u * 420 * (0.4 + near), v * 700 * (0.4 + near))
    wood = wood * (1 + 0.35 * texture * near)[..., None]
    veil = blue * (1 - far**1.4) + air * far**1.4
    body = mix(wood, veil * (0.55 + 0.35 * far), np.full(u.shape, 0.06 + 0.88 * far, np.float32))
    below = v - line[None, :]
    reach = 0.09 + 0.15 * near
    wisps = 0.5 + 0.36 * sample(drift, u * 240 + 170 * index, v * 520 + 60 * index)
    fog = step(-0.05, 1.0, below / reach) * np.clip(wisps + 0.25, 0, 1) * (1 - 0.62 * near**2)
    bright = air * (0.92 - 0.30 * near)
    return mix(body, bright, np.clip(fog, 0, 0.96))


def _along(line: Plane, x: Plane) -> Plane:
    return sample(line[None, :], x[None, :], np.zeros_like(x)[None, :])[0]
