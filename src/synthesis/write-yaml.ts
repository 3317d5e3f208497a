import { Yaml } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { aroundSynthesis } from '../posture/synthesis';
import { plainYaml, theirs } from './plain-yaml';

/** Kinds of which an object was written in both ways, and came out the same. */
const AGREED = new Set<unknown>();
let differs = false;

/**
 * Has an app write plain objects as YAML in one pass. For as long as it is synthesized we stand in for cdk8s's `Yaml.stringify`,
 * and hand it whatever is not plain. Where somebody else stands in for it we do not.
 */
export function writePlainYaml(construct: IConstruct): void {
  aroundSynthesis(construct, synthesize => {
    if (Yaml.stringify !== theirs) return synthesize();
    const ours = (...documents: unknown[]) => documents.map(documentText).join('---\n');
    Yaml.stringify = ours;
    try {
      return synthesize();
    } finally {
      if (Yaml.stringify === ours) Yaml.stringify = theirs;
    }
  });
}

/**
 * A document as cdk8s writes it. The first of each kind is written in both ways: should a version of cdk8s that is not
 * known yet write otherwise, it is asked for everything.
 */
function documentText(document: unknown): string {
  const text = differs ? undefined : plainYaml(document);
  if (text === undefined) return theirs.call(Yaml, document);
  const { kind } = document as { readonly kind?: unknown };
  if (AGREED.has(kind)) return text;
  const expected = theirs.call(Yaml, document);
  if (expected === text) AGREED.add(kind);
  else differs = true;
  return expected;
}
