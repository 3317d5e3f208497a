import { Json, JsonObject, isObject } from '../../kube/json';
import { COMPONENTS, Component, Settings } from './component';

/** What may stand before a program that is started: `sh -c "exec kube-apiserver …"`. */
const BEFORE = new Set(['exec', '-c', '-ec', '-ce', '--', '&&', ';', 'sudo', 'env', 'tini', 'hyperkube']);
/** Where more flags may be than on the command line. */
const CONFIGURATIONS: { readonly [component in Component]?: readonly string[] } = {
  'kubelet': ['config', 'config-dir'], 'kube-proxy': ['config'], 'kube-scheduler': ['config'], 'etcd': ['config-file'],
};

/** A word of a command line, and where it stands. */
interface Word {
  readonly text: string;
  readonly field: string;
}

/** How a container runs a part of the control plane; undefined where it runs something else. */
export function commandLine(container: JsonObject, field: string): Settings | undefined {
  const words = [...wordsOf(container.command, `${field}.command`), ...wordsOf(container.args, `${field}.args`)];
  const component = started(words) ?? (Array.isArray(container.command) ? undefined : ofImage(container, words));
  if (!component) return undefined;
  const flags = component === 'etcd' ? new Map([...ofVariables(container.env, `${field}.env`), ...flagsOf(words)]) : flagsOf(words);
  const home = Array.isArray(container.command) ? `${field}.command` : Array.isArray(container.args) ? `${field}.args` : field;
  return {
    component,
    flag: name => flags.get(name)?.text,
    field: name => flags.get(name)?.field ?? home,
    ...(typeof container.name === 'string' && { container: container.name }),
    isPartial: (CONFIGURATIONS[component] ?? []).some(name => flags.has(name)) || words.some(({ text }) => /^\$[({]?\w/.test(text)),
    word: name => `--${name}`,
  };
}

/** The words of a list; a text with spaces is a line for a shell. */
function wordsOf(list: Json | undefined, field: string): Word[] {
  return (Array.isArray(list) ? list : []).flatMap((entry, i) => (
    typeof entry === 'string' ? entry.trim().split(/\s+/).map(text => ({ text: text.replace(/^["']|["'\\]$/g, ''), field: `${field}[${i}]` })) : []
  ));
}

function started(words: readonly Word[]): Component | undefined {
  for (const [i, { text }] of words.entries()) {
    const before = i === 0 ? undefined : words[i - 1].text;
    const program = COMPONENTS.find(name => text === name || text.endsWith(`/${name}`) || (before?.endsWith('hyperkube') && `kube-${text}` === name));
    if (program && (before === undefined || before.endsWith('hyperkube') || BEFORE.has(before) || /^\w+=/.test(before))) return program;
  }
  return undefined;
}

/** Without a command the image starts what it is called after: `…/etcd-amd64:3.2`. */
function ofImage({ image }: JsonObject, words: readonly Word[]): Component | undefined {
  if (typeof image !== 'string' || !words[0]?.text.startsWith('-')) return undefined;
  const name = image.replace(/@.*$/, '').replace(/^.*\//, '').replace(/:.*$/, '').replace(/-(?:amd64|arm64)$/, '');
  return COMPONENTS.find(component => component === name);
}

/** The last one wins. `--flag value` is two words, but for flags that are on or off. */
function flagsOf(words: readonly Word[]): Map<string, Word> {
  const flags = new Map<string, Word>();
  words.forEach(({ text, field }, i) => {
    const [, name, value] = /^--?([a-zA-Z][\w-]*)(?:=(.*))?$/.exec(text) ?? [];
    if (name === undefined) return;
    const next = words[i + 1]?.text;
    const isAlone = next === undefined || next.startsWith('-') || SWITCHES.has(name);
    flags.set(name, { text: value ?? (isAlone ? (SWITCHES.has(name) ? 'true' : '') : next), field });
  });
  return flags;
}

/** etcd reads its flags from the environment as well: ETCD_CLIENT_CERT_AUTH. */
function ofVariables(env: Json | undefined, field: string): Map<string, Word> {
  return new Map((Array.isArray(env) ? env : []).flatMap((entry, i) => {
    const name = isObject(entry) && typeof entry.name === 'string' ? /^ETCD_([A-Z_]+)$/.exec(entry.name)?.[1] : undefined;
    const text = String((entry as JsonObject)?.value ?? '');
    return name === undefined ? [] : [[name.toLowerCase().replace(/_/g, '-'), { text, field: `${field}[${i}]` }] as const];
  }));
}

/** Flags that are on or off: the word behind one is not its value. */
const SWITCHES: ReadonlySet<string> = new Set([
  'anonymous-auth', 'profiling', 'kubelet-https', 'service-account-lookup', 'service-account-extend-token-expiration',
  'use-service-account-credentials', 'client-cert-auth', 'peer-client-cert-auth', 'auto-tls', 'peer-auto-tls', 'protect-kernel-defaults',
  'make-iptables-util-chains', 'rotate-certificates', 'seccomp-default', 'allow-privileged', 'enable-bootstrap-token-auth', 'leader-elect', 'allocate-node-cidrs',
]);
