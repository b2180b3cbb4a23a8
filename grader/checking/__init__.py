"""What a check is made of: the function, the code it asks, what it expects, what it found."""
