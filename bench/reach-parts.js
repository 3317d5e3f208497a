// node bench/reach-parts.js FOLDER [grouped|explain|diff]: what the parts of an answer cost in one process, in ms of CPU, as JSON.
const { readdirSync } = require('node:fs');
const { join } = require('node:path');

const joined = join(__dirname, '../lib/joined');
const loaders = readdirSync(joined).map(name => require(join(joined, name)));
/** A compiled module, by its name, from the file that it was joined into (scripts/join). */
const lib = name => loaders.find(load => load.holds(name))(name);
const { readInputs } = lib('kube/reading/read');
const { Diff } = lib('reach/diff');
const { Explainer } = lib('reach/explain');
const { groupsOf } = lib('reach/groups');
const { Listing } = lib('reach/listing');
const { Reach } = lib('reach/reach');
const { KNOWN_VERSIONS } = lib('reach/world');

function cpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const costs = {};
function measure(name, work) {
  const start = cpu();
  const result = work();
  costs[name] = cpu() - start;
  return result;
}

const [folder, kind] = process.argv.slice(2);
const read = name => readInputs([join(folder, name)], { versions: KNOWN_VERSIONS, seconds: 300 }).objects;
const before = measure('read', () => read('a'));
if (kind === 'explain') {
  const { namespace, name } = before.find(({ manifest }) => manifest.metadata.name === 'web-00').manifest.metadata;
  const kindOf = `[${before.find(({ manifest }) => manifest.metadata.name === 'web-00').manifest.kind}]`;
  measure('explain', () => {
    const reach = new Reach(before);
    const workload = id => ({ workload: reach.world.workload(id) });
    new Explainer(reach).explain(workload(`${namespace}/${name}${kindOf}`), workload(`${namespace}/api-01${kindOf}`));
  });
} else if (kind === 'diff') {
  const after = read('b');
  const place = after.findIndex(({ manifest }, i) => JSON.stringify(manifest) !== JSON.stringify(before[i].manifest));
  const one = read('a').map((object, i) => i === place ? after[i] : object);
  costs.changes = measure('diff', () => new Diff(before, one).changes()).length;
} else {
  const reach = measure('world', () => new Reach(before));
  measure('matrix', () => reach.matrix);
  if (kind === 'grouped') {
    const groups = measure('grouping', () => groupsOf(reach));
    costs.links = measure('list', () => [...new Listing(reach, { groups, mergesAddresses: true }).links()]).length;
  } else {
    costs.links = measure('list', () => {
      let count = 0;
      for (const { from } of new Listing(reach, { mergesAddresses: true }).links()) if (from) count++;
      return count;
    });
  }
}
costs.mebibytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify(costs));
