"""The judge's side of the wall: which isolation this machine has, opening boxes, talking to them."""
