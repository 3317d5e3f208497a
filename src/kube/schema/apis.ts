import { didYouMean, suggestion } from '../faults';
import { SchemaFault } from './fault';
import { Lifecycle, Span, holds, kinds, lifecycles } from './table';

/** What is to be said of an object's API version and kind, in a minor version of Kubernetes. */
export function apiFault(apiVersion: string, kind: string, minor: number): SchemaFault | undefined {
  const lifecycle = lifecycles().get(`${apiVersion} ${kind}`);
  const spans = kinds().get(apiVersion)?.get(kind);
  if (spans?.some(span => holds(span, minor))) {
    return lifecycle && lifecycle.deprecated <= minor ? deprecated(apiVersion, kind, lifecycle, minor) : undefined;
  }
  const gone = lifecycle?.removed !== undefined && lifecycle.removed <= minor
    ? lifecycle.removed : spans && spans.every(({ until }) => until < minor) ? last(spans) + 1 : undefined;
  if (gone !== undefined) {
    return {
      kind: 'api-removed',
      field: 'apiVersion',
      what: `${apiVersion} ${kind} was removed in Kubernetes 1.${gone}`,
      advice: insteadOf(apiVersion, kind, lifecycle, minor),
    };
  }
  if (spans) {
    const since = Math.min(...spans.filter(span => span.since > minor).map(span => span.since));
    return {
      kind: 'api-unknown',
      field: 'apiVersion',
      what: `${apiVersion} ${kind} came with Kubernetes 1.${since}, and this is 1.${minor}`,
      advice: insteadOf(apiVersion, kind, undefined, minor),
    };
  }
  return isBuiltIn(apiVersion) ? unknown(apiVersion, kind, minor) : undefined;
}

/** Whether the group of an API version is Kubernetes' own: a group without a dot can be nobody else's. */
export function isBuiltIn(apiVersion: string): boolean {
  const group = groupOf(apiVersion);
  return !group.includes('.') || [...kinds().keys()].some(known => groupOf(known) === group);
}

function deprecated(apiVersion: string, kind: string, lifecycle: Lifecycle, minor: number): SchemaFault {
  const { removed } = lifecycle;
  const until = removed !== undefined && removed > minor ? `, and is to be removed in 1.${removed}` : '';
  return {
    kind: 'api-deprecated',
    field: 'apiVersion',
    what: `${apiVersion} ${kind} is deprecated since Kubernetes 1.${lifecycle.deprecated}${until}`,
    advice: insteadOf(apiVersion, kind, lifecycle, minor),
  };
}

function unknown(apiVersion: string, kind: string, minor: number): SchemaFault {
  const served = servedVersions(kind, minor);
  const here = kindsOf(apiVersion, minor);
  const near = sameLetters(kind, here) ?? suggestion(kind, here);
  if (!served.length && here.length) {
    const elsewhere = near ?? sameLetters(kind, allKinds(minor)) ?? suggestion(kind, allKinds(minor));
    const home = elsewhere && !here.includes(elsewhere) ? ` of ${servedVersions(elsewhere, minor)[0]}` : '';
    return {
      kind: 'api-unknown',
      field: 'kind',
      what: `'${kind}' is no kind of ${apiVersion}`,
      advice: elsewhere ? `Did you mean '${elsewhere}'${home}?` : didYouMean(kind, here),
    };
  }
  const closest = suggestion(apiVersion, [...kinds().keys()]);
  return {
    kind: 'api-unknown',
    field: 'apiVersion',
    what: `there is no ${apiVersion} ${kind} in Kubernetes 1.${minor}`,
    advice: served.length ? `Write ${list(served)}.` : closest ? `Did you mean '${closest}'?` : 'Custom resources have a group with a dot, such as example.org/v1.',
  };
}

/** What to write instead: what the API's own makers say, where it is served, else the same kind in another version. */
function insteadOf(apiVersion: string, kind: string, lifecycle: Lifecycle | undefined, minor: number): string {
  const [version, name] = lifecycle?.replacement?.split(' ') ?? [];
  const target = name ?? kind;
  const served = servedVersions(target, minor).filter(one => one !== apiVersion);
  const fresh = served.filter(one => !isOld(one, target, minor));
  const group = groupOf(apiVersion);
  const best = [version, ...served.filter(one => groupOf(one) === group), ...served]
    .find(one => one !== undefined && (fresh.length ? fresh : served).includes(one));
  if (!best) return 'Nothing replaces it: remove the object.';
  return name && name !== kind ? `Write ${best} ${name}.` : `Write ${best}, and look up what its fields are called there.`;
}

/** The API versions that serve a kind, those first that are not deprecated, then the stable before the others. */
function servedVersions(kind: string, minor: number): string[] {
  return [...kinds()]
    .filter(([, names]) => names.get(kind)?.some(span => holds(span, minor)))
    .map(([apiVersion]) => apiVersion)
    .sort((a, b) => Number(isOld(a, kind, minor)) - Number(isOld(b, kind, minor)) || maturity(a) - maturity(b) || (a < b ? -1 : 1));
}

function isOld(apiVersion: string, kind: string, minor: number): boolean {
  return (lifecycles().get(`${apiVersion} ${kind}`)?.deprecated ?? Infinity) <= minor;
}

/** The kinds that an API version has. */
function kindsOf(apiVersion: string, minor: number): string[] {
  return [...kinds().get(apiVersion) ?? []].filter(([, spans]) => spans.some(span => holds(span, minor))).map(([name]) => name);
}

function allKinds(minor: number): string[] {
  return [...kinds().keys()].flatMap(apiVersion => kindsOf(apiVersion, minor));
}

function maturity(apiVersion: string): number {
  return ['', 'beta', 'alpha'].findIndex(word => word !== '' && apiVersion.includes(word));
}

function sameLetters(word: string, choices: readonly string[]): string | undefined {
  return choices.find(choice => choice.toLowerCase() === word.toLowerCase());
}

function last(spans: readonly Span[]): number {
  return Math.max(...spans.map(({ until }) => until));
}

function list(words: readonly string[]): string {
  return words.slice(0, 3).join(' or ');
}

/** `apps` of `apps/v1`; `` of `v1`. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}
