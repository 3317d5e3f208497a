import { statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { ConstructRecord, METADATA_FILE, PATHS_FILE, metadataRecord, pathsRecord } from './construct-record';
import { STANDARD_INPUT, readBytes } from './files';
import { ReadObject, Reading, readInputs } from './read';

/** A record lies beside the manifests, or beside the folders of their charts. */
const LEVELS_UP = 1;
/** A hundred times what an app of 5,000 objects writes. */
const LARGEST = 100_000_000;

/** Names the constructs that wrote objects, from what a cdk8s app has put down beside its manifests. It is looked for where it is asked for. */
export class Constructs {
  private readonly records = new Map<string, ConstructRecord | undefined>();
  private readonly named?: ConstructRecord;

  /**
   * @param reading where the objects were read
   * @param file the record that somebody has named, also for what comes by standard input; throws where it is none
   */
  constructor(private readonly reading: Reading, file?: string) {
    if (file !== undefined) this.named = this.recordIn(file);
  }

  /** The path of the construct that wrote an object, or undefined where that is not certain. */
  public of({ manifest, source: { file } }: ReadObject): string | undefined {
    if (this.named) return this.named.constructOf(manifest, file);
    if (file === STANDARD_INPUT) return undefined;
    let folder = dirname(resolve(file));
    for (let up = 0; up <= LEVELS_UP; up++, folder = dirname(folder)) {
      const record = this.recordOf(folder);
      if (record) return record.constructOf(manifest, file);
    }
    return undefined;
  }

  private recordOf(folder: string): ConstructRecord | undefined {
    if (!this.records.has(folder)) this.records.set(folder, this.firstIn(folder));
    return this.records.get(folder);
  }

  /** Whatever else lies there under such a name is none of ours to complain of. */
  private firstIn(folder: string): ConstructRecord | undefined {
    for (const name of [PATHS_FILE, METADATA_FILE]) {
      try {
        const file = join(folder, name);
        if (statSync(file).isFile()) return this.recordIn(file);
      } catch {
        continue;
      }
    }
    return undefined;
  }

  private recordIn(file: string): ConstructRecord {
    const text = readBytes(file, LARGEST).toString('utf8');
    if (basename(file) !== METADATA_FILE) return pathsRecord(text);
    return metadataRecord(text, () => this.objectsAround(dirname(resolve(file))));
  }

  /** All objects that may be meant: what was read, and what else lies in the folder. */
  private objectsAround(folder: string): readonly ReadObject[] {
    const objects = new Map(readInputs([folder]).objects.concat(this.reading.objects).map(object => {
      const { file, document, path } = object.source;
      return [JSON.stringify([file === STANDARD_INPUT ? file : resolve(file), document, path]), object];
    }));
    return [...objects.values()];
  }
}
