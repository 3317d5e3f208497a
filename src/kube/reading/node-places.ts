import { Node, nodesOf, scalarValue } from './nodes';
import { Kind, Places } from './places';

/** The places of the documents of a text by the parser's nodes. */
export function nodePlaces(text: string): Places[] {
  return nodesOf(text).map(root => new NodePlaces(text, root));
}

/** Places with all that YAML knows: aliases, braces, escapes. */
class NodePlaces extends Places {
  private readonly keys = new Map<number, string>();
  private readonly anchors = new Map<string, number>();
  private readonly aliases = new Map<number, string>();

  constructor(text: string, root: Node) {
    super(text);
    this.note(root);
  }

  protected keyOf(key: number): string | undefined {
    return this.keys.get(key);
  }

  protected mayBegin(): boolean {
    return true;
  }

  protected target(alias: number): number | undefined {
    return this.anchors.get(this.aliases.get(alias)!);
  }

  private note(node: Node): void {
    const place = this.add(kindOf(node), node.start, node.end);
    if (node.kind === 'alias') this.aliases.set(place, node.name);
    else if (node.anchor !== undefined) this.anchors.set(node.anchor, place);
    for (const item of node.kind === 'sequence' ? node.items : []) this.note(item);
    for (const { key, value } of node.kind === 'mapping' ? node.entries : []) {
      if (key.kind === 'scalar') this.keys.set(this.upcoming, scalarValue(this.text, key));
      this.note(key);
      this.note(value);
    }
    this.close(place, node.end);
  }
}

function kindOf(node: Node): Kind {
  switch (node.kind) {
    case 'scalar': return Kind.SCALAR;
    case 'alias': return Kind.ALIAS;
    case 'sequence': return Kind.LIST;
    case 'mapping': return node.flow ? Kind.BRACES : Kind.MAPPING;
  }
}
