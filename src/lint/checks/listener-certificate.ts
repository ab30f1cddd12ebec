import { items } from '../../plan/template/template-value';
import { LISTENER } from '../template/load-balancing';
import { textOf } from '../template/values';
import { type Check, problem } from './check';

/** A listener that decrypts needs a certificate, and one that does not may not have one. */
export const listenerCertificate: Check = {
  id: 'listener-certificate',
  severity: 'error',
  finds: 'an HTTPS or TLS listener without a certificate, or an HTTP or TCP listener with one',
  consequence: 'Elastic Load Balancing rejects the listener',
  find: (template) =>
    template.ofType(LISTENER).flatMap((listener) => {
      const { Protocol: written, Certificates: certificates } = listener.properties;
      const protocol = textOf(written);
      const isEncrypted = protocol === 'HTTPS' || protocol === 'TLS';
      const isKnown = certificates === undefined || Array.isArray(certificates);
      if (protocol === undefined || !isKnown) return [];
      const count = items(certificates).length;
      if (isEncrypted && count === 0)
        return [
          problem(listener, 'Certificates', `the ${protocol} listener has no certificate`, 'write Certificates with one CertificateArn'),
        ];
      if (isEncrypted || count === 0) return [];
      return [
        problem(listener, 'Certificates', `the ${protocol} listener has a certificate`, 'write Protocol HTTPS, or remove Certificates'),
      ];
    }),
};
