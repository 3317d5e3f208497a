import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, Names } from 'cdk8s';
import { Fault } from '../kube/faults';
import { ConstructPath, PATHS_FILE, PATHS_HEADER } from '../kube/reading/construct-record';

/**
 * Options of `ConstructPaths.write`.
 */
export interface ConstructPathsOptions {
  /**
   * Where to write. Whoever hands it to `check --constructs` may choose any place; beside the manifests `check` finds it
   * by itself.
   *
   * @default - `construct-paths.jsonl` in the app's output folder
   */
  readonly file?: string;
}

/**
 * Puts down which construct wrote which object, so that `cdk8s-hardened check` names the construct of each finding
 * besides the line of the file.
 *
 * cdk8s's own `recordConstructMetadata` goes by the name of an object alone, so that a Service and a Deployment of one
 * name hide each other; this goes by API version, kind, namespace and name, and by chart where several charts write the
 * same object. It works for every construct, hardened or not, and changes no manifest.
 *
 * @example
 *
 * app.synth();
 * ConstructPaths.write(app);
 */
export class ConstructPaths {
  /**
   * Writes the record. Call it behind `app.synth()`: objects may be added and patched until then.
   *
   * @param app the app that was synthesized
   * @param options where to write
   * @throws where the file cannot be written (`construct-paths-unwritten`)
   */
  public static write(app: App, options: ConstructPathsOptions = {}): void {
    const file = options.file ?? join(app.outdir, PATHS_FILE);
    const objects = app.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
    const lines = objects.map(object => JSON.stringify(lineOf(object))).sort();
    try {
      writeFileSync(file, `${[JSON.stringify(PATHS_HEADER), ...lines].join('\n')}\n`);
    } catch (error) {
      throw new Fault({
        where: '',
        what: `'${file}' cannot be written (${(error as Error).message})`,
        id: 'construct-paths-unwritten',
        advice: 'Call it behind app.synth(), which makes the output folder.',
      });
    }
  }

  private constructor() {}
}

/** An object as it is written, after all patches. */
function lineOf(object: ApiObject): ConstructPath {
  const { apiVersion, kind, metadata: { namespace = null, name } } = object.toJson();
  return { chart: Names.toDnsLabel(Chart.of(object)), apiVersion, kind, namespace, name, construct: object.node.path };
}
