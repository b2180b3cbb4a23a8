"""The box side of the wall: started by path, imported by nobody, locks itself down."""
