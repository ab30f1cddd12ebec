"""Lambda functions run as processes of this machine instead of in containers."""

from moto.awslambda.models import LambdaFunction

from ..functions.local_function import invoke


def run_locally() -> None:
    def invoke_locally(self, event=None):
        result, is_failed, log = invoke(self, {} if event is None else event)
        self.logs_backend.ensure_log_group(self.logs_group_name)
        self.save_logs(log)
        return result, is_failed, log

    LambdaFunction._invoke_lambda = invoke_locally
