"""Lines a typesetter would sign: prepare, itemise, break, fit, set, rasterise."""
