"""The darkroom: noise, lenses, tone and grain that every picture of the demonstration site shares.

Images are arrays of linear light, ``float32`` of shape (height, width, 3); only ``print_out`` makes them sRGB. Noise is
made in the frequency domain: white noise from a seeded generator, shaped by a power law, so every texture tiles.
"""

from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Plane = NDArray[np.float32]
LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)


def frequencies(size: int) -> tuple[Plane, Plane]:
    """Return the wave numbers of a square tile, in cycles a tile, for ``irfft2``."""
    across = np.fft.rfftfreq(size, 1 / size).astype(np.float32)
    along = np.fft.fftfreq(size, 1 / size).astype(np.float32)
    return np.meshgrid(across, along)


def shaped(spectrum: Plane, seed: int) -> Plane:
    """Return a tile of noise with this amplitude spectrum, mean 0 and deviation 1."""
    size = spectrum.shape[0]
    white = np.fft.rfft2(np.random.default_rng(seed).standard_normal((size, size)))
    tile = np.fft.irfft2(white * spectrum, (size, size)).astype(np.float32)
    return (tile - tile.mean()) / tile.std()


def clouds(size: int, fall: float, seed: int, lowest: float = 1.0, stretch: float = 1.0) -> Plane:
    """Return fractal noise: amplitude falls as frequency to the power ``fall``; ``stretch`` draws it out sideways."""
    across, along = frequencies(size)
    radius = np.hypot(across * stretch, along)
    radius[0, 0] = 1
    spectrum = radius**-fall * (radius >= lowest)
    spectrum[0, 0] = 0
    return shaped(spectrum, seed)


def sample(tile: Plane, x: Plane, y: Plane) -> Plane:
    """Read a tile at any place (in its own cells), smoothly and for ever repeating."""
    height, width = tile.shape[:2]
    left, top = np.floor(x), np.floor(y)
    u, v = (x - left).astype(np.float32), (y - top).astype(np.float32)
    x0, y0 = left.astype(np.int64) % width, top.astype(np.int64) % height
    x1, y1 = (x0 + 1) % width, (y0 + 1) % height
    if tile.ndim > v.ndim:
        u, v = u[..., None], v[..., None]
    upper = tile[y0, x0] * (1 - u) + tile[y0, x1] * u
    return upper * (1 - v) + (tile[y1, x0] * (1 - u) + tile[y1, x1] * u) * v


def clamped(image: Plane, x: Plane, y: Plane) -> Plane:
    """Read an image at any place; beyond its edges lies the edge."""
    height, width = image.shape[:2]
    return sample(image, np.clip(x, 0, width - 1.001), np.clip(y, 0, height - 1.001))


def step(low: float, high: float, x: Plane) -> Plane:
    """Rise smoothly from 0 at ``low`` to 1 at ``high``."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return (t * t * (3 - 2 * t)).astype(np.float32)


def ramp(stops: list[tuple[float, tuple[float, float, float]]], x: Plane) -> Plane:
    """Return the colours of a gradient at ``x``."""
    places = [place for place, _ in stops]
    channels = [np.interp(x, places, [colour[i] for _, colour in stops]) for i in range(3)]
    return np.stack(channels, -1).astype(np.float32)


def mix(first: Plane, second: Plane, share: Plane) -> Plane:
    """Blend two images by a mask."""
    return first + (second - first) * share[..., None]


def grid(width: int, height: int) -> tuple[Plane, Plane]:
    """Return the x and y of every pixel's centre."""
    return np.meshgrid(np.arange(width, dtype=np.float32) + 0.5, np.arange(height, dtype=np.float32) + 0.5)


def convolve(image: Plane, kernel: Plane) -> Plane:
    """Convolve every channel with a square kernel of odd size; the edge is continued."""
    reach = kernel.shape[0] // 2
    planes = image[..., None] if image.ndim == 2 else image
    padded = np.pad(planes, ((reach, reach), (reach, reach), (0, 0)), mode="edge")
    shape = padded.shape[:2]
    spread = np.zeros(shape, np.float32)
    spread[: kernel.shape[0], : kernel.shape[1]] = kernel
    turned = np.fft.rfft2(spread)
    done = [np.fft.irfft2(np.fft.rfft2(padded[..., i]) * turned, shape) for i in range(planes.shape[2])]
    result = np.stack(done, -1)[2 * reach :, 2 * reach :].astype(np.float32)
    return result[..., 0] if image.ndim == 2 else result


def soft(image: Plane, sigma: float) -> Plane:
    """Blur as a mist filter does (Gaussian)."""
    if sigma < 0.2:
        return image
    reach = max(1, int(sigma * 3))
    line = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    kernel = np.outer(line, line)
    return convolve(image, (kernel / kernel.sum()).astype(np.float32))


def defocus(image: Plane, radius: float, rim: float = 0.35) -> Plane:
    """Blur as a lens does: every point becomes a disc, a little brighter at its rim."""
    if radius < 0.5:
        return image
    reach = int(np.ceil(radius)) + 1
    x, y = np.meshgrid(np.arange(-reach, reach + 1), np.arange(-reach, reach + 1))
    far = np.hypot(x, y)
    kernel = np.clip(radius - far + 0.5, 0, 1) * (1 + rim * (far / radius) ** 4)
    return convolve(image, (kernel / kernel.sum()).astype(np.float32))


def focused(image: Plane, blur: Plane, steps: int = 7) -> Plane:
    """Blur each pixel by its own radius, by blending between a few blurred prints of the whole."""
    radii = np.linspace(0, float(blur.max()), steps)
    result = image.copy()
    previous = image
    for low, high in pairwise(radii):
        following = defocus(image, high)
        share = np.clip((blur - low) / (high - low), 0, 1)
        result = np.where((blur > low)[..., None], mix(previous, following, share), result)
        previous = following
    return result.astype(np.float32)


def bloom(image: Plane, strength: float, unit: float) -> Plane:
    """Let bright light spill, as it does in a lens and on film."""
    spill = np.minimum(np.maximum(image - 0.8, 0), 12)
    halo = sum(share * soft(spill, unit * size) for share, size in ((0.6, 0.006), (0.3, 0.02), (0.15, 0.07)))
    return (image + strength * halo).astype(np.float32)


def filmic(light: Plane) -> Plane:
    """Compress light as film does: a toe, a long shoulder (the curve fitted by Narkowicz to ACES, 2016)."""
    return np.clip(light * (2.51 * light + 0.03) / (light * (2.43 * light + 0.59) + 0.14), 0, 1)


def print_out(  # noqa: PLR0913 -- the dials of a darkroom
    image: Plane, *, exposure: float = 1.0, vignette: float = 0.35, grain: float = 0.011,
    tint: tuple[Plane, Plane] | None = None, saturation: float = 1.0, spill: float = 0.5, seed: int = 1,
) -> Image.Image:  # fmt: skip
    """Return the picture as it is shown: bloom, vignette, tone curve, split toning, sRGB, grain."""
    height, width = image.shape[:2]
    light = bloom(np.maximum(image, 0) * exposure, spill, width)
    x, y = grid(width, height)
    far = ((x / width - 0.5) ** 2 + ((y / height - 0.5) * height / width) ** 2) * 4
    light *= (1 - vignette * np.clip(far, 0, 1.4) ** 1.2)[..., None]
    tone = filmic(light * 0.8)
    grey = (tone @ LUMA)[..., None]
    tone = grey + (tone - grey) * saturation
    if tint:
        shadows, lights = tint
        tone = tone * (lights * grey + shadows * (1 - grey))
    tone = np.clip(tone, 0, 1)
    signal = np.where(tone <= 0.0031308, tone * 12.92, 1.055 * tone ** (1 / 2.4) - 0.055)
    noise = soft(np.random.default_rng(seed).standard_normal((height, width)).astype(np.float32), 0.75)
    noise *= grain / noise.std() * (0.9 - 0.5 * np.clip(signal @ LUMA, 0, 1))
    pixels = np.clip(signal + noise[..., None], 0, 1) * 255 + 0.5
    return Image.fromarray(pixels.astype(np.uint8), "RGB")


def smaller(image: Plane, width: int, height: int) -> Plane:
    """Scale an image of linear light down (or up), channel by channel."""
    planes = [
        np.asarray(
            Image.fromarray(np.ascontiguousarray(image[..., i]), "F").resize(
                (width, height), Image.Resampling.BOX if image.shape[1] >= width else Image.Resampling.BICUBIC
            )
        )
        for i in range(image.shape[2])
    ]
    return np.stack(planes, -1)


def keep(picture: Image.Image, path: Path, quality: int = 84) -> None:
    """Write a photograph as a progressive JPEG with whole colour."""
    picture.save(path, "JPEG", quality=quality, optimize=True, progressive=True, subsampling="4:2:0")
