/**
 * How measurements reach the autoscaler, and what happens on the way.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StatMessage } from '../../../runnable/knative/autoscaler/aggregation.ts';
import { Config } from '../../../runnable/knative/autoscaler/config.ts';
import { DynamicConfig } from '../../../runnable/knative/autoscaler/dynamic-config.ts';
import { Server } from '../../../runnable/knative/autoscaler/statserver/server.ts';
import type { Message } from '../../../runnable/knative/autoscaler/statserver/server.ts';
import { SugaredLogger } from '../../../runnable/knative/logging/logger.ts';
import type { LogLine } from '../../../runnable/knative/logging/logger.ts';
import { newDurableSendingConnection } from '../../../runnable/knative/websocket/connection.ts';
import { Channel } from '../../../runnable/sim/channel.ts';
import { Sim } from '../../../runnable/sim/sim.ts';

const message = (lameDuck: boolean): Message => ({
  type: 'binary',
  content: {
    key: 'default/rev',
    stat: {
      time: 1,
      podName: 'pod-1',
      averageConcurrentRequests: 1,
      requestCount: 1,
      lameDuck,
    },
  },
});

interface World {
  readonly sim: Sim;
  readonly server: Server;
  readonly stats: Channel<StatMessage>;
  readonly log: LogLine[];
  readonly logger: SugaredLogger;
}

function world(): World {
  const sim = new Sim({ seed: 1 });
  const log: LogLine[] = [];
  const logger = new SugaredLogger('test', (line) => {
    log.push(line);
  });
  const stats = new Channel<StatMessage>(sim, 'stats', 10);
  return { sim, log, logger, stats, server: new Server(sim, stats, logger) };
}

describe('Server of measurements', () => {
  it('drops text, and what a pod says that is about to go', () => {
    const { server, stats, log } = world();
    server.handler({ type: 'text', content: 'hello' });
    server.handler(message(true));
    server.handler(message(false));
    assert.equal(stats.length, 1);
    assert.deepEqual(
      log.map(({ text }) => text),
      ['Dropping non-binary message.'],
    );
  });

  it('shutdown() asks everybody to come back, and takes nobody any more', async () => {
    const { sim, server } = world();
    await sim.run(async () => {
      const connection = server.accept(sim, 'pod-1');
      server.shutdown();
      assert.equal(await connection.closed(), 1012);
      assert.throws(() => {
        connection.writeMessage(message(false));
      }, /close sent/);
      assert.throws(() => server.accept(sim, 'pod-2'), /refused/);
    });
  });
});

describe('ManagedConnection', () => {
  it('refuses to send until it is connected, and tries with longer pauses', async () => {
    const { sim, server, stats, logger } = world();
    const attempts: number[] = [];
    const start = sim.now();
    await sim.run(async () => {
      const connection = newDurableSendingConnection<Message>(
        sim,
        'ws://autoscaler',
        async () => {
          attempts.push(sim.now() - start);
          if (attempts.length < 4) throw new Error('refused');
          return Promise.resolve(server.accept(sim, 'pod-1'));
        },
        logger,
      );
      assert.throws(() => {
        connection.send(message(false));
      }, /connection has not yet been established/);
      await sim.sleep(2000);
      connection.send(message(false));
    });
    assert.equal(stats.length, 1);
    assert.equal(attempts.length, 4);
    const pauses = attempts
      .slice(1)
      .map((at, index) => at - (attempts[index] ?? 0));
    for (const [index, pause] of pauses.entries()) {
      const least = 100 * 1.3 ** index;
      assert.ok(pause >= Math.floor(least) && pause <= 1.5 * least + 1);
    }
  });
});

describe('DynamicConfig', () => {
  it('keeps what it has when the new version is bad', () => {
    const { logger, log } = world();
    const config = new DynamicConfig(new Config(), logger);
    const metadata = { name: 'config-autoscaler' };
    const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata };
    config.update({ ...configMap, data: { 'stable-window': 'soon' } });
    assert.equal(config.current().stableWindow, 60_000);
    assert.match(log[0]?.text ?? '', /Failed to update DynamicConfig/);
    config.update({ ...configMap, data: { 'stable-window': '90s' } });
    assert.equal(config.current().stableWindow, 90_000);
  });
});
