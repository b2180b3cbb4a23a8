"""The judge's side of the wall: which isolation there is, opening boxes, talking to them."""
