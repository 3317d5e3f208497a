import { Fault, didYouMean } from '../kube/faults';
import { Json, JsonObject, isObject } from '../kube/json';
import { refusal } from '../kube/reading/files';
import type { Located } from '../kube/reading/locate';
import { PlainFile, readPlainFile } from '../kube/reading/plain-file';
import { Unreadable } from '../kube/reading/problem';
import { upwards } from '../kube/reading/upwards';
import { Severity } from '../kube/severity';
import type { Decision } from './choose-pack';
import type { Parameters } from './parameters';

/** The file that says what a repository has decided. */
export const CONFIG_FILE = '.hardened.yaml';

/** What a repository has decided for all calls; what stands on a command line goes before it. */
export interface Config {
  /** Where it was read. @default - there is no such file */
  readonly file?: string;
  readonly packs?: readonly string[];
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly parameters: Parameters;
  readonly kubernetes?: string;
  readonly failOn?: string;
  /** What must stay true of who reaches whom, as it was written: `invariants` reads it. */
  readonly invariants?: Json;
  /** `file:line` of a field, for messages. */
  where(field?: string): string;
  /** Line and column of a field; of its nearest parent where it is not there. */
  locate(field: string): Located;
}

const KEYS = ['pack', 'rules', 'parameters', 'kubernetes', 'failOn', 'invariants'];
const DECISIONS: { readonly [word: string]: Decision } = { error: Severity.ERROR, warning: Severity.WARNING, off: 'off' };
const FAIL_ON = ['error', 'warning', 'never'];
const PARAMETERS = ['allowedRegistries', 'minimumUid'];
const NO_CONFIG: Config = {
  decisions: new Map(), parameters: {}, where: () => CONFIG_FILE, locate: () => ({ line: 1, column: 1, endLine: 1, endColumn: 1 }),
};

/**
 * What was decided for a place: by the file that was named, else by the first `.hardened.yaml` found upwards from there.
 *
 * @param where who asks, for messages
 */
export function configFor(where: string, place: string, named?: string): Config {
  const file = named ?? upwards(place, CONFIG_FILE);
  if (file === undefined) return NO_CONFIG;
  return new Reader(file, read(where, file)).config();
}

function read(where: string, file: string): PlainFile {
  try {
    return readPlainFile(file);
  } catch (error) {
    const [what, advice] = (error instanceof Unreadable ? error.message : refusal(error)).split(/\. (?=[A-Z])/);
    throw new Fault({ where, what: `'${file}': ${what.replace(/\.$/, '')}`, id: 'config-invalid', advice: advice ?? 'Mend it there.' });
  }
}

/** Reads what the file says. A setting that nobody reads would protect nobody, so there is none. */
class Reader {
  constructor(private readonly file: string, private readonly plain: PlainFile) {}

  public config(): Config {
    const { value } = this.plain;
    if (value !== null && !isObject(value)) throw this.fault('', 'it is no mapping', `Write ${KEYS.join(', ')} as its keys.`);
    const settings = value ?? {};
    this.checkKeys('', settings, KEYS);
    return {
      file: this.file,
      packs: this.packs(settings.pack),
      decisions: this.decisions(settings.rules),
      parameters: this.parameters(settings.parameters),
      kubernetes: this.kubernetes(settings.kubernetes),
      failOn: this.failOn(settings.failOn),
      invariants: settings.invariants,
      where: field => this.where(field),
      locate: field => this.plain.locate(field),
    };
  }

  private packs(value: Json | undefined): readonly string[] | undefined {
    if (value === undefined) return undefined;
    const names = typeof value === 'string' ? value.split(/\s*,\s*/) : value;
    if (Array.isArray(names) && names.length && names.every(name => typeof name === 'string')) return names;
    throw this.fault('pack', 'pack is no name and no list of names', 'Write a pack, or a list of packs and rules: pack: [pss-restricted, image-digest].');
  }

  private decisions(value: Json | undefined): ReadonlyMap<string, Decision> {
    if (value === undefined) return new Map();
    if (!isObject(value)) throw this.fault('rules', 'rules is no mapping', 'Write what is decided by rule: rules: { pod-liveness-probe: off }.');
    return new Map(Object.entries(value).map(([rule, said]) => {
      // YAML as Kubernetes reads it takes `off` for false.
      const word = said === false ? 'off' : said;
      if (typeof word !== 'string' || !Object.hasOwn(DECISIONS, word)) {
        const advice = typeof word === 'string' ? didYouMean(word, Object.keys(DECISIONS)) : 'Write error, warning or off.';
        throw this.fault(`rules.${rule}`, `'${rule}' is to be ${JSON.stringify(said)}`, advice);
      }
      return [rule, DECISIONS[word]] as const;
    }));
  }

  private parameters(value: Json | undefined): Parameters {
    if (value === undefined) return {};
    if (!isObject(value)) throw this.fault('parameters', 'parameters is no mapping', `Write ${PARAMETERS.join(', ')} as its keys.`);
    this.checkKeys('parameters.', value, PARAMETERS);
    const { allowedRegistries: registries, minimumUid } = value;
    if (registries !== undefined && !(Array.isArray(registries) && registries.every(name => typeof name === 'string' && name !== ''))) {
      throw this.fault('parameters.allowedRegistries', 'allowedRegistries is no list of registries', 'Write them as a list: [registry.example.org, docker.io/library].');
    }
    if (minimumUid !== undefined && !(Number.isSafeInteger(minimumUid) && (minimumUid as number) > 0)) {
      throw this.fault('parameters.minimumUid', `minimumUid is ${JSON.stringify(minimumUid)}`, 'Write a whole number above 0, such as 10000.');
    }
    return {
      ...(registries && { allowedRegistries: registries as string[] }),
      ...(minimumUid !== undefined && { minimumUid: minimumUid as number }),
    };
  }

  private kubernetes(value: Json | undefined): string | undefined {
    if (value === undefined || typeof value === 'string') return value;
    throw this.fault('kubernetes', `kubernetes is ${JSON.stringify(value)}, not a text`, "Quote the version: kubernetes: '1.35'; 1.30 without quotes would be 1.3.");
  }

  private failOn(value: Json | undefined): string | undefined {
    if (value === undefined || (typeof value === 'string' && FAIL_ON.includes(value))) return value;
    throw this.fault('failOn', `failOn is ${JSON.stringify(value)}`, typeof value === 'string' ? didYouMean(value, FAIL_ON) : `Write ${FAIL_ON.join(', ')}.`);
  }

  private checkKeys(above: string, value: JsonObject, known: readonly string[]): void {
    const unknown = Object.keys(value).find(key => !known.includes(key));
    if (unknown !== undefined) throw this.fault(`${above}${unknown}`, `there is no setting '${above}${unknown}'`, didYouMean(unknown, known));
  }

  private fault(field: string, what: string, advice: string): Fault {
    return new Fault({ where: this.where(field), what, id: 'config-invalid', advice });
  }

  private where(field = ''): string {
    return `${this.file}:${this.plain.locate(field).line}`;
  }
}
