"""A search service with every default of the construct, in a stack of its own."""

import aws_cdk as cdk
from cdk_scalable_stateless_service import ScalableStatelessService
from constructs import Construct


class SearchService(cdk.Stack):
    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        self.search = ScalableStatelessService(self, "Search")
        cdk.CfnOutput(self, "Url", value=self.search.url)


if __name__ == "__main__":
    app = cdk.App()
    SearchService(app, "SearchService")
    app.synth()
