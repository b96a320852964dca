"""How fast the engine is, as ratios: both sides of each are measured in one run, turn and turn about."""
