import { remembered } from '../kube/remembered';
import { PlacedFinding } from './answer';
import { plainJson } from './plain';

/** How many texts are kept as JSON. */
const MOST = 10_000;

/**
 * Writes findings as JSON. Tens of thousands say the same few texts of many objects: each text is written as JSON once.
 * Key by key: what a finding or a source may have besides is not in the contract.
 */
export class FindingJson {
  private readonly text = remembered((value: string) => plainJson(value), MOST);
  private readonly lists = new Map<PlacedFinding['controls'], string>();
  /** The object that was written last: findings come object by object. */
  private object?: PlacedFinding['object'];
  private its = '';

  public write(finding: PlacedFinding): string {
    const { rule, severity, object, field, container, message, advice, fingerprint, source, controls, waiver, isKnown } = finding;
    const { file, document, line, column, construct } = source;
    const { text } = this;
    const said = `{"rule":${text(rule)},"severity":${text(severity)},"object":${this.objectText(object)},"field":${text(field)},"container":${this.orNull(container)}`;
    const words = `,"message":${text(message)},"advice":${text(advice)},"fingerprint":${plainJson(fingerprint)}`;
    const place = `,"source":{"file":${text(file)},"document":${document},"line":${line},"column":${column},"construct":${this.orNull(construct)}}`;
    const known = isKnown === undefined ? '' : `,"known":${isKnown}`;
    return `${said}${words}${place},"controls":${this.controlsText(controls)},"waiver":${plainJson(waiver)}${known}}`;
  }

  private orNull(value: string | null): string {
    return value === null ? 'null' : this.text(value);
  }

  private objectText(object: PlacedFinding['object']): string {
    if (this.object !== object) {
      const { apiVersion, kind, namespace, name } = object;
      this.object = object;
      this.its = plainJson({ apiVersion, kind, namespace, name });
    }
    return this.its;
  }

  /** A rule has the same for all of its findings. */
  private controlsText(controls: PlacedFinding['controls']): string {
    let known = this.lists.get(controls);
    if (known === undefined) {
      known = plainJson(controls);
      if (this.lists.size < MOST) this.lists.set(controls, known);
    }
    return known;
  }
}
