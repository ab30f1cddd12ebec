"""CloudFormation: templates, stacks, change sets, and the order in which resources are created, updated and deleted."""
