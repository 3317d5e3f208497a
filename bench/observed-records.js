// Writes records of connections: observed-records.js hubble|csv COUNT. The same on every run, each with a time, an address
// and a client's port of its own, so that no two lines are equal.
const { writeSync } = require('node:fs');

const [, , format, count] = process.argv;
const PART = 1 << 20;
const WORKLOADS = 100;

function hubble(i, from, to, port, time) {
  const end = (name, j) => `{"ID":${j},"identity":${1000 + j},"namespace":"shop","labels":["k8s:app=${name}","k8s:io.cilium.k8s.policy.cluster=default","k8s:io.kubernetes.pod.namespace=shop"],"pod_name":"${name}-755cdc7957-${String(i % 7)}abcd","workloads":[{"name":"${name}","kind":"Deployment"}]}`;
  return `{"flow":{"time":"${time}","verdict":"FORWARDED","IP":{"source":"10.0.${i >> 8 & 255}.${i & 255}","destination":"10.1.0.1","ipVersion":"IPv4"},"l4":{"TCP":{"source_port":${32768 + i % 28000},"destination_port":${port},"flags":{"SYN":true}}},"source":${end(`w${from}`, from)},"destination":${end(`w${to}`, to)},"Type":"L3_L4","node_name":"n","is_reply":false,"traffic_direction":"INGRESS","trace_observation_point":"TO_ENDPOINT"},"node_name":"n","time":"${time}"}\n`;
}

const csv = (i, from, to, port, time) => `shop/w${from}-755cdc7957-${String(i % 7)}abcd,${i % 10 ? `shop/w${to}` : `203.${i >> 16 & 255}.${i >> 8 & 255}.${i & 255}`},${port},${time}\n`;
const line = format === 'csv' ? csv : hubble;

let part = format === 'csv' ? 'from,to,port,first\n' : '';
function flush() {
  const bytes = Buffer.from(part);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
  part = '';
}
for (let i = 0; i < Number(count); i++) {
  const to = i % WORKLOADS;
  part += line(i, (to + 1 + (i % 3 === 0)) % WORKLOADS, to, i % 5 ? 8080 : 9090, new Date(1.7e12 + i * 10).toISOString());
  if (part.length > PART) flush();
}
flush();
