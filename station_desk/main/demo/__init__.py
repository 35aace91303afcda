"""One station's work from the door to the district, on real items: the program's main job as one command."""
