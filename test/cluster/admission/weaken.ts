import { copy } from '../../../src/kube/json';
import { podSecurity } from '../../../src/rules/pod-security';
import { refusal, title } from './admit';
import { Server } from './server';

/** What takes one protection from a pod's spec. */
const WEAKER: { readonly [title: string]: (spec: any) => void } = {
  'as it is': () => undefined,
  'without a seccomp profile': spec => holders(spec).forEach(holder => delete holder.securityContext?.seccompProfile),
  'with all capabilities': spec => containers(spec).forEach(({ securityContext }) => delete securityContext?.capabilities),
  'with one capability more': ({ containers: [{ securityContext }] }) => { securityContext.capabilities = { ...securityContext.capabilities, add: ['SYS_TIME'] }; },
  'with escalation of privileges': spec => containers(spec).forEach(({ securityContext }) => delete securityContext?.allowPrivilegeEscalation),
  'as root': spec => holders(spec).forEach(({ securityContext }) => {
    delete securityContext?.runAsNonRoot;
    if (securityContext) securityContext.runAsUser = 0;
  }),
  'of an unknown user': spec => holders(spec).forEach(({ securityContext }) => delete securityContext?.runAsNonRoot),
  'on the host\'s processes': spec => Object.assign(spec, { hostPID: true }),
  'with a folder of the host': spec => Object.assign(spec, { volumes: [...spec.volumes ?? [], { name: 'weaker', hostPath: { path: '/var' } }] }),
  'with a port of the host': ({ containers: [container] }) => { container.ports = [{ containerPort: 9, hostPort: 9 }]; },
  'with a dangerous sysctl': spec => { spec.securityContext = { ...spec.securityContext, sysctls: [{ name: 'kernel.msgmax', value: '1' }] }; },
};

function containers(spec: any): any[] {
  return [...spec.initContainers ?? [], ...spec.containers];
}

function holders(spec: any): any[] {
  return [spec, ...containers(spec)];
}

/** How often the cluster and our rules said the same, and where they did not. */
export interface Reviews {
  readonly admitted: number;
  readonly refused: number;
  /** Of which neither says anything, since they are no pods (Windows has no capabilities). */
  readonly invalid: number;
  readonly disagreements: readonly string[];
}

/** Asks the cluster whether it would take pods that it has, as they are and with one protection less, and our rules the same. */
export async function review(server: Server, pods: readonly any[], namespaces: readonly any[]): Promise<Reviews> {
  const reviews = { admitted: 0, refused: 0, invalid: 0, disagreements: [] as string[] };
  const levels = new Map(namespaces.map(({ metadata: { name, labels } }) => [name, {
    level: labels['pod-security.kubernetes.io/enforce'], minor: Number(/^v1\.(\d+)$/.exec(labels['pod-security.kubernetes.io/enforce-version'])?.[1]),
  }]));
  await Promise.all(pods.flatMap(({ metadata: { name, namespace, labels }, spec }) => Object.entries(WEAKER).map(async ([weaker, weaken]) => {
    const { level, minor } = levels.get(namespace)!;
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: `${name.slice(0, 200)}-weaker`, namespace, labels }, spec: copy(spec) };
    delete pod.spec.nodeName;
    weaken(pod.spec);
    const breached = podSecurity(pod as never, level, minor).map(({ rule }) => rule.id);
    const reply = await server.create(pod, 'dryRun=All');
    const admitted = reply.status === 201;
    if (reply.body.reason === 'Invalid') reviews.invalid++;
    else if (admitted) reviews.admitted++;
    else reviews.refused++;
    if (reply.body.reason === 'Invalid' ? weaker !== 'as it is' : admitted === (breached.length === 0) && (admitted || reply.body.reason === 'Forbidden')) return;
    reviews.disagreements.push(`${title(pod)} ${weaker}: the cluster says ${admitted ? 'yes' : refusal(reply)}; our rules ${breached.join(', ') || 'have nothing against it'}`);
  })));
  return reviews;
}
