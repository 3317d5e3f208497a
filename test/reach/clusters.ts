import { readInputs } from '../../src/kube/reading/read';
import { Link, Listing, Question } from '../../src/reach/listing';
import { PortSet } from '../../src/reach/port-set';
import { Reach } from '../../src/reach/reach';
import { KNOWN_VERSIONS } from '../../src/reach/world';

/** What is in a text of YAML or in objects, as the reader gives it. */
export function reachOf(...manifests: (string | object)[]): Reach {
  const text = manifests.map(manifest => typeof manifest === 'string' ? manifest : JSON.stringify(manifest)).join('\n---\n');
  const { objects, problems } = readInputs(['-'], { standardInput: Buffer.from(text), versions: KNOWN_VERSIONS });
  if (problems.length) throw new Error(JSON.stringify(problems));
  return new Reach(objects);
}

/** What is in a file. */
export function reachOfFile(file: string): Reach {
  return new Reach(readInputs([file], { versions: KNOWN_VERSIONS }).objects);
}

/** All links. */
export function linksOf(reach: Reach, question: Question = {}): Link[] {
  return [...new Listing(reach, question).links()];
}

/** `TCP 80,443,UDP 53`, or `all`. */
export function describePorts(ports: PortSet): string {
  return ports.isAll ? 'all' : ports.key;
}

/** Each link in a line: `a => b : TCP 80`, `a =? b : TCP 81` for what may be. */
export function lines(reach: Reach, question: Question = { mergesAddresses: true }): string[] {
  const { ports } = reach.world.verdicts;
  return linksOf(reach, question).filter(({ from }) => from.kind !== 'node').flatMap(({ from, to, verdict }) => [
    ...verdict.sure.isEmpty ? [] : [`${from.id} => ${to.id} : ${describePorts(verdict.sure)}`],
    ...verdict.doubts ? [`${from.id} =? ${to.id} : ${describePorts(ports.rest(verdict.maybe, verdict.sure))}`] : [],
  ]);
}
