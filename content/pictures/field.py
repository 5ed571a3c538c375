"""Fields: sand, sea and metal seen by a camera that looks along the ground, as height over a plane.

The view is cut into slices from near to far. In each column the highest point so far hides what lies behind it, so the
first slice that reaches a pixel is what the pixel shows. The lens is shifted, never tilted: upright lines stay upright.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from darkroom import Plane

Height = Callable[[Plane, Plane, Plane], Plane]
"""Height at (x, z), where a pixel is ``footprint`` wide."""


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera at height ``eye`` above the plane; ``focal`` and ``horizon`` (from the top) are in pixels."""

    width: int
    height: int
    focal: float
    horizon: float
    eye: float


@dataclass(frozen=True, slots=True)
class View:
    """What each pixel sees: its place, the surface's normal, the direction to the eye; ``sky`` where there is none."""

    x: Plane
    y: Plane
    z: Plane
    normal: Plane
    eye: Plane
    sky: Plane


def rays(camera: Camera) -> Plane:
    """Return the direction each pixel looks in."""
    across = (np.arange(camera.width, dtype=np.float32) + 0.5 - camera.width / 2) / camera.focal
    up = (camera.horizon - np.arange(camera.height, dtype=np.float32) - 0.5) / camera.focal
    x, y = np.meshgrid(across, up)
    return unit(np.stack([x, y, np.ones_like(x)], -1))


def unit(vectors: Plane) -> Plane:
    """Return vectors of length 1."""
    return (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)


def look(camera: Camera, height: Height, near: float, far: float, slices: int) -> View:
    """See a field of heights."""
    z, sky = _depths(camera, height, near, far, slices)
    columns = np.arange(camera.width, dtype=np.float32) + 0.5 - camera.width / 2
    rows = camera.horizon - np.arange(camera.height, dtype=np.float32) - 0.5
    x = columns[None, :] * z / camera.focal
    y = camera.eye + rows[:, None] * z / camera.focal
    wide = z / camera.focal
    slope_x = (height(x + wide, z, wide) - height(x - wide, z, wide)) / (2 * wide)
    slope_z = (height(x, z + wide, wide) - height(x, z - wide, wide)) / (2 * wide)
    normal = unit(np.stack([-slope_x, np.ones_like(x), -slope_z], -1))
    return View(x, y, z, normal, -rays(camera), sky)


def _depths(camera: Camera, height: Height, near: float, far: float, slices: int) -> tuple[Plane, Plane]:
    depths = np.geomspace(near, far, slices).astype(np.float32)
    columns = np.arange(camera.width, dtype=np.float32) + 0.5 - camera.width / 2
    x = columns[None, :] * depths[:, None] / camera.focal
    z = np.broadcast_to(depths[:, None], x.shape)
    raised = height(x, z, z / camera.focal)
    reach = camera.focal * (raised - camera.eye) / z + (camera.height - camera.horizon)
    highest = np.maximum.accumulate(reach, axis=0)
    pixels = np.arange(camera.height, dtype=np.float32) + 0.5
    result = np.empty((camera.height, camera.width), np.float32)
    sky = np.empty_like(result)
    for column in range(camera.width):
        found = np.searchsorted(highest[:, column], pixels)
        last = np.clip(found, 1, slices - 1)
        before, after = reach[last - 1, column], reach[last, column]
        share = np.clip((pixels - before) / np.maximum(after - before, 1e-6), 0, 1)
        result[::-1, column] = depths[last - 1] + (depths[last] - depths[last - 1]) * share
        sky[::-1, column] = found >= slices
    return result, sky


def lit(view: View, height: Height, sun: Plane, reach: float, steps: int = 28, hardness: float = 14) -> Plane:
    """Return how much of the sun each place sees, from 0 (in shadow) to 1, with a soft edge."""
    open_sky = np.ones_like(view.x)
    for distance in np.geomspace(reach / 400, reach, steps).astype(np.float32):
        x, z = view.x + sun[0] * distance, view.z + sun[2] * distance
        clear = (view.y + sun[1] * distance - height(x, z, np.full_like(x, distance / 60))) / distance
        open_sky = np.minimum(open_sky, np.clip(0.5 + clear * hardness, 0, 1))
    return open_sky


def mirrored(view: View) -> Plane:
    """Return the direction in which the eye sees the surroundings mirrored."""
    along = np.sum(view.normal * view.eye, -1, keepdims=True)
    return 2 * along * view.normal - view.eye


def fresnel(view: View, straight: float) -> Plane:
    """Return the share of light that is mirrored (Schlick's approximation)."""
    facing = np.clip(np.sum(view.normal * view.eye, -1), 0, 1)
    return straight + (1 - straight) * (1 - facing) ** 5
