import { fullRepository, parseImage } from '../../kube/image-ref';
import { Severity } from '../../kube/severity';
import { PodRule, eachContainer } from '../pod-rule';

/** Registries of Kubernetes that get no images any more. */
const RETIRED = ['k8s.gcr.io', 'gcr.io/google_containers', 'gcr.io/google-containers'];

/** Tells whether a repository lies in a registry, or in a path of one. */
function isIn(repository: string, place: string): boolean {
  return repository === place || repository.startsWith(`${place}/`);
}

/** A registry or a path of one as repositories are written out; Docker Hub has several names. */
function placeOf(written: string): string {
  const place = written.replace(/\/+$/, '').replace(/^index\.docker\.io(?=\/|$)/, 'docker.io');
  return place.includes('/') || /[.:]/.test(place) || place === 'localhost' ? place : fullRepository(`${place}/x`).replace(/\/x$/, '');
}

/**
 * What an organisation has looked at lies in registries of its own choice. Silent until they are named: by the
 * parameter allowedRegistries.
 *
 * Fields: spec.{containers,initContainers,ephemeralContainers}[*].image
 * Wanted: an image of one of those registries
 */
export const imageRegistry: PodRule = {
  id: 'image-registry',
  title: 'Images come from registries that are allowed',
  severity: Severity.ERROR,
  controls: {
    nsa: 'Building secure container images', kubescape: ['C-0001', 'C-0078'], trivy: ['KSV-0125', 'KSV-0034'],
    kyverno: ['best-practices/restrict-image-registries', 'other/advanced-restrict-image-registries', 'other/allowed-image-repos'],
  },
  advice: 'Take it from a registry that is allowed, or have its registry added to those.',
  versions: [{
    since: 0,
    check: (pod, { parameters: { allowedRegistries } }) => {
      if (!allowedRegistries) return [];
      const places = allowedRegistries.map(placeOf);
      return eachContainer(pod, ({ container, field }) => {
        if (!container.image) return undefined;
        const { repository } = parseImage(container.image);
        return places.some(place => isIn(repository, place)) ? undefined : {
          field: `${field}.image`, what: `the image '${container.image}' of container '${container.name}' comes from ${repository.slice(0, repository.indexOf('/'))}, which is not allowed`, container: container.name,
        };
      });
    },
  }],
};

/**
 * Kubernetes' own images moved to registry.k8s.io in 2023; the old registry gets none that is newer.
 *
 * Fields: spec.{containers,initContainers,ephemeralContainers}[*].image
 * Wanted: neither k8s.gcr.io nor gcr.io/google_containers
 */
export const imageRetiredRegistry: PodRule = {
  id: 'image-retired-registry',
  title: 'No image of a registry that was retired',
  severity: Severity.WARNING,
  controls: { kubescape: 'C-0253', kyverno: 'other/restrict-deprecated-registry' },
  advice: 'Take it from registry.k8s.io.',
  versions: [{
    since: 0,
    check: pod => eachContainer(pod, ({ container, field }) => {
      return RETIRED.some(place => container.image?.startsWith(`${place}/`)) ? {
        field: `${field}.image`, what: `the image '${container.image}' of container '${container.name}' lies in a registry that gets no images any more`, container: container.name,
      } : undefined;
    }),
  }],
};
