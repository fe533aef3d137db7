"""A test never fails because the machine is busy: no deadlines for single examples."""

from hypothesis import settings

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
