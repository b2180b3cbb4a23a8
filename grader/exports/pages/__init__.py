"""Pages for a browser, each a file that stands alone: no network, no font, no foreign script."""
