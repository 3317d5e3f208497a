/** What is known of pods that objects of other people's kinds embed. */
export interface CustomWorkload {
  readonly group: string;
  readonly kinds: readonly string[];
  /**
   * `whole`: its controller makes pods of the template as it stands, so it may be mended as any other.
   * `own`: a whole pod, to which the controller adds what it needs: it is judged, and left as it is.
   * `patches`: laid over a pod that the controller makes, so what is absent says nothing: it is not judged, either.
   */
  readonly templates: 'whole' | 'own' | 'patches';
  /** Its pods end by themselves. */
  readonly batch?: boolean;
  /** Where that is written. */
  readonly source: string;
}

/** Kinds whose pods are found by shape, and what may be done with them. A kind that is not here is judged, and left as it is. */
export const CUSTOM_WORKLOADS: readonly CustomWorkload[] = [
  { group: 'argoproj.io', kinds: ['Rollout'], templates: 'whole', source: 'argoproj/argo-rollouts, pkg/apis/rollouts/v1alpha1/types.go: RolloutSpec.Template is a PodTemplateSpec' },
  { group: 'keda.sh', kinds: ['ScaledJob'], templates: 'whole', batch: true, source: 'kedacore/keda, apis/keda/v1alpha1/scaledjob_types.go: JobTargetRef is a JobSpec' },
  {
    group: 'apps.kruise.io', kinds: ['CloneSet', 'StatefulSet', 'DaemonSet'], templates: 'whole',
    source: 'openkruise/kruise, apis/apps/v1alpha1: Template is a PodTemplateSpec',
  },
  {
    group: 'apps.kruise.io', kinds: ['BroadcastJob', 'AdvancedCronJob'], templates: 'whole', batch: true,
    source: 'openkruise/kruise, apis/apps/v1alpha1/advancedcronjob_types.go, broadcastjob_types.go: a PodTemplateSpec, or a template of a Job or BroadcastJob',
  },
  { group: 'apps.openshift.io', kinds: ['DeploymentConfig'], templates: 'whole', source: 'openshift/api, apps/v1/types.go: DeploymentConfigSpec.Template is a PodTemplateSpec' },
  { group: 'jobset.x-k8s.io', kinds: ['JobSet'], templates: 'whole', batch: true, source: 'kubernetes-sigs/jobset, jobset_types.go: ReplicatedJob.Template is a JobTemplateSpec' },
  {
    group: 'leaderworkerset.x-k8s.io', kinds: ['LeaderWorkerSet'], templates: 'whole',
    source: 'kubernetes-sigs/lws, leaderworkerset_types.go: LeaderTemplate and WorkerTemplate are PodTemplateSpecs',
  },
  {
    group: 'kubeflow.org', kinds: ['PyTorchJob', 'TFJob', 'XGBoostJob', 'PaddleJob', 'JAXJob'], templates: 'whole', batch: true,
    source: 'kubeflow/training-operator, pkg/apis/kubeflow.org/v1: ReplicaSpec.Template is a PodTemplateSpec',
  },
  // Launchers reach workers by SSH, which the operator prepares for the user of the image.
  { group: 'kubeflow.org', kinds: ['MPIJob'], templates: 'own', batch: true, source: 'kubeflow/mpi-operator: sshAuthMountPath' },
  // Which fields of a pod are taken is decided by feature flags of the cluster; the others are refused.
  {
    group: 'serving.knative.dev', kinds: ['Service', 'Configuration', 'Revision'], templates: 'own',
    source: 'knative.dev, Administration, Feature and extension flags: securityContext, nodeSelector, volumes and others are off unless allowed',
  },
  // The sidecar that the controller adds needs the token of the pod's account.
  { group: 'agones.dev', kinds: ['GameServer', 'GameServerSet', 'Fleet'], templates: 'own', source: 'agones.dev, Guides, GameServer pod service accounts' },
  // The head may scale the cluster by the token of an account that the operator makes.
  { group: 'ray.io', kinds: ['RayCluster', 'RayJob', 'RayService'], templates: 'own', source: 'ray-project/kuberay, in-tree autoscaling' },
  { group: 'actions.github.com', kinds: ['AutoscalingRunnerSet', 'EphemeralRunnerSet', 'EphemeralRunner'], templates: 'own', source: 'actions/actions-runner-controller: containerMode adds containers and volumes' },
  {
    group: 'monitoring.coreos.com', kinds: ['Prometheus', 'PrometheusAgent', 'Alertmanager', 'ThanosRuler'], templates: 'patches',
    source: 'prometheus-operator, API reference: containers are laid over those of the operator by a strategic merge patch',
  },
  {
    group: 'elasticsearch.k8s.elastic.co', kinds: ['Elasticsearch'], templates: 'patches', source: 'Elastic Cloud on Kubernetes, Customize Pods: podTemplate is merged into the one of the operator',
  },
  ...['kibana', 'apm', 'beat', 'agent', 'enterprisesearch', 'logstash', 'maps'].map((name): CustomWorkload => ({
    group: `${name}.k8s.elastic.co`, kinds: ['Kibana', 'ApmServer', 'Beat', 'Agent', 'EnterpriseSearch', 'Logstash', 'ElasticMapsServer'], templates: 'patches',
    source: 'Elastic Cloud on Kubernetes, Customize Pods: podTemplate is merged into the one of the operator',
  })),
  { group: 'postgresql.cnpg.io', kinds: ['Pooler'], templates: 'patches', source: 'CloudNativePG, Connection pooling, Pod templates: laid over the one of the operator' },
  { group: 'sparkoperator.k8s.io', kinds: ['SparkApplication', 'ScheduledSparkApplication'], templates: 'patches', source: 'kubeflow/spark-operator: driver.template and executor.template are handed to Spark as templates' },
  { group: 'flink.apache.org', kinds: ['FlinkDeployment', 'FlinkSessionJob'], templates: 'patches', source: 'Flink Kubernetes Operator, Pod template: merged into the one of the operator' },
];
