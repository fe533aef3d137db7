"""The handover desk: the manifest by vehicle, ticks that count once, counts that must agree before departure."""
