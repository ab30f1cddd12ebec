"""ECS: clusters, capacity providers, task definitions and services."""

from ..request_parameters import is_true
from .ecs_deployment import wait_until_deleted, wait_until_deployed
from .handler import Created, Handler, resource

# where the names of CloudFormation and the API differ.
_CLUSTER = {"ClusterSettings": "settings"}
_SERVICE = {"PlacementStrategies": "placementStrategy"}
_TASK_DEFINITION = {"ProxyConfigurationProperties": "properties"}


@resource("AWS::ECS::Cluster")
class Cluster(Handler):
    def create(self, context, properties):
        named = {"ClusterName": context.generated_name(255), **properties}
        created = context.call("ecs", "create_cluster", named, _CLUSTER)["cluster"]
        return Created(created["clusterName"], {"Arn": created["clusterArn"]})

    def update(self, context, before, properties):
        provided = {"CapacityProviders": [], "DefaultCapacityProviderStrategy": []}
        if any(before.properties.get(name) != properties.get(name) for name in provided):
            wanted = {name: properties.get(name, default) for name, default in provided.items()}
            context.call("ecs", "put_cluster_capacity_providers", wanted, cluster=before.physical_id)
        without = ("ClusterName", "Tags", *provided)
        context.call("ecs", "update_cluster", properties, _CLUSTER, without, cluster=before.physical_id)

    def delete(self, context, resource):
        context.client("ecs").delete_cluster(cluster=resource.physical_id)


@resource("AWS::ECS::ClusterCapacityProviderAssociations")
class ClusterCapacityProviders(Handler):
    def create(self, context, properties):
        context.call("ecs", "put_cluster_capacity_providers", properties)
        return Created(properties["Cluster"])

    def update(self, context, before, properties):
        self.create(context, properties)

    def delete(self, context, resource):
        context.client("ecs").put_cluster_capacity_providers(cluster=resource.physical_id, capacityProviders=[], defaultCapacityProviderStrategy=[])


@resource("AWS::ECS::CapacityProvider")
class CapacityProvider(Handler):
    def create(self, context, properties):
        named = {"Name": context.generated_name(255), **properties}
        created = context.call("ecs", "create_capacity_provider", named, {"ClusterName": "cluster"})["capacityProvider"]
        return Created(created["name"], {"Arn": created["capacityProviderArn"]})

    def update(self, context, before, properties):
        given = {key: properties[key] for key in ("ManagedInstancesProvider", "ClusterName") if key in properties}
        if "AutoScalingGroupProvider" in properties:
            group = properties["AutoScalingGroupProvider"]
            given["AutoScalingGroupProvider"] = {key: value for key, value in group.items() if key != "AutoScalingGroupArn"}
        context.call("ecs", "update_capacity_provider", given, {"ClusterName": "cluster"}, (), name=before.physical_id)

    def delete(self, context, resource):
        context.client("ecs").delete_capacity_provider(capacityProvider=resource.physical_id)


@resource("AWS::ECS::TaskDefinition")
class TaskDefinition(Handler):
    """Every change but that of tags registers a new revision, so it replaces the resource."""

    def create(self, context, properties):
        named = {"Family": context.generated_name(255), **properties}
        arn = context.call("ecs", "register_task_definition", named, _TASK_DEFINITION)["taskDefinition"]["taskDefinitionArn"]
        return Created(arn, {"TaskDefinitionArn": arn})

    def delete(self, context, resource):
        context.client("ecs").deregister_task_definition(taskDefinition=resource.physical_id)


@resource("AWS::ECS::Service")
class Service(Handler):
    """Created, updated or deleted when its tasks are: CloudFormation waits for the deployment."""

    def create(self, context, properties):
        named = {"ServiceName": context.generated_name(255), **properties}
        if properties.get("SchedulingStrategy") != "DAEMON":
            # what CloudFormation sets for new services that have no count.
            named.setdefault("DesiredCount", 1)
        created = context.call("ecs", "create_service", named, _SERVICE, ("ForceNewDeployment",))["service"]
        # a service whose deployment fails is deleted when the stack rolls back.
        context.resource.physical_id = created["serviceArn"]
        wait_until_deployed(context, created["clusterArn"], created["serviceArn"])
        return Created(created["serviceArn"], {"Name": created["serviceName"], "ServiceArn": created["serviceArn"]})

    def update(self, context, before, properties):
        without = ("Cluster", "LaunchType", "Role", "SchedulingStrategy", "ServiceName", "Tags", "ForceNewDeployment")
        is_forced = is_true(properties.get("ForceNewDeployment", {}).get("EnableForceNewDeployment", False))
        cluster = properties.get("Cluster", "default")
        updated = context.call("ecs", "update_service", properties, _SERVICE, without, cluster=cluster, service=before.physical_id, forceNewDeployment=is_forced)[
            "service"
        ]
        if before.properties.get("Tags") != properties.get("Tags"):
            context.call("ecs", "tag_resource", {"Tags": properties.get("Tags", [])}, resourceArn=before.physical_id)
        wait_until_deployed(context, updated["clusterArn"], before.physical_id)

    def delete(self, context, resource):
        cluster = resource.properties.get("Cluster", "default")
        context.client("ecs").delete_service(cluster=cluster, service=resource.physical_id, force=True)
        wait_until_deleted(context, cluster, resource.physical_id)
