import { Problem } from '../kube/reading/problem';
import { Connection } from '../reach/connection';
import { describeShown } from '../reach/port-words';
import { NewPodsExposure, WorkloadExposure } from '../reach/workload-exposure';
import { plain } from './plain';
import { list } from './reach-json';

/** To what workloads are exposed, for people: a paragraph each. */
export function* exposureText(exposures: Iterable<WorkloadExposure>): Iterable<string> {
  for (const { workload, reachedBy, reaches, entrances, toInternet } of exposures) {
    yield `${plain(workload)}\n`;
    for (const its of entrances) yield `  exposed by ${plain(its.source)} : ${connectionWords(its)}\n`;
    if (!entrances.length) yield '  exposed by nothing that leads into the cluster\n';
    for (const its of toInternet) yield `  reaches the internet : ${connectionWords(its)}\n`;
    for (const its of reachedBy) yield `  reached by ${newPodsWords(its)}\n`;
    for (const its of reaches) yield `  reaches ${newPodsWords(its)}\n`;
  }
}

/** The same as JSON, by schemas/reach-exposure.json: a workload a line. */
export function* exposureJson(exposures: Iterable<WorkloadExposure>, problems: readonly Problem[]): Iterable<string> {
  yield '{"version":1,\n "problems":';
  yield* list(problems, ({ file, line, message }) => ({ file, line, message }));
  yield ',\n "exposures":';
  yield* list(exposures, ({ workload, entrances, toInternet, reachedBy, reaches }) => ({
    workload, entrances: entrances.map(shown), toInternet: toInternet.map(shown), reachedBy: reachedBy.map(newPods), reaches: reaches.map(newPods),
  }));
  yield '}\n';
}

function newPodsWords({ namespaceName, namespaceSelector, podSelector, addresses, portNames, reason, ...its }: NewPodsExposure): string {
  const pods = podSelector ? `pods with ${podSelector}` : 'any pod';
  const where = namespaceName !== undefined ? `in namespace ${namespaceName}` : namespaceSelector ? `in namespaces with ${namespaceSelector}` : 'in any namespace';
  const numbers = describeShown({ all: its.all, allowed: its.ports });
  const names = portNames.map(name => `${name.replace('/', ' port named ')}`);
  const ports = [...numbers ? [numbers] : [], ...names].join(', ');
  return plain(`${pods} ${where}${addresses ? ` with an address in ${addresses}` : ''}, if it comes : ${ports}${reason ? ` (depends: ${reason})` : ''}`);
}

function connectionWords({ all, ports, reason }: Connection): string {
  return `${describeShown({ all, allowed: ports }) || 'protocols without ports'}${reason ? ` (depends: ${reason})` : ''}`;
}

function shown({ source, target, verdict, all, ports, reason }: Connection): object {
  return { from: source, to: target, verdict, all, allowed: ports, reason };
}

function newPods({ namespaceName, namespaceSelector, podSelector, addresses, verdict, all, ports, portNames, reason }: NewPodsExposure): object {
  const where = { namespace: namespaceName ?? null, namespaceSelector, podSelector, addresses: addresses ?? null };
  return { ...where, verdict, all, allowed: ports, portNames, reason };
}
