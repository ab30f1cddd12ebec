"""S3: buckets with their settings, and bucket policies."""

from ..errors import ResourceError
from ..request_parameters import request_parameters
from .handler import Created, Handler, resource
from .iam import document

_S3 = "s3"


def _encryption(value):
    return {
        "Rules": [
            {
                **({"BucketKeyEnabled": rule["BucketKeyEnabled"]} if "BucketKeyEnabled" in rule else {}),
                "ApplyServerSideEncryptionByDefault": rule.get("ServerSideEncryptionByDefault", {}),
            }
            for rule in value["ServerSideEncryptionConfiguration"]
        ]
    }


def _lifecycle(value):
    return {"Rules": [_lifecycle_rule(rule) for rule in value["Rules"]]}


def _lifecycle_rule(rule):
    """CloudFormation has what S3 nests as properties of a rule."""
    converted = {"Status": rule["Status"], "Filter": _lifecycle_filter(rule)}
    if rule.get("Id"):
        converted["ID"] = rule["Id"]
    expiration = {name: rule[source] for name, source in (("Days", "ExpirationInDays"), ("Date", "ExpirationDate"), ("ExpiredObjectDeleteMarker", "ExpiredObjectDeleteMarker")) if source in rule}
    if expiration:
        converted["Expiration"] = expiration
    if "AbortIncompleteMultipartUpload" in rule:
        converted["AbortIncompleteMultipartUpload"] = rule["AbortIncompleteMultipartUpload"]
    if "NoncurrentVersionExpirationInDays" in rule:
        converted["NoncurrentVersionExpiration"] = {"NoncurrentDays": rule["NoncurrentVersionExpirationInDays"]}
    if "NoncurrentVersionExpiration" in rule:
        converted["NoncurrentVersionExpiration"] = rule["NoncurrentVersionExpiration"]
    if "Transitions" in rule:
        names = {"TransitionInDays": "Days", "TransitionDate": "Date", "StorageClass": "StorageClass"}
        converted["Transitions"] = [{names[key]: value for key, value in one.items()} for one in rule["Transitions"]]
    return converted


def _lifecycle_filter(rule):
    conditions = {"Prefix": rule["Prefix"]} if "Prefix" in rule else {}
    for source, target in (("ObjectSizeGreaterThan", "ObjectSizeGreaterThan"), ("ObjectSizeLessThan", "ObjectSizeLessThan")):
        if source in rule:
            conditions[target] = int(rule[source])
    tags = rule.get("TagFilters", [])
    if len(conditions) + len(tags) > 1:
        return {"And": {**conditions, **({"Tags": tags} if tags else {})}}
    if tags:
        return {"Tag": tags[0]}
    return conditions or {"Prefix": ""}


def _logging(value):
    target = value.get("DestinationBucketName")
    return {"LoggingEnabled": {"TargetBucket": target, "TargetPrefix": value.get("LogFilePrefix", "")}} if target else {}


def _cors(value):
    names = {"Id": "ID", "MaxAge": "MaxAgeSeconds", "ExposedHeaders": "ExposeHeaders"}
    return {"CORSRules": [{names.get(key, key): one for key, one in rule.items()} for rule in value["CorsRules"]]}


def _website(value):
    names = {"IndexDocument": lambda one: {"Suffix": one}, "ErrorDocument": lambda one: {"Key": one}}
    return {key: names.get(key, lambda one: one)(one) for key, one in value.items()}


def _notifications(value):
    converted = {"EventBridgeConfiguration": {}} if value.get("EventBridgeConfiguration") else {}
    kinds = {
        "LambdaConfigurations": ("LambdaFunctionConfigurations", "Function", "LambdaFunctionArn"),
        "QueueConfigurations": ("QueueConfigurations", "Queue", "QueueArn"),
        "TopicConfigurations": ("TopicConfigurations", "Topic", "TopicArn"),
    }
    for key, (target, source, arn) in kinds.items():
        entries = [{arn: one[source], "Events": [one["Event"]], **({"Filter": _key_filter(one["Filter"])} if "Filter" in one else {})} for one in value.get(key, [])]
        if entries:
            converted[target] = entries
    return converted


def _key_filter(value):
    return {"Key": {"FilterRules": value["S3Key"]["Rules"]}}


# of each property the operation that sets it, the operation that clears it, its parameter, and how its value is converted.
_SETTINGS = {
    "AccelerateConfiguration": ("put_bucket_accelerate_configuration", None, "AccelerateConfiguration", lambda one: {"Status": one["AccelerationStatus"]}),
    "BucketEncryption": ("put_bucket_encryption", "delete_bucket_encryption", "ServerSideEncryptionConfiguration", _encryption),
    "CorsConfiguration": ("put_bucket_cors", "delete_bucket_cors", "CORSConfiguration", _cors),
    "LifecycleConfiguration": ("put_bucket_lifecycle_configuration", "delete_bucket_lifecycle", "LifecycleConfiguration", _lifecycle),
    "LoggingConfiguration": ("put_bucket_logging", None, "BucketLoggingStatus", _logging),
    "NotificationConfiguration": ("put_bucket_notification_configuration", None, "NotificationConfiguration", _notifications),
    "OwnershipControls": ("put_bucket_ownership_controls", "delete_bucket_ownership_controls", "OwnershipControls", lambda one: one),
    "PublicAccessBlockConfiguration": ("put_public_access_block", "delete_public_access_block", "PublicAccessBlockConfiguration", lambda one: one),
    "Tags": ("put_bucket_tagging", "delete_bucket_tagging", "Tagging", lambda tags: {"TagSet": tags}),
    "VersioningConfiguration": ("put_bucket_versioning", None, "VersioningConfiguration", lambda one: one),
    "WebsiteConfiguration": ("put_bucket_website", "delete_bucket_website", "WebsiteConfiguration", _website),
}
_AT_CREATION = {"BucketName", "AccessControl", "ObjectLockEnabled"}


@resource("AWS::S3::Bucket")
class Bucket(Handler):
    def create(self, context, properties):
        unknown = sorted(set(properties) - set(_SETTINGS) - _AT_CREATION)
        if unknown:
            raise ResourceError(f"The property {unknown[0]} of AWS::S3::Bucket is not supported by this emulation.")
        name = properties.get("BucketName") or context.generated_name(63, is_lower_case=True)
        request = {"Bucket": name}
        if context.region != "us-east-1":
            request["CreateBucketConfiguration"] = {"LocationConstraint": context.region}
        if properties.get("ObjectLockEnabled"):
            request["ObjectLockEnabledForBucket"] = True
        context.client(_S3).create_bucket(**request)
        context.resource.physical_id = name
        self._settle(context, name, {}, properties)
        return Created(name, self._attributes(context, name))

    def _settle(self, context, name, before, after):
        client = context.client(_S3)
        for key, (put, clear, parameter, convert) in _SETTINGS.items():
            if before.get(key) == after.get(key):
                continue
            if key in after:
                getattr(client, put)(Bucket=name, **{parameter: _typed(client, put, parameter, convert(after[key]))})
            elif clear:
                getattr(client, clear)(Bucket=name)

    def _attributes(self, context, name):
        domain = "amazonaws.com.cn" if context.partition == "aws-cn" else "amazonaws.com"
        return {
            "Arn": f"arn:{context.partition}:s3:::{name}",
            "DomainName": f"{name}.s3.{domain}",
            "DualStackDomainName": f"{name}.s3.dualstack.{context.region}.{domain}",
            "RegionalDomainName": f"{name}.s3.{context.region}.{domain}",
            "WebsiteURL": f"http://{name}.s3-website-{context.region}.{domain}",
        }

    def update(self, context, before, properties):
        self._settle(context, before.physical_id, before.properties, properties)

    def delete(self, context, resource):
        context.client(_S3).delete_bucket(Bucket=resource.physical_id)


def _typed(client, operation, parameter, value):
    """The values of a template are often texts where the API has numbers."""
    model = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[operation])
    return request_parameters(model.input_shape.members[parameter], value, f"AWS::S3::Bucket.{parameter}")


@resource("AWS::S3::BucketPolicy")
class BucketPolicy(Handler):
    def create(self, context, properties):
        context.client(_S3).put_bucket_policy(Bucket=properties["Bucket"], Policy=document(properties["PolicyDocument"]))
        return Created(properties["Bucket"])

    def update(self, context, before, properties):
        self.create(context, properties)

    def delete(self, context, resource):
        context.client(_S3).delete_bucket_policy(Bucket=resource.properties["Bucket"])
