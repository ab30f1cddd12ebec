"""What moto lacks, or accepts where AWS refuses it: one file for each service."""


def fill_gaps() -> None:
    from . import bucket_policies, cloudformation, engines, functions

    engines.use_real_engines()
    cloudformation.replace_api()
    functions.run_locally()
    bucket_policies.store_only()
