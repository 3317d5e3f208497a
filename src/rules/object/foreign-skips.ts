import { waiverAnnotation } from '../../kube/annotations';
import { podPart } from '../../kube/kinds';
import { Manifest, ObjectMeta } from '../../kube/pod-spec';
import { Severity } from '../../kube/severity';
import type { ManifestRule } from '../manifest-rule';
import { Controls, RuleHead } from '../rule';

/** What another tool is told not to look at. */
interface Skip {
  readonly tool: string;
  /** The id that is skipped there. @default - everything */
  readonly id?: string;
  /** Where rules name that id. */
  readonly standard: 'checkov' | 'kubeLinter' | 'kubeScore' | 'polaris';
  readonly reason?: string;
}

/** How each tool is told so, by the annotations that its own code reads. */
const READERS: readonly ((key: string, value: string) => readonly Skip[])[] = [
  // Checkov looks for the key anywhere in that of an annotation.
  (key, value) => {
    if (!/(?:checkov|bridgecrew)\.io\/skip/.test(key)) return [];
    const [id, ...reason] = value.split('=');
    return [{ tool: 'Checkov', standard: 'checkov', id: id.trim(), reason: reason.join('=') }];
  },
  (key, value) => {
    const start = 'ignore-check.kube-linter.io/';
    const tool = { tool: 'kube-linter', standard: 'kubeLinter', reason: value } as const;
    if (key === 'kube-linter.io/ignore-all') return [tool];
    return key.startsWith(start) ? [{ ...tool, id: key.slice(start.length) }] : [];
  },
  (key, value) => {
    const tool = { tool: 'kube-score', standard: 'kubeScore' } as const;
    if (key === 'kube-score/skip') return isTrue(value) ? [tool] : [];
    return key === 'kube-score/ignore' ? value.split(',').map(id => id.trim()).filter(id => id).map(id => ({ ...tool, id })) : [];
  },
  (key, value) => {
    const tool = { tool: 'Polaris', standard: 'polaris' } as const;
    const [, id] = /^polaris\.fairwinds\.com\/(?:(.+)-)?exempt$/.exec(key) ?? ['', key];
    return id === key || !isTrue(value) ? [] : [{ ...tool, ...(id && { id }) }];
  },
];

/**
 * An annotation tells another scanner to look away: Checkov (`checkov.io/skipN`), kube-linter (`ignore-check.kube-linter.io/NAME`),
 * kube-score (`kube-score/ignore`), Polaris (`polaris.fairwinds.com/NAME-exempt`). It waives nothing here, most of these say
 * neither why nor until when, and nobody answers for them. Where the object has a waiver of the rule that asks the same, that one does.
 *
 * Restricted fields: metadata.annotations of any object and of pod templates
 * Allowed values: none without a waiver of the same
 */
export const WAIVER_FOREIGN: RuleHead = {
  id: 'waiver-foreign',
  title: 'What other scanners are told to skip is waived here, too',
  severity: Severity.WARNING,
  advice: 'Remove the annotation, or write a waiver that says why, who answers for it and until when.',
};

/** The rule about what other scanners are told to skip; it names those of these rules that ask the same. */
export function foreignSkips(rules: readonly RuleHead[]): ManifestRule {
  const asking = byForeignId(rules);
  return {
    ...WAIVER_FOREIGN,
    check: ({ manifest }) => {
      const { metadata, metadata: { annotations = {} } } = manifest as Manifest;
      const part = podPart(manifest as Manifest);
      const ofTemplate = part && part.meta !== metadata ? skipsIn(part.meta.annotations, part.field.replace(/spec$/, 'metadata.')) : [];
      return [...skipsIn(annotations, 'metadata.'), ...ofTemplate].flatMap(({ field, skip }) => {
        const same = skip.id === undefined ? [] : asking.get(`${skip.standard} ${skip.id}`) ?? [];
        if (same.some(rule => Object.hasOwn(annotations, waiverAnnotation(rule)))) return [];
        return [{ field, what: told(skip), advice: adviceOn(same) }];
      });
    },
  };
}

function skipsIn(annotations: ObjectMeta['annotations'] = {}, place: string): { field: string; skip: Skip }[] {
  return Object.entries(annotations).flatMap(([key, value]) => (
    READERS.flatMap(skips => skips(key, value)).map(skip => ({ field: `${place}annotations[${key}]`, skip }))
  ));
}

function told({ tool, id, reason = '' }: Skip): string {
  const said = reason.trim();
  return `${tool} is told to skip ${id === undefined ? 'everything' : `'${id}'`}, ${said ? `since '${said}'` : 'no reason given'}`;
}

function adviceOn(rules: readonly string[]): string | undefined {
  if (!rules.length) return undefined;
  const names = rules.map(rule => `'${rule}'`).join(', ');
  const [first] = rules;
  return `Here ${names} ${rules.length > 1 ? 'ask' : 'asks'} the same, and the annotation does not waive it: `
    + `remove it, or write '${waiverAnnotation(first)}' with reason and owner as well.`;
}

function byForeignId(rules: readonly RuleHead[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { id, controls = {} } of rules) {
    for (const standard of ['checkov', 'kubeLinter', 'kubeScore', 'polaris'] as const) {
      for (const foreign of idsOf(controls, standard)) {
        const its = found.get(`${standard} ${foreign}`);
        if (its) its.push(id);
        else found.set(`${standard} ${foreign}`, [id]);
      }
    }
  }
  return found;
}

function idsOf(controls: Controls, standard: Skip['standard']): readonly string[] {
  const ids = controls[standard] ?? [];
  return typeof ids === 'string' ? [ids] : ids;
}

function isTrue(value: string): boolean {
  return value.toLowerCase() === 'true';
}
