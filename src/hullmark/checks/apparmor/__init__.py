"""Checks of AppArmor profiles: one module, one fault."""
