import { spawnSync } from 'node:child_process';
import { App, Chart, Testing, Yaml } from 'cdk8s';

/** What a call of kubectl came to. */
export interface Answer {
  readonly ok: boolean;
  readonly out: string;
  readonly err: string;
}

/** The command line of kubectl for the cluster that `with-cluster.sh` has started, or that KUBECONFIG names. */
export function kubectlCommand(...args: string[]): string[] {
  return process.env.CLUSTER ? [process.env.CLUSTER, 'kubectl', ...args] : ['kubectl', ...args];
}

/** A namespace of ours: as it is called in the lab, and with a prefix that nobody else has in somebody's cluster. */
export function own(namespace: string): string {
  return `${process.env.NAMESPACE_PREFIX ?? ''}${namespace}`;
}

/** Calls kubectl. */
export function kubectl(args: readonly string[], input?: string): Answer {
  const [program, ...rest] = kubectlCommand(...args);
  const { status, stdout, stderr } = spawnSync(program, rest, { input, encoding: 'utf8', maxBuffer: 1e8 });
  return { ok: status === 0, out: stdout, err: stderr };
}

const applied = new Map<string, object>();

/** Applies manifests, and fails where one is refused. */
export function apply(manifests: readonly object[]): void {
  for (const manifest of manifests as any[]) applied.set([manifest.apiVersion, manifest.kind, manifest.metadata.namespace, manifest.metadata.name].join(' '), manifest);
  const { ok, err } = kubectl(['apply', '--server-side', '-f', '-'], Yaml.stringify(...manifests));
  if (!ok) throw new Error(err);
}

/** Takes away whatever a test has applied, and waits until it is gone: others use the same cluster. */
export function removeApplied(): void {
  const ours = [...applied.values()].filter(({ kind, metadata }: any) => kind !== 'Namespace' || !/^(default|kube-.*)$/.test(metadata.name));
  const { ok, err } = kubectl(['delete', '--ignore-not-found', '-f', '-'], Yaml.stringify(...ours));
  applied.clear();
  if (!ok) throw new Error(err);
}

/** Creates a manifest, or several: what the API server has against them, or nothing. */
export function refusal(manifests: object | readonly object[], ...args: string[]): string {
  const { ok, err } = kubectl(['create', '-f', '-', ...args], Yaml.stringify(...[manifests].flat()));
  return ok ? '' : err;
}

/** Objects as the API server has them. */
export function get(...args: string[]): any {
  const { ok, out, err } = kubectl(['get', '-o', 'json', ...args]);
  if (!ok) throw new Error(err);
  return JSON.parse(out);
}

/** Every manifest of an app that `fill` makes. */
export function manifestsOf(fill: (chart: Chart) => unknown): any[] {
  const chart = new Chart(new App(), 'c', { disableResourceNameHashes: true });
  fill(chart);
  return Testing.synth(chart);
}

/** Tries until what is asked for is as it should be. */
export async function eventually<T>(ask: () => T, isRight: (value: T) => boolean, seconds = 30): Promise<T> {
  const end = Date.now() + seconds * 1000;
  let value = ask();
  while (!isRight(value) && Date.now() < end) {
    await new Promise(resolve => setTimeout(resolve, 500));
    value = ask();
  }
  return value;
}
