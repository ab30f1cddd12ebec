"""The errors that fail a request or a resource."""

from botocore.exceptions import ClientError
from moto.core.exceptions import ServiceException


class TemplateError(ServiceException):
    """What CloudFormation rejects before it touches a resource."""

    code = "ValidationError"


class ResourceError(ServiceException):
    """Why a resource was not created, updated or deleted."""

    code = "ValidationError"


def reason_of(error: BaseException) -> str:
    """One sentence, as the status reason of an event has it."""
    if isinstance(error, ClientError):
        detail = error.response.get("Error", {})
        return f"{detail.get('Message') or error} ({error.operation_name}: {detail.get('Code', 'no code')})"
    text = str(error.message if isinstance(error, ServiceException) else error).strip()
    return text if text else type(error).__name__


def is_not_found(error: BaseException) -> bool:
    """Whether an API says that what is to be deleted does not exist."""
    if not isinstance(error, ClientError):
        return False
    detail = error.response.get("Error", {})
    code = detail.get("Code", "")
    fragments = ("NotFound", "NoSuch", "NonExistent", "DoesNotExist", "ResourceNotFound")
    if code == "ServiceNotActiveException" or any(fragment in code for fragment in fragments):
        return True
    return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 404
