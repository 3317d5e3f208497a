import { Manifest, Workload, matches, workloadsOf } from './manifests';
import { Cell, bold, dim, green, red } from './paint';

/** What one row of the table says of a workload: good where it is as hardened as it can be. */
type Answer = { readonly lines: readonly string[]; readonly good: boolean | undefined };

/** More workloads than that are no columns that people read. */
const FEW = 4;

/**
 * What was hardened, each as it stands in the manifests: one column a workload; where there are many, what is the same
 * for all of them first, then one row a workload.
 */
export function hardening(objects: readonly Manifest[]): Cell[][][] {
  const workloads = workloadsOf(objects);
  const head = ({ name, object }: Workload): string[] => [name, `${object.kind}${object.spec.replicas ? ` × ${object.spec.replicas}` : ''}`];
  const rows = ROWS.map(([title, ask]) => ({
    title: { lines: [title], paint: dim },
    cells: workloads.map((workload): Cell => {
      const { lines, good } = ask(workload, objects);
      return { lines, paint: good === undefined ? undefined : good ? green : red };
    }),
  }));
  if (workloads.length <= FEW) {
    const heads = workloads.map((workload): Cell => ({ lines: head(workload), paint: bold }));
    return [[[{ lines: [''] }, ...heads], ...rows.map(({ title, cells }) => [title, ...cells])]];
  }
  const isSame = ({ cells }: (typeof rows)[number]) => cells.every(({ lines }) => lines.join() === cells[0].lines.join());
  // Names tell as much as images do, and are shorter.
  const differing = rows.filter(row => !isSame(row) && row.title.lines[0] !== 'image');
  return [
    [[{ lines: [`all ${workloads.length}`], paint: bold }, { lines: [''] }], ...rows.filter(isSame).map(({ title, cells }) => [title, cells[0]])],
    [
      [{ lines: [''] }, ...differing.map(({ title }) => title)],
      ...workloads.map((workload, i): Cell[] => [{ lines: [head(workload).join(', ')], paint: bold }, ...differing.map(({ cells }) => cells[i])]),
    ],
  ];
}

/** What the files take for granted: Secrets and the like that they name but do not bring. */
export function wanted(objects: readonly Manifest[]): string[] {
  const has = (kind: string, namespace: string, name: string) =>
    objects.some(object => object.kind === kind && object.metadata.name === name && object.metadata.namespace === namespace);
  const named = workloadsOf(objects).flatMap(({ namespace, spec }) => [
    ...(spec.volumes ?? []).flatMap(({ secret, configMap }: Manifest) => [['Secret', secret?.secretName], ['ConfigMap', configMap?.name]]),
    ...all(spec).flatMap(({ envFrom = [], env = [] }: Manifest) => [...envFrom, ...env.map(({ valueFrom }: Manifest) => valueFrom ?? {})]
      .flatMap(({ secretRef, secretKeyRef, configMapRef, configMapKeyRef }: Manifest) => [
        ['Secret', (secretRef ?? secretKeyRef)?.name], ['ConfigMap', (configMapRef ?? configMapKeyRef)?.name],
      ])),
  ].filter(([kind, name]) => name && !has(kind, namespace, name)).map(([kind, name]) => `${kind} ${namespace}/${name}`));
  return [...new Set(named)].sort();
}

const ROWS: readonly (readonly [string, (workload: Workload, objects: readonly Manifest[]) => Answer])[] = [
  ['image', ({ spec }) => plain(spec.containers.map(({ image }: Manifest) => image.split('/').pop()))],
  ['user', ({ spec }) => {
    const each = all(spec).map(({ securityContext: own = {} }: Manifest) => ({ ...spec.securityContext, ...own }));
    return answer(each.every(({ runAsNonRoot, runAsUser }) => runAsNonRoot === true && runAsUser !== 0),
      each.map(({ runAsUser, runAsGroup }) => runAsUser === undefined ? 'that of the image, not root' : `${runAsUser}:${runAsGroup ?? '?'}, never root`), 'may be root');
  }],
  ['root filesystem', every(container => container.securityContext?.readOnlyRootFilesystem === true, 'read-only', 'writable')],
  ['writable', ({ spec, object }) => plain(spec.containers.flatMap(({ volumeMounts = [] }: Manifest) => volumeMounts)
    .filter(({ readOnly }: Manifest) => !readOnly).map((mount: Manifest) => `${mount.mountPath} ${sizeOf(mount.name, spec, object)}`).sort())],
  ['capabilities', every(({ securityContext: { capabilities, allowPrivilegeEscalation } = {} }: Manifest) =>
    allowPrivilegeEscalation === false && capabilities?.drop?.includes('ALL') && !capabilities.add?.length, 'none, no escalation', 'some are left')],
  ['seccomp', ({ spec }) => {
    const types = all(spec).map(container => (container.securityContext?.seccompProfile ?? spec.securityContext?.seccompProfile)?.type ?? 'none');
    return answer(types.every(type => ['RuntimeDefault', 'Localhost'].includes(type)), types, types[0]);
  }],
  ['API token', ({ spec, name }) => spec.automountServiceAccountToken === false
    ? answer(true, [(spec.volumes ?? []).some((volume: Manifest) => volume.projected) ? 'projected, expires' : spec.serviceAccountName === name ? 'none; account of its own' : `none; account ${spec.serviceAccountName}`])
    : answer(false, [], 'mounted, of the account ' + (spec.serviceAccountName ?? 'default'))],
  ['memory', ({ spec }) => {
    const each = all(spec).map(({ resources: { requests = {}, limits = {} } = {} }: Manifest) => [requests.memory, limits.memory]);
    return answer(each.every(([, limit]) => limit), each.map(([request, limit]) => `${request ?? '?'} to ${limit}`), 'without limit');
  }],
  ['CPU', ({ spec }) => plain(all(spec).map(({ resources: { requests = {}, limits = {} } = {} }: Manifest) => `${requests.cpu ?? 'none'}${limits.cpu ? ` to ${limits.cpu}` : ', not throttled'}`))],
  ['probes', ({ spec }) => {
    const probes = spec.containers.map((container: Manifest) => ['startup', 'readiness', 'liveness'].filter(probe => container[`${probe}Probe`]));
    return { lines: distinct(probes.map((names: string[]) => names.join(', ') || 'none')), good: probes.every((names: string[]) => names.length) };
  }],
  ['drained nodes', ({ object, labels, namespace }, objects) => {
    if (object.spec.replicas === 1) return plain(['one replica: it moves']);
    const budget = objects.find(({ kind, metadata, spec }) => kind === 'PodDisruptionBudget' && metadata.namespace === namespace && matches(spec.selector, labels));
    return answer(budget !== undefined, [`${budget?.spec.maxUnavailable} pod at a time`], 'without budget');
  }],
];

function every(holds: (container: Manifest) => boolean, good: string, bad: string): (workload: Workload) => Answer {
  return ({ spec }) => answer(all(spec).every(holds), [good], bad);
}

function answer(good: boolean, lines: readonly string[], bad = ''): Answer {
  return { good, lines: good ? distinct(lines) : [bad] };
}

function plain(lines: readonly string[]): Answer {
  return { good: undefined, lines: distinct(lines) };
}

function all(spec: Manifest): Manifest[] {
  return [...spec.initContainers ?? [], ...spec.containers];
}

function distinct(lines: readonly string[]): string[] {
  return [...new Set(lines)];
}

function sizeOf(volume: string, spec: Manifest, object: Manifest): string {
  const { emptyDir, persistentVolumeClaim } = (spec.volumes ?? []).find(({ name }: Manifest) => name === volume) ?? {};
  if (emptyDir) return emptyDir.sizeLimit ?? 'without limit';
  if (persistentVolumeClaim) return `claim ${persistentVolumeClaim.claimName}`;
  const template = (object.spec.volumeClaimTemplates ?? []).find(({ metadata }: Manifest) => metadata.name === volume);
  return template ? `claim of ${template.spec.resources.requests.storage}` : '';
}

