"""Which other resources a resource depends on, and in what order they come."""

import re

from ..errors import TemplateError

_PLACEHOLDER = re.compile(r"\$\{([^!$}{][^}]*)\}")


def references(node, found=None) -> set:
    """All names that Ref, Fn::GetAtt and Fn::Sub refer to, be they resources, parameters or pseudo parameters."""
    found = set() if found is None else found
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "Ref" and isinstance(value, str):
                found.add(value)
            elif key == "Fn::GetAtt":
                found.add(value.split(".", 1)[0] if isinstance(value, str) else value[0])
            elif key == "Fn::Sub":
                found |= substituted_names(value)
                if isinstance(value, list) and len(value) > 1:
                    references(value[1], found)
            else:
                references(value, found)
    elif isinstance(node, list):
        for value in node:
            references(value, found)
    return found


def substituted_names(value) -> set:
    text, own = (value[0], set(value[1])) if isinstance(value, list) else (value, set())
    return {name.strip().split(".", 1)[0] for name in _PLACEHOLDER.findall(text)} - own


def depends_on(resource: dict) -> set:
    explicit = resource.get("DependsOn", [])
    return set([explicit] if isinstance(explicit, str) else explicit)


def dependency_graph(resources: dict, known: dict | None = None) -> dict:
    """Of each resource the resources that come first. `known` has all of the template, also those whose condition is false."""
    graph = {}
    for name, resource in resources.items():
        explicit = depends_on(resource)
        unknown = sorted(explicit - (known or resources).keys())
        if unknown:
            raise TemplateError(f"Template format error: Unresolved resource dependencies [{', '.join(unknown)}] in the Resources block of the template")
        needed = references(resource.get("Properties", {})) | explicit
        graph[name] = {other for other in needed if other in resources and other != name}
        if name in needed and name in references(resource.get("Properties", {})):
            raise TemplateError(f"Circular dependency between resources: [{name}]")
    _refuse_cycles(graph)
    return graph


def _refuse_cycles(graph):
    remaining = {name: set(needed) for name, needed in graph.items()}
    while remaining:
        ready = [name for name, needed in remaining.items() if not needed & remaining.keys()]
        if not ready:
            raise TemplateError(f"Circular dependency between resources: [{', '.join(sorted(remaining))}]")
        for name in ready:
            del remaining[name]


def reversed_graph(graph: dict) -> dict:
    """Of each resource those that must be gone before it is deleted."""
    return {name: {other for other, needed in graph.items() if name in needed} for name in graph}
