import { ApiObject, Chart, DependencyGraph } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isOrdered } from '../posture/synthesis';

const KNOWN = new WeakSet<Chart>();

/**
 * cdk8s orders and validates the whole app once more before each chart that it writes, which takes charts times constructs
 * and tells nothing new after the first few: from then on a chart of an audited app is written as it stands. Charts that
 * somebody writes in another way are left alone.
 */
export function writeLaterCharts({ node: { root } }: IConstruct): void {
  for (const chart of root.node.findAll()) {
    if (!Chart.isChart(chart) || KNOWN.has(chart)) continue;
    KNOWN.add(chart);
    const { toJson } = chart;
    if (toJson !== Chart.prototype.toJson) continue;
    const value = () => isOrdered(chart) ? objectsOf(chart).map(object => object.toJson()) : toJson.call(chart);
    Object.defineProperty(chart, 'toJson', { value, configurable: true, writable: true });
  }
}

/** What a chart writes, in the order of what depends on what: without the charts within it. */
function objectsOf(chart: Chart): ApiObject[] {
  return new DependencyGraph(chart.node).topology().filter(construct => ApiObject.isApiObject(construct)).filter(object => Chart.of(object) === chart);
}
