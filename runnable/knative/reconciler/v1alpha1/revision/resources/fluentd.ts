/**
 * The collector of files below `/var/log`, for whoever switches it on: a third
 * container, and the ConfigMap that tells it what to collect.
 */
import type { Container, Volume } from '../../../../apis/core/v1/types.ts';
import type { Revision } from '../../../../apis/serving/v1alpha1/revision-types.ts';
import type { ConfigMap } from '../../../../configmap/watcher.ts';
import type { Config } from '../config/store.ts';
import {
  fluentdContainerCPU,
  fluentdContainerName,
  userContainerName,
  varLogVolumeName,
} from './constants.ts';
import { configurationOf, envVar, podNameVar } from './env-var.ts';
import { childMeta } from './meta.ts';
import * as names from './names/names.ts';

const fluentdConfigMapVolumeName = 'configmap';

/** A block of fluentd's configuration: what it is for, and its settings. */
interface Section {
  readonly open: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly inner?: Section;
}

/** Who wrote a line, as the collector's environment says it. */
const kubernetes = `{"container_name": "#{ENV['SERVING_CONTAINER_NAME']}", "namespace_name": "#{ENV['SERVING_NAMESPACE']}", "pod_name": "#{ENV['SERVING_POD_NAME']}", "labels": {"knative_dev/configuration": "#{ENV['SERVING_CONFIGURATION']}", "knative_dev/revision": "#{ENV['SERVING_REVISION']}"} }`;

/** Reading a file loses the ends of lines; the next step needs them. */
const lineWithEnd =
  'if record["log"].end_with?("\\n") then record["log"] else record["log"] + "\\n" end';

/** Follow the files, say of each line whose it is, join what belongs together. */
const sections: readonly Section[] = [
  {
    open: 'source',
    settings: {
      '@type': 'tail',
      path: '/var/log/revisions/**/*.*',
      pos_file: '/var/log/varlog.log.pos',
      tag: 'raw.*',
      format: 'none',
      message_key: 'log',
      read_from_head: 'true',
    },
  },
  {
    open: 'filter raw.var.log.**',
    settings: { '@type': 'record_transformer', enable_ruby: 'true' },
    inner: {
      open: 'record',
      settings: {
        kubernetes: '${ ' + kubernetes + ' }',
        stream: 'varlog',
        log: '${ ' + lineWithEnd + ' }',
      },
    },
  },
  {
    open: 'match raw.var.log.**',
    settings: {
      '@id': 'raw.var.log',
      '@type': 'detect_exceptions',
      remove_tag_prefix: 'raw',
      message: 'log',
      stream: 'stream',
      multiline_flush_interval: '5',
      max_bytes: '500000',
      max_lines: '1000',
    },
  },
];

/**
 * What the collector does before it sends anything anywhere.
 *
 * @differs upstream's text has the same directives in another layout
 */
export const fluentdSidecarPreOutputConfig = sections
  .map((section) => `${sectionText(section)}\n`)
  .join('');

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/fluentd.go MakeFluentdConfigMap
 */
export function makeFluentdConfigMap(rev: Revision, config: Config): ConfigMap {
  const { fluentdSidecarOutputConfig: output } = config.observability;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: childMeta(rev, names.fluentdConfigMap(rev)),
    data: { 'varlog.conf': fluentdSidecarPreOutputConfig + output },
  };
}

/** A section as fluentd reads it, ending with a line end. */
function sectionText({ open, settings, inner }: Section, indent = ''): string {
  const [name = ''] = open.split(' ');
  const lines = Object.entries(settings).map(
    ([key, value]) => `${indent}  ${key} ${value}\n`,
  );
  const within = inner === undefined ? '' : sectionText(inner, `${indent}  `);
  return `${indent}<${open}>\n${lines.join('')}${within}${indent}</${name}>\n`;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/fluentd.go makeFluentdConfigMapVolume
 */
export function makeFluentdConfigMapVolume(rev: Revision): Volume {
  const configMap = { name: names.fluentdConfigMap(rev) };
  return { name: fluentdConfigMapVolumeName, ...{ configMap } };
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/fluentd.go makeFluentdContainer
 */
export function makeFluentdContainer(rev: Revision, config: Config): Container {
  const { fluentdSidecarImage: image } = config.observability;
  const { name, namespace = '' } = rev.metadata;
  return {
    name: fluentdContainerName,
    ...(image === '' ? {} : { image }),
    resources: { requests: { cpu: fluentdContainerCPU } },
    env: [
      envVar('FLUENTD_ARGS', '--no-supervisor -q'),
      envVar('SERVING_CONTAINER_NAME', userContainerName),
      envVar('SERVING_CONFIGURATION', configurationOf(rev)),
      envVar('SERVING_REVISION', name),
      envVar('SERVING_NAMESPACE', namespace),
      podNameVar('SERVING_POD_NAME'),
    ],
    volumeMounts: [
      { name: varLogVolumeName, mountPath: '/var/log/revisions' },
      { name: fluentdConfigMapVolumeName, mountPath: '/etc/fluent/config.d' },
    ],
  };
}
