"""The sea at dusk: wind waves from their spectrum, the sky mirrored in them, and the sun's road of glitter."""

import numpy as np

from darkroom import Plane, clouds, frequencies, mix, ramp, sample, shaped, smaller, step
from field import Camera, Height, fresnel, look, mirrored, rays, unit

TILES = ((170.0, 0.42, 3.2, 0.5), (29.0, 0.075, 3.0, 0.1), (5.3, 0.013, 2.7, 0.0))
"""Length in metres, height (deviation), fall of the spectrum, and how strictly the waves follow the wind."""


def swell(length: float, fall: float, strict: float, seed: int, size: int = 1024) -> Plane:
    """Return a tile of waves that run towards the eye, with a peak at a fifth of the tile."""
    across, along = frequencies(size)
    radius = np.hypot(across, along)
    radius[0, 0] = 1
    heading = (np.abs(along) / radius) ** (2 + 6 * strict)
    spectrum = radius**-fall * np.exp(-((4 / radius) ** 2)) * (0.25 + heading)
    spectrum[0, 0] = 0
    return shaped(spectrum * (radius < size / 3), seed)


def waves(seed: int, calm: float = 1.0) -> Height:
    """Return the surface of the sea; waves smaller than a pixel fade instead of flickering."""
    tiles = [swell(length, fall, strict, seed + i) for i, (length, _, fall, strict) in enumerate(TILES)]

    def height(x: Plane, z: Plane, footprint: Plane) -> Plane:
        total = np.zeros_like(x, dtype=np.float32)
        for i, (tile, (length, amount, _, _)) in enumerate(zip(tiles, TILES, strict=True)):
            turn = 0.35 * i - 0.25
            cell = length / tile.shape[0]
            u, v = np.cos(turn) * x - np.sin(turn) * z, np.sin(turn) * x + np.cos(turn) * z
            seen = 1 / (1 + (footprint / (length / 45)) ** 2)
            raised = sample(tile, u / cell, v / cell) * seen
            # Crests are sharper than troughs.
            total = total + calm * amount * (raised + 0.13 * (raised * raised - seen * seen))
        return total

    return height


def evening(direction: Plane, sun: Plane, veil: Plane | None = None) -> Plane:
    """Return the light of the sky in a direction, without the sun's disc."""
    up = np.clip(direction[..., 1], 0, 1)
    near = np.clip(np.sum(direction * sun, -1), 0, 1)
    base = ramp(
        [
            (0.00, (1.05, 0.42, 0.17)),
            (0.04, (0.92, 0.42, 0.22)),
            (0.10, (0.60, 0.36, 0.30)),
            (0.20, (0.28, 0.27, 0.36)),
            (0.45, (0.10, 0.15, 0.28)),
            (1.00, (0.03, 0.06, 0.15)),
        ],
        up,
    )
    away = (0.42 + 0.58 * near**3)[..., None]
    cool = np.array([0.75, 0.85, 1.12], np.float32)
    base = base * (away + (1 - away) * cool * 0.55)
    glow = near[..., None] ** np.array([40, 60, 110], np.float32) * np.array([0.9, 0.42, 0.12], np.float32)
    tight = near[..., None] ** 900 * np.array([2.6, 1.3, 0.45], np.float32)
    light = base + glow + tight
    return light if veil is None else mix(light, light * 0.45 + glow * 0.9 + np.float32(0.02), veil)


def dusk(width: int, height: int, scale: float) -> Plane:
    """The sun a hand above the horizon, a fresh breeze, some bars of cloud."""
    big = (int(width * 1.5), int(height * 1.5))
    camera = Camera(big[0], big[1], focal=big[0] * 1.15, horizon=big[1] * 0.40, eye=2.6)
    sun = unit(np.array([0.10, 0.052, 1.0], np.float32))
    surface = waves(11)
    view = look(camera, surface, 3.2, 6000, int(3200 * max(scale, 0.35)))
    bounce = mirrored(view)
    rough = 0.05 + 0.05 * step(20, 600, view.z)
    bounce[..., 1] = np.abs(bounce[..., 1]) + rough * 0.8
    bounce = unit(bounce)
    light = evening(bounce, sun)
    share = fresnel(view, 0.02)[..., None] * (1 - 0.35 * step(200, 4000, view.z))[..., None]
    deep = np.array([0.010, 0.034, 0.046], np.float32) * (1 + 1.2 * np.clip(view.y, 0, 1))[..., None]
    water = deep * (1 - share) + light * share
    water += _glitter(view.normal, view.eye, view.z, sun)
    air = np.exp(-view.z / 3800)[..., None]
    low = rays(camera)
    low[..., 1] = 0.004
    water = water * air + evening(unit(low), sun) * (1 - air) * 0.8
    return smaller(mix(water, _sky(camera, sun), view.sky), width, height)


def _glitter(normal: Plane, eye: Plane, far: Plane, sun: Plane) -> Plane:
    half = unit(eye + sun)
    lean = np.clip(np.sum(normal * half, -1), 0, 1)
    wide = 0.020 + 0.10 * step(15, 900, far)
    angle = np.arccos(np.clip(lean, 0, 1))
    flash = np.exp(-0.5 * (angle / wide) ** 2) * 0.021 / wide**1.25
    return flash[..., None] * np.array([7.5, 3.6, 1.25], np.float32) * 0.55


def _sky(camera: Camera, sun: Plane) -> Plane:
    seen = rays(camera)
    across = np.arctan2(seen[..., 0], seen[..., 2])
    up = seen[..., 1]
    tile = clouds(1024, 1.75, 5, lowest=2, stretch=0.16)
    plane = 0.16 / np.maximum(up + 0.03, 0.02)
    bars = sample(tile, across * plane * 210 + 300, plane * 260)
    veil = step(0.15, 1.6, bars) * step(0.012, 0.06, up) * (1 - 0.5 * step(0.2, 0.5, up))
    sky = evening(seen, sun, veil * 0.85)
    edge = 0.55 + 0.45 * sample(tile, across * 700, up * 900 + 77)
    rim = np.clip(np.sum(seen * sun, -1), 0, 1) ** 25 * veil * (1 - veil) * 2.2 * edge
    sky += np.maximum(rim, 0)[..., None] * np.array([1.5, 0.62, 0.24], np.float32)
    angle = np.arccos(np.clip(np.sum(seen * sun, -1), -1, 1))
    disc = 1 - step(0.0155, 0.0175, angle)
    return sky + (disc * (1 - 0.5 * veil))[..., None] * np.array([14, 8.6, 3.6], np.float32)
