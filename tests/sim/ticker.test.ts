import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Sim } from '../../runnable/sim/sim.ts';
import { Ticker } from '../../runnable/sim/ticker.ts';

test('Ticker gives the time at every period, until it is stopped', async () => {
  const sim = new Sim({ seed: 1, start: 0 });
  await sim.run(async () => {
    const ticker = new Ticker(sim, 'sync', 1000);
    assert.equal(await ticker.channel.recv(), 1000);
    assert.equal(await ticker.channel.recv(), 2000);
    ticker.stop();
    await sim.sleep(5000);
    assert.equal(ticker.channel.length, 0);
  });
});

test('Ticker loses the ticks that a late receiver misses, but one', async () => {
  const sim = new Sim({ seed: 1, start: 0 });
  await sim.run(async () => {
    const ticker = new Ticker(sim, 'sync', 1000);
    await sim.sleep(4500);
    assert.equal(await ticker.channel.recv(), 1000);
    assert.equal(await ticker.channel.recv(), 5000);
  });
});

test('Ticker refuses a period that is not above 0', () => {
  const sim = new Sim({ seed: 1 });
  assert.throws(() => new Ticker(sim, 'sync', 0), {
    message: 'non-positive interval for NewTicker',
  });
});
