import { ApiObject, Chart, DependencyGraph } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { beforeValidation, isOrdered } from '../posture/synthesis';

const WATCHED = new WeakSet<IConstruct>();
const KNOWN = new WeakSet<Chart>();

/**
 * cdk8s orders and validates the whole app once more before each chart that it writes, which takes charts times constructs
 * and tells nothing new after the first few: from then on a chart is written as it stands. Charts that somebody writes in
 * another way are left alone.
 */
export function writeLaterChartsAtOnce({ node: { root } }: IConstruct): void {
  if (WATCHED.has(root)) return;
  WATCHED.add(root);
  beforeValidation(root, () => {
    for (const chart of root.node.findAll()) {
      if (Chart.isChart(chart) && !KNOWN.has(chart)) layHold(chart);
    }
  });
}

function layHold(chart: Chart): void {
  KNOWN.add(chart);
  const { toJson } = chart;
  if (toJson !== Chart.prototype.toJson) return;
  const value = () => isOrdered(chart) ? objectsOf(chart).map(object => object.toJson()) : toJson.call(chart);
  Object.defineProperty(chart, 'toJson', { value, configurable: true, writable: true });
}

/** What a chart writes, in the order of what depends on what: without the charts within it. */
function objectsOf(chart: Chart): ApiObject[] {
  return new DependencyGraph(chart.node).topology().filter(construct => ApiObject.isApiObject(construct)).filter(it => Chart.of(it) === chart);
}
