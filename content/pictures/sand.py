"""Sand: dunes in a low sun, and the ribs that the ebb leaves on a shore."""

import numpy as np

from darkroom import Plane, clouds, frequencies, mix, ramp, sample, shaped, smaller, step
from field import Camera, Height, fresnel, lit, look, mirrored, rays, unit

CRESTS = (
    (-13.0, 27.0, 0.35, 1.0),
    (-150.0, 20.0, 2.1, 0.8),
    (165.0, 30.0, 4.0, 1.2),
    (-330.0, 26.0, 5.2, 1.1),
    (370.0, 34.0, 1.1, 1.3),
)
"""Long dunes side by side: place, height, phase and width of the wandering of their crests."""


def dune_heights() -> Height:
    """Return dunes: a long back to windward, a sharp crest that wanders, a slip face at the angle of repose."""
    bend = clouds(512, 2.1, 21)
    rise = clouds(512, 2.2, 22)
    ripple = clouds(512, 1.7, 23)

    def height(x: Plane, z: Plane, footprint: Plane) -> Plane:
        total = 3.5 * sample(rise, x / 6.5 + 200, z / 6.5 + 30) - 4
        back = np.zeros_like(total)
        for place, tall, phase, wide in CRESTS:
            warp = sample(bend, z / 3.1 + 90 * phase, np.full_like(z, 17 + 50 * phase))
            crest = place + wide * (26 * np.sin(z / 68 + phase) + 9 * np.sin(z / 29 + 2 * phase) + 5 * warp)
            top = tall * (1 + 0.20 * np.sin(z / 95 + 3 * phase) + 0.13 * warp)
            off = x - crest
            windward = top * np.exp(np.minimum(off, 0) / (2.3 * tall))
            fall = np.clip(1 - np.maximum(off, 0) * 0.60 / top, 0, 1)
            lee = top * (fall + 0.10 * np.sin(np.pi * fall) * (fall - 0.6))
            one = np.where(off < 0, windward, lee)
            back = np.where(one > total, step(-0.2, -4, off), back)
            total = np.maximum(total, one)
        # A slip face has no ripples: they form where the wind drags the sand uphill.
        drift = np.sin(
            (x * 0.75 + z * 0.30) * 12 + 1.8 * sample(ripple, x * 2, z * 2) + 30 * sample(bend, x / 3, z / 3)
        )
        shown = back / (1 + (footprint / 0.06) ** 2)
        return (total + 0.016 * drift * shown).astype(np.float32)

    return height


def dunes(width: int, height: int, scale: float) -> Plane:
    """Dunes shortly after sunrise, seen from a crest."""
    big = (int(width * 1.4), int(height * 1.4))
    camera = Camera(big[0], big[1], focal=big[0] * 1.15, horizon=big[1] * 0.27, eye=41)
    sun = unit(np.array([-1.0, 0.23, 0.16], np.float32))
    ground = dune_heights()
    view = look(camera, ground, 24, 2600, int(4200 * max(scale, 0.35)))
    facing = np.clip(np.sum(view.normal * sun, -1), 0, 1) * lit(view, ground, sun, 130)
    upward = 0.5 + 0.5 * view.normal[..., 1]
    grains = 1 + 0.05 * sample(clouds(512, 0.3, 24), view.x * 9, view.z * 9) / (1 + (view.z / 160) ** 2)
    sand = np.array([0.62, 0.335, 0.155], np.float32) * grains[..., None]
    warm = np.array([2.7, 1.75, 1.0], np.float32)
    cold = np.array([0.24, 0.33, 0.56], np.float32)
    returned = np.array([0.20, 0.10, 0.05], np.float32) * np.clip(0.5 - view.normal[..., :1] * 0.9, 0, 1)
    light = sand * (facing[..., None] * warm + upward[..., None] * cold * 0.62 + returned)
    seen = rays(camera)
    sky = ramp(
        [(0.0, (1.05, 0.70, 0.50)), (0.05, (0.80, 0.64, 0.58)), (0.13, (0.40, 0.49, 0.64)), (0.3, (0.12, 0.24, 0.48))],
        np.clip(seen[..., 1], 0, 1),
    )
    near = np.clip(np.sum(unit(seen * np.array([1, 0.4, 1], np.float32)) * unit(sun * [1, 0, 1]), -1), 0, 1)
    sky *= (0.86 + 0.7 * near**3)[..., None]
    haze = (1 - np.exp(-view.z / 1500))[..., None]
    dust = np.array([0.98, 0.68, 0.50], np.float32) * (0.86 + 0.7 * near**3)[..., None]
    return smaller(mix(light * (1 - haze) + dust * haze * 0.92, sky, view.sky), width, height)


def rib_heights() -> Height:
    """Return a shore at low tide: ribs across the ebb, shallow hollows where water stays."""
    across, along = frequencies(1024)
    radius = np.hypot(across, along) + 1e-3
    # Ribs have one favourite distance, and fork where two trains of them meet.
    band = np.exp(-(((along - 44) / 9) ** 2 + (across / 15) ** 2)) + np.exp(
        -(((along + 44) / 9) ** 2 + (across / 15) ** 2)
    )
    ribs = shaped(band * (radius < 200), 31)
    hollow = clouds(512, 2.1, 32)
    fine = clouds(512, 1.1, 33)

    def height(x: Plane, z: Plane, footprint: Plane) -> Plane:
        shown = 1 / (1 + (footprint / 0.03) ** 2)
        wave = sample(ribs, x * 150, z * 150)
        crest = np.tanh(0.9 * wave) + 0.22 * wave
        low = sample(hollow, x * 34, z * 17 + 210)
        grain = sample(fine, x * 420, z * 420) / (1 + (footprint / 0.004) ** 2)
        return (0.012 * crest * shown * (1 + 0.25 * low) + 0.016 * low + 0.0006 * grain).astype(np.float32)

    return height


def ebb(width: int, height: int, scale: float) -> Plane:
    """Wet sand against the light, the sky lying in the hollows."""
    big = (int(width * 1.4), int(height * 1.4))
    camera = Camera(big[0], big[1], focal=big[0] * 1.1, horizon=big[1] * 0.20, eye=0.85)
    sun = unit(np.array([0.22, 0.23, 1.0], np.float32))
    shore = rib_heights()
    level = -0.0075

    def surface(x: Plane, z: Plane, footprint: Plane) -> Plane:
        return np.maximum(shore(x, z, footprint), level)

    view = look(camera, surface, 0.8, 400, int(2600 * max(scale, 0.35)))
    depth = level - shore(view.x, view.z, view.z / camera.focal)
    water = step(-0.0012, 0.0012, depth)
    facing = np.clip(np.sum(view.normal * sun, -1), 0, 1) * lit(view, surface, sun, 0.5, steps=20, hardness=9)
    bounce = mirrored(view)
    shiver = clouds(512, 1.4, 35)
    bounce[..., 0] += 0.010 * water * sample(shiver, view.x * 60, view.z * 22)
    bounce[..., 1] = np.abs(bounce[..., 1]) + 0.02
    bounce = unit(bounce)
    sky = _morning(bounce, sun)
    sand = (
        np.array([0.19, 0.142, 0.105], np.float32) * (1 + 0.1 * sample(shiver, view.x * 300, view.z * 300))[..., None]
    )
    dry = sand * (facing[..., None] * np.array([3.1, 2.35, 1.6], np.float32) + np.array([0.34, 0.42, 0.56], np.float32))
    share = fresnel(view, 0.02)[..., None]
    half = unit(view.eye + sun)
    gleam = np.clip(np.sum(view.normal * half, -1), 0, 1)[..., None] ** 120 * np.array([1.6, 1.2, 0.8], np.float32)
    wet = dry * (1 - share) + sky * share * 0.75 + gleam * 0.42
    pool = sand * 0.55 * np.exp(-np.maximum(depth, 0) * 30)[..., None] * (1 - share) + sky * np.maximum(share, 0.04)
    light = mix(wet, pool, water)
    haze = (1 - np.exp(-view.z / 90))[..., None]
    seen = rays(camera)
    flat = seen.copy()
    flat[..., 1] = 0.012
    light = light * (1 - haze) + _morning(unit(flat), sun) * haze * 0.92
    return smaller(mix(light, _morning(seen, sun), view.sky), width, height)


def _morning(direction: Plane, sun: Plane) -> Plane:
    up = np.clip(direction[..., 1], 0, 1)
    near = np.clip(np.sum(direction * sun, -1), 0, 1)
    sky = ramp(
        [
            (0.0, (1.0, 0.80, 0.62)),
            (0.10, (0.86, 0.74, 0.66)),
            (0.30, (0.50, 0.58, 0.70)),
            (0.7, (0.22, 0.36, 0.58)),
            (1.0, (0.15, 0.28, 0.52)),
        ],
        up,
    )
    tile = clouds(512, 1.7, 37, lowest=2, stretch=0.4)
    plane = 1 / np.maximum(direction[..., 1] + 0.12, 0.05)
    puffs = step(0.1, 1.7, sample(tile, direction[..., 0] * plane * 60, direction[..., 2] * plane * 60)) * step(
        0.02, 0.2, up
    )
    sky = mix(sky, np.full_like(sky, 0.9) * np.array([1.0, 0.9, 0.82], np.float32), puffs * 0.65)
    return sky * (0.72 + 0.5 * near**4)[..., None] + (near**28)[..., None] * np.array([0.9, 0.62, 0.36], np.float32)
