import { isMoving, parseImage } from '../../kube/image-ref';
import { equal } from '../../kube/json';
import { Remedy } from '../pod-rule';

/** Pulls what may have moved, and nothing else: a registry that is down must not stop a pod that could start. */
export const pullPolicy: Remedy = (pod, knowledge) => {
  for (const { container } of pod.containers) {
    if (container.image === undefined) continue;
    if (knowledge.of(container).filledIn?.imagePullPolicy && container.imagePullPolicy === 'Always') container.imagePullPolicy = undefined;
    container.imagePullPolicy ??= isMoving(parseImage(container.image)) ? 'Always' : 'IfNotPresent';
  }
};

/** Takes away the start-up probe that cdk8s-plus invents: how an application shows its health is its author's to say. */
export const noInventedProbes: Remedy = (pod, knowledge) => {
  for (const { container } of pod.containers) {
    const probe = container.startupProbe;
    if (!probe || !knowledge.of(container).filledIn?.startupProbe) continue;
    if ((container.ports ?? []).some(({ containerPort }) => equal(probe, { failureThreshold: 3, tcpSocket: { port: containerPort } }))) {
      // Where a key is deleted, V8 keeps the rest in a table that is slow to read.
      container.startupProbe = undefined;
    }
  }
};
