"""Releases: packs that can be built again byte for byte, described, compared, cited and verified."""
