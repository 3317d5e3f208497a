import { digest } from './digest';
import { Fault } from './faults';
import { remembered } from './remembered';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Tells whether Kubernetes takes it as a DNS label (RFC 1123): containers, namespaces, Services. */
export function isDnsLabel(name: string): boolean {
  return name.length <= 63 && LABEL.test(name);
}

/** Tells whether Kubernetes takes it as a DNS subdomain (RFC 1123): most objects. */
export function isDnsSubdomain(name: string): boolean {
  return name.length <= 253 && SUBDOMAIN.test(name);
}

/** The nearest name that Kubernetes takes, for "did you mean". */
export function toDnsLabel(text: string, maxLength = 63): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, maxLength).replace(/^-+|-+$/g, '') || 'x';
}

/** Refuses a name that Kubernetes would refuse. */
export function checkDnsLabel(where: string, what: string, name: string): void {
  if (isDnsLabel(name)) return;
  throw new Fault({
    where,
    what: `'${name}' is no name that Kubernetes takes for ${what}`,
    id: 'name-invalid',
    advice: `Use at most 63 lower-case letters, digits and '-', beginning and ending with a letter or digit: did you mean '${toDnsLabel(name)}'?`,
  });
}

/** Refuses a name that Kubernetes would refuse for most objects. */
export function checkDnsSubdomain(where: string, what: string, name: string): string {
  if (isDnsSubdomain(name)) return name;
  throw new Fault({ where, what: `'${name}' is no name that Kubernetes takes for ${what}`, id: 'name-invalid', advice: `Did you mean '${toDnsLabel(name)}'?` });
}

/** Cuts a name that is too long, and appends a hash of the whole so that it stays unique. */
export function shorten(name: string, maxLength: number): string {
  if (name.length <= maxLength) return name;
  return `${name.slice(0, maxLength - 9).replace(/[^a-z0-9]+$/, '')}-${digest(name, 8)}`;
}

/** A path as part of a name: `/var/lib/x` becomes `var-lib-x`. */
export function pathToName(path: string, prefix: string): string {
  return shorten(`${prefix}-${slugOf(path)}`, 63);
}

const slugOf = remembered(path => toDnsLabel(path.replace(/[^A-Za-z0-9]+/g, '-'), 253));
