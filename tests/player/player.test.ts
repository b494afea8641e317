import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Player } from '../../src/player/player.ts';
import { fakeModel } from './fake-model.ts';
import { serviceFacts } from './service-facts.ts';

const model = fakeModel(serviceFacts);

function playerWith(asked: string[], load: () => Promise<typeof model>) {
  return new Player(
    {
      chapter: 'knative/02-service',
      scenarios: [
        { id: 'first', title: 'First' },
        { id: 'second', title: 'Second' },
      ],
      beats: [],
      load: (id) => {
        asked.push(id);
        return load();
      },
      loadSource: () => Promise.resolve(''),
    },
    'first',
    model,
  );
}

test('Player fetches a scenario once, and not again on the way back', async () => {
  const asked: string[] = [];
  const player = playerWith(asked, () => Promise.resolve(model));
  player.start();
  assert.equal(player.state.status, 'ready');
  player.send({ type: 'scenario', scenario: 'second' });
  assert.equal(player.state.status, 'loading');
  await Promise.resolve();
  await Promise.resolve();
  assert.deepEqual([player.state.status, player.state.n], ['ready', 1]);
  player.send({ type: 'scenario', scenario: 'first' });
  player.send({ type: 'scenario', scenario: 'second' });
  assert.deepEqual(asked, ['second']);
});

test('Player tells why a run cannot be had', async () => {
  const player = playerWith([], () =>
    Promise.reject(new Error('No connection')),
  );
  player.start();
  player.send({ type: 'scenario', scenario: 'second' });
  await Promise.resolve();
  await Promise.resolve();
  const { status, notice, n } = player.state;
  assert.deepEqual([status, notice, n], ['failed', 'No connection', 0]);
});

test('Player puts a run of the reader’s own on the stage without asking', () => {
  const asked: string[] = [];
  const player = playerWith(asked, () => Promise.resolve(model));
  player.start();
  player.add({ id: 'mine', title: 'Mine' }, model);
  assert.deepEqual(
    [player.state.scenario, player.state.status],
    ['mine', 'ready'],
  );
  assert.deepEqual([player.names.length, asked.length], [3, 0]);
});

test('Player shows a call of the story at the last change that folded into it', () => {
  const folded = {
    ...model,
    addressOf: (row: number) =>
      row === 14 ? 'change parked' : model.addressOf(row),
    find: (address: string) =>
      address === 'change parked' ? 12 : model.find(address),
  };
  const player = new Player(
    {
      chapter: 'a',
      scenarios: [],
      beats: [],
      load: () => Promise.resolve(folded),
      loadSource: () => Promise.resolve(''),
    },
    'first',
    folded,
  );
  player.send({ type: 'seek', n: 4 });
  assert.deepEqual([player.state.row, player.moments.objects], [12, 14]);
  player.send({ type: 'seek', n: 5 });
  assert.equal(player.moments.objects, 16);
});
