import { ApiObject } from 'cdk8s';
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
    const settings = settingsAt(scope);
    if (settings) return settings;
  }
  return undefined;
}

function settingsAt(scope: IConstruct): Settings | undefined {
  return (scope as unknown as { [KEY]?: Settings })[KEY];
}

/** An object for which something was asked for. */
export interface Asked {
  readonly object: ApiObject;
  readonly settings: Settings;
}

/**
 * The objects of a whole tree for which something was asked for, in the order of the tree.
 *
 * @param otherwise what holds where nobody has asked; those objects are left out without it
 */
export function allAsked(root: IConstruct, otherwise?: Settings): readonly Asked[] {
  const all: Asked[] = [];
  addAsked(root, otherwise, all);
  return all;
}

function addAsked(scope: IConstruct, inherited: Settings | undefined, all: Asked[]): void {
  const settings = settingsAt(scope) ?? inherited;
  if (settings && ApiObject.isApiObject(scope)) all.push({ object: scope, settings });
  for (const child of scope.node.children) addAsked(child, settings, all);
}
