"""Built HTML pages: what they say of themselves, and what is written into their heads, byte by byte."""
