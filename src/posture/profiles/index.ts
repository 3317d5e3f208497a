import { ImageProfileProps } from '../image-profile';
import { bitnamiElasticsearch } from './bitnami-elasticsearch';
import { bitnamiKeycloak } from './bitnami-keycloak';
import { bitnamiMariadb } from './bitnami-mariadb';
import { bitnamiMinio } from './bitnami-minio';
import { bitnamiMongodb } from './bitnami-mongodb';
import { bitnamiMysql } from './bitnami-mysql';
import { bitnamiNginx } from './bitnami-nginx';
import { bitnamiPostgresql } from './bitnami-postgresql';
import { bitnamiRabbitmq } from './bitnami-rabbitmq';
import { bitnamiRedis } from './bitnami-redis';
import { eclipseTemurin } from './eclipse-temurin';
import { elasticsearch } from './elasticsearch';
import { envoy } from './envoy';
import { gitea } from './gitea';
import { grafana } from './grafana';
import { haproxy } from './haproxy';
import { httpd } from './httpd';
import { jenkins } from './jenkins';
import { kafka } from './kafka';
import { keycloak } from './keycloak';
import { mariadb } from './mariadb';
import { memcached } from './memcached';
import { minio } from './minio';
import { mongo } from './mongo';
import { mysql } from './mysql';
import { nextcloud } from './nextcloud';
import { nginx } from './nginx';
import { nginxUnprivileged } from './nginx-unprivileged';
import { node } from './node';
import { postgres } from './postgres';
import { prometheus } from './prometheus';
import { python } from './python';
import { rabbitmq } from './rabbitmq';
import { redis } from './redis';
import { traefik } from './traefik';
import { vault } from './vault';
import { wordpress } from './wordpress';

/** Every built-in profile, one file an image. */
export const PROFILES: readonly ImageProfileProps[] = [
  bitnamiElasticsearch,
  bitnamiKeycloak,
  bitnamiMariadb,
  bitnamiMinio,
  bitnamiMongodb,
  bitnamiMysql,
  bitnamiNginx,
  bitnamiPostgresql,
  bitnamiRabbitmq,
  bitnamiRedis,
  eclipseTemurin,
  elasticsearch,
  envoy,
  gitea,
  grafana,
  haproxy,
  httpd,
  jenkins,
  kafka,
  keycloak,
  mariadb,
  memcached,
  minio,
  mongo,
  mysql,
  nextcloud,
  nginx,
  nginxUnprivileged,
  node,
  postgres,
  prometheus,
  python,
  rabbitmq,
  redis,
  traefik,
  vault,
  wordpress,
];
