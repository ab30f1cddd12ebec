"""The control plane of the emulation: moto's services, and CloudFormation over their APIs."""
