"""The questions a spectrum manager asks: who is harmed, what is free, how far does it reach."""
