"""What a typed question means: concepts, places, moments and wishes, said as a plan."""
