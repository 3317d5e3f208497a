"""
Writes objects of every built-in kind, some of them wrong, and what an independent validator (jsonschema, with the
JSON schemas of kubernetes-validate) has against each: one JSON object a line.

    schema-witness.py COUNT SEED
"""
import json
import random
import sys
from pathlib import Path

import jsonschema
import kubernetes_validate
from referencing import Registry, Resource

FOLDER = Path(kubernetes_validate.__file__).parent / 'kubernetes-json-schema'
WRONG = ['text', '12', 7, 1.5, True, [], {}, [1], {'a': 1}, None, '1Gi', '2020-01-01T00:00:00Z', [{}], -1]
DEEPEST = 7


class Version:
    def __init__(self, minor):
        text = (FOLDER / f'v1.{minor}.0-local-strict' / '_definitions.json').read_text()
        schema = json.loads(text)
        self.minor = minor
        self.definitions = schema['$defs']
        self.address = schema['$id']
        self.registry = Registry().with_resource(self.address, Resource.from_contents(schema))
        self.kinds = [name for name, one in self.definitions.items()
                      if '.ObjectMeta' in one.get('properties', {}).get('metadata', {}).get('$ref', '')
                      and one.get('x-kubernetes-group-version-kind') and '.apiserverinternal.' not in name]

    def validator(self, name):
        schema = {'$ref': f'{self.address}#/$defs/{name}'}
        return jsonschema.Draft202012Validator(schema, registry=self.registry)


def mend_required(versions):
    """What is required is what the last version says that has the field: the API server was always so, the OpenAPI was not."""
    last = {}
    for version in reversed(versions):
        for name, one in version.definitions.items():
            required = one.get('required', [])
            mended = [key for key in one.get('properties', {}) if last.setdefault((name, key), key in required)]
            if mended or 'required' in one:
                one['required'] = mended


def some(schema, version, depth=0):
    """A value that is right by the schema."""
    if '$ref' in schema:
        name = schema['$ref'].split('/')[-1]
        last = name.split('.')[-1]
        if last == 'IntOrString':
            return random.choice([80, 'http'])
        if last == 'Quantity':
            return random.choice([2, '64Mi', '0.5'])
        if last in ('Time', 'MicroTime'):
            return '2020-01-01T00:00:00Z'
        return some(version.definitions[name], version, depth + 1)
    kind = [one for one in [schema.get('type')] if one]
    kind = [one for one in (kind[0] if kind and isinstance(kind[0], list) else kind) if one != 'null']
    kind = kind[0] if kind else 'any'
    if kind == 'object' and 'properties' in schema:
        is_root = 'x-kubernetes-group-version-kind' in schema
        share = 0.5 if depth < 3 else 0.25
        return {key: some(inner, version, depth) for key, inner in schema['properties'].items()
                if not (is_root and key == 'status')
                and (key in schema.get('required', []) or is_root and key in ('apiVersion', 'kind')
                     or depth < DEEPEST and random.random() < share)}
    if kind == 'object':
        inner = schema.get('additionalProperties')
        return {'a.b/c': some(inner, version, depth)} if isinstance(inner, dict) else {}
    if kind == 'array':
        return [] if depth >= DEEPEST else [some(schema['items'], version, depth + 1) for _ in range(random.randint(1, 2))]
    if 'enum' in schema:
        return schema['enum'][0]
    return {'string': 'YWJj' if schema.get('format') == 'byte' else 'text', 'integer': 1, 'number': 1.5, 'boolean': True, 'any': True}[kind]


def places(value, found):
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        found.append((value, key))
        if isinstance(value[key], (dict, list)):
            places(value[key], found)
    return found


def spoil(manifest):
    """One mistake: a misspelt field, a wrong value, or a field left out."""
    choices = [(holder, key) for holder, key in places(manifest, [])
               if not (holder is manifest and key in ('apiVersion', 'kind', 'metadata', 'status'))]
    if not choices:
        return
    holder, key = random.choice(choices)
    how = random.random()
    if isinstance(holder, dict) and how < 0.35:
        holder[random.choice([key + 's', key[1:] or 'x', key.upper(), key.capitalize()])] = holder.pop(key)
    elif isinstance(holder, dict) and how < 0.55:
        del holder[key]
    else:
        wrong = random.choice(WRONG)
        holder[key] = json.loads(json.dumps('text' if wrong is None and isinstance(holder, list) else wrong))


def without_nulls(value):
    """The API server reads null as if nothing were written; the schemas know null for optional fields only."""
    if isinstance(value, dict):
        return {key: without_nulls(one) for key, one in value.items() if one is not None}
    return [without_nulls(one) for one in value] if isinstance(value, list) else value


def verdict(version, name, manifest):
    found = {'unknown': [], 'type': [], 'missing': []}
    validator = version.validator(name)
    for error in validator.iter_errors(manifest):
        if error.validator == 'additionalProperties':
            known = error.schema.get('properties', {})
            found['unknown'] += [list(error.absolute_path) + [key] for key in error.instance if key not in known]
    for error in validator.iter_errors(without_nulls(manifest)):
        path = list(error.absolute_path)
        if error.validator == 'required':
            found['missing'] += [path + [key] for key in error.validator_value if key not in error.instance]
        elif error.schema.get('format') == 'byte' and isinstance(error.instance, list) and all(
                one == 1 for one in error.instance):
            continue  # Go reads bytes from a list of numbers, too.
        elif error.validator in ('type', 'oneOf'):
            found['type'].append(path)
        elif error.validator not in ('enum', 'additionalProperties'):
            raise SystemExit(f'unexpected: {error}')
    return {key: [json.loads(one) for one in sorted({json.dumps(path) for path in paths})] for key, paths in found.items()}


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    random.seed(seed)
    versions = [Version(minor) for minor in range(27, 38)]
    mend_required(versions)
    for _ in range(count):
        version = random.choice(versions)
        name = random.choice(version.kinds)
        manifest = some(version.definitions[name], version)
        gvk = version.definitions[name]['x-kubernetes-group-version-kind'][0]
        manifest['apiVersion'] = '/'.join(one for one in (gvk['group'], gvk['version']) if one)
        manifest['kind'] = gvk['kind']
        for _ in range(random.randint(0, 3)):
            spoil(manifest)
        print(json.dumps({'minor': version.minor, 'manifest': manifest, **verdict(version, name, manifest)}))


main()
