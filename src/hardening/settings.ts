import type { IConstruct } from 'constructs';
import { RulePack } from '../rules/packs';
import { FailOn } from './hardening-options';

/** What was asked for at a scope. */
export interface Settings {
  readonly version: 1;
  /** Whether remedies are laid on, or objects are judged as they are. */
  readonly enforces: boolean;
  readonly failOn: FailOn;
  readonly pack: RulePack;
}

const KEY = Symbol.for('cdk8s-hardened.hardening/1');

/** Stores what was asked for; who asks again has changed his mind. */
export function storeSettings(scope: IConstruct, settings: Settings): void {
  Object.defineProperty(scope, KEY, { value: settings, configurable: true });
}

/** What was asked for at the nearest scope of a construct; undefined where nobody has asked. */
export function settingsOf(construct: IConstruct): Settings | undefined {
  for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
    const settings = (scope as unknown as { [KEY]?: Settings })[KEY];
    if (settings) return settings;
  }
  return undefined;
}
