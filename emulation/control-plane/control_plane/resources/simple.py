"""Types whose create, update and delete are one API call each, as a table describes them."""

import json
from dataclasses import dataclass, field

from .handler import Created, Handler, _handlers


@dataclass
class SimpleType:
    """
    What differs between such types.

    `result` is the path in the response to what was created, `ref` the field in it that Ref returns, and `identity` of each parameter
    that identifies the resource the attribute or, with a `$`, what is known of it: `$ref` or a property.
    """

    type: str
    service: str
    create: str
    delete: str
    identity: dict
    ref: str
    result: str = ""
    update: str = ""
    name: str = ""
    max_name: int = 64
    attributes: dict = field(default_factory=dict)
    rename: dict = field(default_factory=dict)
    without_on_create: tuple = ()
    without_on_update: tuple = ("Tags",)
    tag_type: str = ""
    # parameters that are always the same.
    always: dict = field(default_factory=dict)
    # properties that the API has as a text of JSON.
    documents: tuple = ()


class SimpleHandler(Handler):
    def __init__(self, described: SimpleType):
        self.described = described
        self.type = described.type

    def create(self, context, properties):
        one = self.described
        given = dict(properties)
        if one.name:
            given.setdefault(one.name, context.generated_name(one.max_name))
        extra = dict(one.always)
        without = one.without_on_create
        if one.tag_type:
            without = (*without, "Tags")
            if properties.get("Tags"):
                extra["TagSpecifications"] = [{"ResourceType": one.tag_type, "Tags": properties["Tags"]}]
        response = context.call(one.service, one.create, self._with_documents(given), one.rename, without, **extra)
        found = response
        for key in filter(None, one.result.split(".")):
            found = found[int(key)] if key.isdigit() else found[key]
        known = {**given, **found}
        physical_id = str(known[one.ref])
        return Created(physical_id, {name: known.get(source, "") for name, source in one.attributes.items()})

    def update(self, context, before, properties):
        one = self.described
        if not one.update:
            return self._update_tags(context, before, properties)
        identity = self._identity(before)
        without = tuple({*one.without_on_update, *one.identity, one.name} - {""})
        context.call(one.service, one.update, self._with_documents(properties), one.rename, without, **identity)
        return self._update_tags(context, before, properties)

    def _update_tags(self, context, before, properties):
        old, new = before.properties.get("Tags", []), properties.get("Tags", [])
        if self.described.service == "ec2" and old != new:
            update_ec2_tags(context, before.physical_id, old, new)

    def needs_replacement(self, before, after):
        changed = {name for name in {**before, **after} if before.get(name) != after.get(name)}
        if not self.described.update:
            return bool(changed - {"Tags"})
        return bool(changed & self.replaced_by(before, after))

    def delete(self, context, resource):
        one = self.described
        getattr(context.client(one.service), one.delete)(**self._identity(resource))

    def _with_documents(self, properties):
        texts = {name: json.dumps(properties[name]) for name in self.described.documents if isinstance(properties.get(name), (dict, list))}
        return {**properties, **texts}

    def _identity(self, resource):
        known = {"$ref": resource.physical_id}
        identity = {}
        for parameter, source in self.described.identity.items():
            if source in known:
                identity[parameter] = known[source]
            elif source.startswith("$"):
                identity[parameter] = resource.properties[source[1:]]
            else:
                identity[parameter] = resource.attributes[source]
        return identity


def update_ec2_tags(context, physical_id, old, new):
    client = context.client("ec2")
    gone = [{"Key": tag["Key"]} for tag in old if tag["Key"] not in {one["Key"] for one in new}]
    if gone:
        client.delete_tags(Resources=[physical_id], Tags=gone)
    if new:
        client.create_tags(Resources=[physical_id], Tags=new)


def simple(*described: SimpleType) -> None:
    """Registers types of the table."""
    for one in described:
        _handlers[one.type] = SimpleHandler(one)
