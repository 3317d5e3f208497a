/** Namespaces that are not written by an app but spoken of as places of its objects: somebody else has made them. */
export function foreignNamespaces(manifests: readonly any[]): any[] {
  const names = new Set(manifests.map(({ metadata }) => metadata.namespace).filter(Boolean));
  for (const { kind, metadata } of manifests) if (kind === 'Namespace') names.delete(metadata.name);
  return [...names].map(name => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
}

/** Manifests with each namespace under another name, wherever it is spoken of. */
export function inOtherNamespaces(manifests: readonly any[], rename: (name: string) => string): any[] {
  return manifests.map(manifest => {
    const { kind, metadata } = manifest;
    const renamed = kind === 'Namespace' ? { name: rename(metadata.name) } : metadata.namespace === undefined ? {} : { namespace: rename(metadata.namespace) };
    return { ...spoken(manifest, rename), metadata: { ...metadata, ...renamed } };
  });
}

/** Selectors of namespaces by name, and what refers to an object of another namespace. */
function spoken(value: any, rename: (name: string) => string): any {
  if (Array.isArray(value)) return value.map(item => spoken(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  if (value.key === NAME && value.values) return { ...value, values: value.values.map(rename) };
  const isReference = typeof value.namespace === 'string' && typeof value.name === 'string';
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => (
    [key, (key === NAME || (isReference && key === 'namespace')) && typeof inner === 'string' ? rename(inner) : spoken(inner, rename)]
  )));
}

const NAME = 'kubernetes.io/metadata.name';
