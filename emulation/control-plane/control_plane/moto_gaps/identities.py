"""Roles and policies are created at the same time by several stacks, and by several threads of one."""

from moto.iam.models import IAMBackend


class _Listed(dict):
    """A dictionary that may change while its entries are read: they are those of the moment."""

    def keys(self):
        return list(super().keys())

    def values(self):
        return list(super().values())

    def items(self):
        return list(super().items())


def list_before_reading() -> None:
    create = IAMBackend.__init__

    def create_listed(self, *args, **kwargs):
        create(self, *args, **kwargs)
        # moto looks through them for each role that is created, and fails when another is created meanwhile.
        for name in ("roles", "instance_profiles", "managed_policies", "users"):
            setattr(self, name, _Listed(getattr(self, name)))

    IAMBackend.__init__ = create_listed
