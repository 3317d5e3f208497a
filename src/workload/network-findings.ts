import { podPart, describe } from '../kube/kinds';
import { Manifest } from '../kube/pod-spec';
import { Severity } from '../kube/severity';
import { FlowEnd } from '../network/flow-end';
import { describeDeclared } from '../network/flow-ports';
import { Finding } from '../rules/harden/finding';

/**
 * What there is to say of flows that may well be meant: a container may listen on a port that it does not declare,
 * but a port that nobody declares is often that of a Service, or a slip.
 */
export function networkFindings(end: FlowEnd, undeclared: readonly number[], manifest: Manifest): Finding[] {
  const declared = [...new Set(end.declaredPorts().map(describeDeclared))].sort().join(', ');
  return undeclared.map(port => ({
    rule: 'network-port-undeclared',
    severity: Severity.WARNING,
    where: end.construct.node.path,
    subject: describe(manifest),
    field: `${podPart(manifest)?.field ?? 'spec'}.containers`,
    what: `port ${port} is opened, and no container declares it; declared are ${declared}`,
    advice: 'Open a port that is declared; or, if a container does listen there, declare it. The port of a Service is not meant.',
  }));
}
