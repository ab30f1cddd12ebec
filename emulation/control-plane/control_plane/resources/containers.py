"""ECR repositories, Cloud Map namespaces and services, and FIS experiment templates."""

import json

from .handler import Created, Handler, resource
from .simple import SimpleType, simple


@resource("AWS::ECR::Repository")
class Repository(Handler):
    _LATER = ("EmptyOnDelete", "LifecyclePolicy", "RepositoryPolicyText")

    def create(self, context, properties):
        named = {"RepositoryName": context.generated_name(256, is_lower_case=True), **properties}
        created = context.call("ecr", "create_repository", named, None, self._LATER)["repository"]
        context.resource.physical_id = created["repositoryName"]
        self._set_policies(context, created["repositoryName"], properties)
        return Created(created["repositoryName"], {"Arn": created["repositoryArn"], "RepositoryUri": created["repositoryUri"]})

    def _set_policies(self, context, name, properties):
        client = context.client("ecr")
        policy = properties.get("RepositoryPolicyText")
        if policy:
            client.set_repository_policy(repositoryName=name, policyText=policy if isinstance(policy, str) else json.dumps(policy))
        lifecycle = properties.get("LifecyclePolicy", {}).get("LifecyclePolicyText")
        if lifecycle:
            client.put_lifecycle_policy(repositoryName=name, lifecyclePolicyText=lifecycle)

    def update(self, context, before, properties):
        client, name = context.client("ecr"), before.physical_id
        if "ImageTagMutability" in properties:
            client.put_image_tag_mutability(repositoryName=name, imageTagMutability=properties["ImageTagMutability"])
        if "ImageScanningConfiguration" in properties:
            context.call("ecr", "put_image_scanning_configuration", {"ImageScanningConfiguration": properties["ImageScanningConfiguration"]}, repositoryName=name)
        self._set_policies(context, name, properties)

    def delete(self, context, resource):
        is_emptied = str(resource.properties.get("EmptyOnDelete", "")).lower() == "true"
        context.client("ecr").delete_repository(repositoryName=resource.physical_id, force=is_emptied)


@resource("AWS::ServiceDiscovery::HttpNamespace", "AWS::ServiceDiscovery::PrivateDnsNamespace", "AWS::ServiceDiscovery::PublicDnsNamespace")
class Namespace(Handler):
    _OPERATIONS = {"HttpNamespace": "create_http_namespace", "PrivateDnsNamespace": "create_private_dns_namespace"}

    def create(self, context, properties):
        client = context.client("servicediscovery")
        operation = self._OPERATIONS.get(self.type.split("::")[-1], "create_public_dns_namespace")
        done = context.call("servicediscovery", operation, properties)["OperationId"]
        identifier = client.get_operation(OperationId=done)["Operation"]["Targets"]["NAMESPACE"]
        namespace = client.get_namespace(Id=identifier)["Namespace"]
        zone = namespace.get("Properties", {}).get("DnsProperties", {}).get("HostedZoneId", "")
        return Created(identifier, {"Arn": namespace["Arn"], "Id": identifier, "HostedZoneId": zone})

    def delete(self, context, resource):
        context.client("servicediscovery").delete_namespace(Id=resource.physical_id)


simple(
    SimpleType(
        "AWS::ServiceDiscovery::Service",
        "servicediscovery",
        create="create_service",
        delete="delete_service",
        identity={"Id": "$ref"},
        ref="Id",
        result="Service",
        attributes={"Arn": "Arn", "Id": "Id", "Name": "Name"},
        name="Name",
    ),
    SimpleType(
        "AWS::FIS::ExperimentTemplate",
        "fis",
        create="create_experiment_template",
        delete="delete_experiment_template",
        update="update_experiment_template",
        identity={"id": "$ref"},
        ref="id",
        result="experimentTemplate",
        attributes={"Id": "id"},
    ),
)
