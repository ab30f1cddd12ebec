"""Certificate Manager: certificates, which are issued once their domain is validated."""

from .handler import Created, Handler, resource


@resource("AWS::CertificateManager::Certificate")
class Certificate(Handler):
    """AWS waits until the domain is validated; here no one is asked, and the certificate is issued at once."""

    _OWN = ("CertificateTransparencyLoggingPreference", "CertificateExport", "DomainValidationOptions")

    def create(self, context, properties):
        given = {**properties, "Options": self._options(properties)}
        validated = [
            {"DomainName": one["DomainName"], "ValidationDomain": one["ValidationDomain"]}
            for one in properties.get("DomainValidationOptions", [])
            if "ValidationDomain" in one
        ]
        extra = {"DomainValidationOptions": validated} if validated else {}
        arn = context.call("acm", "request_certificate", given, None, self._OWN, **extra)["CertificateArn"]
        return Created(arn)

    def _options(self, properties):
        names = {"CertificateTransparencyLoggingPreference": "CertificateTransparencyLoggingPreference", "CertificateExport": "Export"}
        options = {target: properties[source] for source, target in names.items() if source in properties}
        return options or None

    def update(self, context, before, properties):
        options = self._options(properties)
        if options:
            context.client("acm").update_certificate_options(CertificateArn=before.physical_id, Options=options)
        if properties.get("Tags"):
            context.client("acm").add_tags_to_certificate(CertificateArn=before.physical_id, Tags=properties["Tags"])

    def delete(self, context, resource):
        context.client("acm").delete_certificate(CertificateArn=resource.physical_id)
