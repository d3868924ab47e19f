"""The one engine for every arena: near finds pairs of volumes in five dimensions, judge decides."""
