"""The sizes of Fargate tasks."""

_STEP = 1024
# of each CPU the least and the most memory in MiB, and the step between sizes.
_SIZES = {
    512: (1024, 4096, _STEP),
    1024: (2048, 8192, _STEP),
    2048: (4096, 16384, _STEP),
    4096: (8192, 30720, _STEP),
    8192: (16384, 61440, 4 * _STEP),
    16384: (32768, 122880, 8 * _STEP),
}


def is_fargate_size(cpu, memory) -> bool:
    try:
        units, mebibytes = int(cpu), int(memory)
    except (TypeError, ValueError):
        return _is_in_other_units(cpu, memory)
    if units == 256:
        return mebibytes in (512, 1024, 2048)
    if units not in _SIZES:
        return False
    least, most, step = _SIZES[units]
    return least <= mebibytes <= most and (mebibytes - least) % step == 0


def _is_in_other_units(cpu, memory) -> bool:
    """ECS also takes texts such as `1 vCPU` and `2 GB`."""
    try:
        units = int(float(str(cpu).lower().replace("vcpu", "")) * 1024) if "vcpu" in str(cpu).lower() else int(cpu)
        mebibytes = int(float(str(memory).lower().replace("gb", "")) * 1024) if "gb" in str(memory).lower() else int(memory)
    except (TypeError, ValueError):
        return False
    return is_fargate_size(units, mebibytes)
