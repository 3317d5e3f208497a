import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { HardenedStatefulSet } from '../../../src';
import { LivePod } from './live-pod';
import { expectText } from './said';
import { Action, Subject, Witness } from './subject';

/** By TCP: the server of the first start listens at the socket alone. */
const IS_READY = ['pg_isready', '-h', '127.0.0.1', '-U', 'postgres'];
const OFTEN = { periodSeconds: Duration.seconds(2), timeoutSeconds: Duration.seconds(5) };

/** Rows that a script of the first start brings: beyond what a pipe takes, bash writes a here-document to a temporary file. */
const ROWS = 4000;
const FIRST_START = [
  "psql <<'END'",
  'CREATE TABLE brought (id integer, text text);',
  ...Array.from({ length: ROWS }, (_, index) => `INSERT INTO brought VALUES (${index}, 'a row of the first start');`),
  'END',
  '',
].join('\n');

function sql(pod: LivePod, text: string, ...options: string[]): string {
  return pod.exec('psql', '-U', 'postgres', '-v', 'ON_ERROR_STOP=1', '-qAtc', text, ...options);
}

const work: Action[] = [
  {
    title: 'makes a table, and writes',
    run: pod => {
      sql(pod, "CREATE TABLE kept (id integer PRIMARY KEY, text text); INSERT INTO kept SELECT n, 'row ' || n FROM generate_series(1, 1000) n");
      expectText(sql(pod, 'SELECT count(*) FROM kept'), '1000');
    },
  },
  {
    title: 'sorts what is too large for its memory',
    run: pod => {
      const plan = sql(pod, "SET work_mem = '64kB'; EXPLAIN ANALYZE SELECT md5(n::text) AS text FROM generate_series(1, 200000) n ORDER BY text");
      expectText(plan, /Sort Method: external merge\s+Disk: \d+kB/);
    },
  },
  {
    title: 'is reached by its socket and, with a password, by TCP',
    run: pod => {
      expectText(sql(pod, 'SELECT inet_client_addr() IS NULL', '-h', '/var/run/postgresql'), 't');
      const byTcp = `psql -h ${pod.address} -U postgres -Atc 'SELECT inet_client_addr() IS NULL'`;
      expectText(pod.sh(`PGPASSWORD=$(cat /etc/login/password) ${byTcp}`), 'f');
      const wrong = pod.tryExec('sh', '-c', `PGPASSWORD=wrong ${byTcp}`);
      expectText(wrong.err, /password authentication failed/);
    },
  },
];

const survives: Witness = {
  title: 'has what it wrote when its container starts anew, and in its next pod',
  run: async pod => {
    sql(pod, 'CREATE TABLE stays (id integer); INSERT INTO stays VALUES (1), (2)');
    await pod.restarts('pg_ctl', '--mode=fast', 'stop');
    expectText(sql(pod, 'SELECT count(*) FROM stays'), '2');
    await pod.isReplaced();
    expectText(sql(pod, 'SELECT count(*) FROM stays'), '2');
  },
  says: /relation "stays" does not exist/,
};

function subject(tag: string, user: number, data: string): Subject {
  const name = `postgres-${tag}`;
  return {
    title: `postgres:${tag}`,
    name,
    user,
    group: user,
    write: namespace => {
      const scripts = new kplus.ConfigMap(namespace, 'scripts', { data: { '1-rows.sh': FIRST_START } });
      const db = new HardenedStatefulSet(namespace, name, {
        containers: [{
          image: `postgres:${tag}`,
          portNumber: 5432,
          readiness: kplus.Probe.fromCommand(IS_READY, OFTEN),
          startup: kplus.Probe.fromCommand(IS_READY, { ...OFTEN, failureThreshold: 90 }),
          envVariables: { POSTGRES_PASSWORD_FILE: kplus.EnvValue.fromValue('/etc/login/password') },
          volumeMounts: [{ path: '/docker-entrypoint-initdb.d', volume: kplus.Volume.fromConfigMap(namespace, 'scripts-volume', scripts) }],
        }],
        dataSize: '1Gi',
      });
      db.addSecretFolder('/etc/login', new kplus.Secret(namespace, 'login', { stringData: { password: 'a long password' } }));
    },
    work,
    witnesses: {
      '/tmp': {
        title: 'has the rows of a script of the first start, which stand in a long here-document',
        run: pod => expectText(sql(pod, 'SELECT count(*) FROM brought'), String(ROWS)),
        says: /cannot create temp file for here-document: Read-only file system/,
      },
      '/var/run/postgresql': {
        title: 'starts, with a socket and its lock file',
        run: pod => pod.starts(),
        says: /could not create lock file "\/var\/run\/postgresql\/\.s\.PGSQL\.5432\.lock": Read-only file system/,
      },
      [data]: survives,
    },
  };
}

export const postgres = [
  subject('17', 999, '/var/lib/postgresql/data'),
  subject('18', 999, '/var/lib/postgresql'),
  subject('17-alpine', 70, '/var/lib/postgresql/data'),
];
