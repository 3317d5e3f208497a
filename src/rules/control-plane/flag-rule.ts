import { JsonObject } from '../../kube/json';
import { hasPod } from '../../kube/kinds';
import { Severity } from '../../kube/severity';
import { ManifestRule } from '../manifest-rule';
import { Controls, Violation } from '../rule';
import { Component, Settings } from './component';
import { CONFIGURATION_KINDS } from './configurations';
import { settingsOf } from './settings';

/** What is wrong with the values of flags, in the order in which they were named: the end of "--profiling …". */
export interface Wanted {
  /** The flag that is wrong, and what is wrong with it; undefined where all is right. */
  wrong(values: readonly (string | undefined)[], flags: readonly string[]): readonly [flag: string, what: string] | undefined;
}

/** A row of the tables of flags. */
export interface FlagRow {
  readonly id: string;
  readonly title: string;
  readonly severity?: Severity;
  readonly controls?: Controls;
  readonly flags: readonly string[];
  readonly wanted: Wanted;
  /** Flags that say the same in another way: where one is set, nothing is said. */
  readonly unless?: readonly string[];
  /** Whether a configuration file of the kubelet can say it. @default true */
  readonly isField?: boolean;
  readonly advice: string;
}

const KINDS = [
  'Pod', 'ReplicationController', 'ReplicaSet', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'PodTemplate',
].filter(hasPod);

/** The rule about a flag of a part of the control plane, or of a node: static pods, and the files of kubeadm and the kubelet. */
export function flagRules(component: Component, rows: readonly FlagRow[]): ManifestRule[] {
  return rows.map(({ flags, wanted, unless = [], isField = true, severity = Severity.WARNING, ...head }) => ({
    ...head,
    severity,
    kinds: [...KINDS, ...CONFIGURATION_KINDS],
    isAbout: hasSettings,
    check: ({ manifest }) => settingsOf(manifest).flatMap((settings): Violation[] => {
      if (settings.component !== component || (!isField && manifest.kind === 'KubeletConfiguration')) return [];
      const values = flags.map(settings.flag);
      if (values.every(value => value === undefined) && settings.isPartial) return [];
      if (unless.some(flag => isSet(settings, flag))) return [];
      const found = wanted.wrong(values, flags);
      if (!found) return [];
      const [flag, what] = found;
      const { container } = settings;
      return [{ field: settings.field(flag), what: `${settings.word(flag)} of ${component} ${what}`, ...(container !== undefined && { container }) }];
    }),
  }));
}

function hasSettings(manifest: JsonObject): boolean {
  return settingsOf(manifest).length > 0;
}

function isSet({ flag }: Settings, name: string): boolean {
  const value = flag(name);
  return value !== undefined && value !== '' && value !== 'false';
}

const ON = ['true', '1', 't', 'TRUE', 'True', 'T'];
const OFF = ['false', '0', 'f', 'FALSE', 'False', 'F'];

/** The flag is on, or off; where it is not set, it is what it is by default. */
export function mustBe(wished: boolean, byDefault: boolean): Wanted {
  return {
    wrong: ([value], [flag]) => {
      if (value === undefined) return wished === byDefault ? undefined : [flag, `is not set, and ${byDefault ? 'on' : 'off'} by default`];
      return (wished ? ON : OFF).includes(value) ? undefined : [flag, `is '${value}'`];
    },
  };
}

/** Every one of the flags has a value. */
export const SET: Wanted = {
  wrong: (values, flags) => {
    const missing = flags.findIndex((_, i) => values[i] === undefined || values[i] === '');
    return missing < 0 ? undefined : [flags[missing], 'is not set'];
  },
};

/** The flag is not there. */
export const ABSENT: Wanted = { wrong: ([value], [flag]) => value === undefined ? undefined : [flag, `is set to '${value}'`] };

/** A list with commas has an entry; where the list is not set, it has not. */
export function includes(wished: string): Wanted {
  return {
    wrong: ([value], [flag]) => {
      if (list(value).includes(wished)) return undefined;
      return [flag, value === undefined ? `is not set, and does not have ${wished} by default` : `is '${value}', without ${wished}`];
    },
  };
}

/** A list with commas does not have an entry. */
export function excludes(unwanted: string): Wanted {
  return { wrong: ([value], [flag]) => list(value).includes(unwanted) ? [flag, `has ${unwanted}`] : undefined };
}

/** Every entry of a list with commas is one of these; an absent list is right. */
export function among(known: readonly string[]): Wanted {
  return {
    wrong: ([value], [flag]) => {
      const other = list(value).find(entry => entry !== '' && !known.includes(entry));
      return other === undefined ? undefined : [flag, `has ${other}`];
    },
  };
}

/** A number that is at least so large. */
export function atLeast(least: number, isDefault = false): Wanted {
  return {
    wrong: ([value], [flag]) => {
      if (value === undefined) return isDefault ? undefined : [flag, 'is not set'];
      const number = /^-?\d+$/.test(value) ? Number(value) : NaN;
      return number >= least ? undefined : [flag, `is '${value}'`];
    },
  };
}

/** One of some values; what it is where it is not set is right, or is not. */
export function oneOf(values: readonly string[], isDefault: boolean): Wanted {
  return {
    wrong: ([value], [flag]) => {
      if (value === undefined) return isDefault ? undefined : [flag, 'is not set'];
      return values.includes(value) ? undefined : [flag, `is '${value}'`];
    },
  };
}

/** A time as Go writes it that is longer than none, and no longer than so many seconds; the default is right. */
export function within(most: number): Wanted {
  return {
    wrong: ([value], [flag]) => {
      const seconds = value === undefined ? undefined : secondsOf(value);
      return value === undefined || (seconds !== undefined && seconds > 0 && seconds <= most) ? undefined : [flag, `is '${value}'`];
    },
  };
}

const UNITS: { readonly [unit: string]: number } = { h: 3600, m: 60, s: 1, ms: 0.001, us: 0.000001, ns: 0.000000001 };

/** `1h30m` in seconds; a bare number counts seconds. */
function secondsOf(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  if (!/^(?:\d+(?:\.\d+)?(?:h|ms|us|ns|m|s))+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|us|ns|m|s)/g)].reduce((sum, [, number, unit]) => sum + Number(number) * UNITS[unit], 0);
}

function list(value: string | undefined): string[] {
  return value === undefined ? [] : value.split(',').map(entry => entry.trim());
}

/** An address of the node itself, with a port or without; the default is one. */
export const LOCAL: Wanted = {
  wrong: ([value], [flag]) => value === undefined || /^(?:127\.\d+\.\d+\.\d+|\[::1\]|::1$|localhost)(?::\d+)?$/.test(value) ? undefined : [flag, `is '${value}'`],
};
