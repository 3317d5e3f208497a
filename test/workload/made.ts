import { Chart, Testing } from 'cdk8s';
import { HardenedDeployment, HardenedDeploymentProps } from '../../src';

export { AnyWorkload, CommonProps, KINDS, Kind, MAKE, WEB, apiObject, chart, only, podOf, podPointer, podTemplate, synthAll, written } from '../peers/workloads';
export { failure } from '../network/fake-workload';

/** A Deployment called `web` in a chart called `shop`. */
export function web(props: HardenedDeploymentProps, scope = new Chart(Testing.app(), 'shop')): HardenedDeployment {
  return new HardenedDeployment(scope, 'web', { metadata: { name: 'web' }, ...props });
}
