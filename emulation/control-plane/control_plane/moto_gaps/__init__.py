"""What moto lacks, or accepts where AWS refuses it: one file for each service."""


def fill_gaps(has_front: bool) -> None:
    from . import bucket_policies, cloudformation, composite_alarms, containers, engines, functions, identities, load_balancing
    from . import network_dependencies, scaling, service_models

    service_models.read_once()
    engines.use_real_engines()
    cloudformation.replace_api()
    functions.run_locally()
    bucket_policies.store_only()
    identities.list_before_reading()
    load_balancing.refuse_what_aws_refuses()
    containers.refuse_and_keep(has_front)
    network_dependencies.refuse_deletion_in_use()
    scaling.refuse_what_aws_refuses()
    composite_alarms.add_route()
