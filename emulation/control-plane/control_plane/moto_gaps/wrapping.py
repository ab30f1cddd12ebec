"""Adds a check to a method of moto."""

import functools
import inspect


def checked_before(owner: type, name: str, check) -> None:
    """`check` gets the object and the parameters by their names, and raises what the method should raise."""
    original = getattr(owner, name)
    signature = inspect.signature(original)

    @functools.wraps(original)
    def checked(self, *positional, **named):
        bound = signature.bind(self, *positional, **named)
        bound.apply_defaults()
        check(self, bound.arguments)
        return original(self, *positional, **named)

    setattr(owner, name, checked)
