/** The first apply of a Service, as the player's tests tell it. */
import type { Fact, Facts } from './fake-model.ts';

const service = 'Service/default/helloworld-go';
const configuration = 'Configuration/default/helloworld-go';
const route = 'Route/default/helloworld-go';
const revision = 'Revision/default/helloworld-go-00001';
const key = 'default/helloworld-go';

const steps: Fact[] = [
  {
    lane: 0,
    kind: 'store.create',
    subject: 'Service default/helloworld-go',
    label: 'create Service',
    sentence:
      'The user creates Service `helloworld-go`, which names one image and asks for `runLatest`.',
    writes: { [service]: { observedGeneration: '–', latestCreated: '–' } },
    changes: [{ field: 'metadata.generation', before: '–', after: '1' }],
    line: 30,
  },
  {
    lane: 1,
    kind: 'queue.add',
    subject: 'Services default/helloworld-go from Service',
    label: 'add key',
    sentence:
      'When the Service reaches the cache, a handler adds the key `default/helloworld-go` to queue `Services`.',
    arrows: [
      { style: 'delivery', from: 0, to: 1, since: 1, label: 'Service added' },
      { style: 'write', from: 1, to: 2 },
    ],
    slots: { 'service waiting': [key] },
    line: 35,
    time: 1,
  },
  {
    lane: 2,
    kind: 'queue.get',
    subject: 'Services default/helloworld-go',
    label: 'get key',
    sentence:
      'A worker takes the key, which says what to look at and not what has happened.',
    slots: { 'service waiting': [], 'service processing': [key] },
    line: 43,
    time: 1,
  },
  {
    lane: 2,
    kind: 'call',
    subject: 'ServiceStatus.initializeConditions',
    label: 'initializeConditions',
    sentence:
      'On a deep copy of the cached Service, conditions that do not exist yet begin as Unknown.',
    line: 67,
    time: 1,
  },
  {
    lane: 2,
    kind: 'store.create',
    subject: 'Configuration default/helloworld-go',
    label: 'create Configuration',
    sentence:
      'Because the lister has no Configuration of that name, the service controller creates one from the `runLatest` block.',
    arrows: [{ style: 'write', from: 2, to: 0 }],
    writes: { [configuration]: { latestCreated: '–', Ready: '–' } },
    line: 70,
    time: 1,
  },
  {
    lane: 1,
    kind: 'queue.add',
    subject: 'Services default/helloworld-go from Configuration',
    label: 'mark dirty',
    sentence:
      'The new Configuration names its owner, whose key is being processed and is therefore only marked dirty.',
    arrows: [
      {
        style: 'delivery',
        from: 0,
        to: 1,
        since: 5,
        label: 'Configuration added',
      },
      { style: 'write', from: 1, to: 2 },
    ],
    slots: { 'service dirty': [key] },
    line: 35,
    time: 2,
  },
  {
    lane: 2,
    kind: 'store.create',
    subject: 'Route default/helloworld-go',
    label: 'create Route',
    sentence:
      'No Route `helloworld-go` exists; the controller creates one that sends everything to the Configuration.',
    arrows: [{ style: 'write', from: 2, to: 0 }],
    writes: { [route]: { traffic: '–', Ready: '–' } },
    line: 74,
    time: 3,
  },
  {
    lane: 1,
    kind: 'queue.add',
    subject: 'Services default/helloworld-go from Route',
    label: 'already dirty',
    sentence:
      'The Route’s arrival adds nothing to the queue, since the key is dirty already.',
    arrows: [
      { style: 'delivery', from: 0, to: 1, since: 7, label: 'Route added' },
      { style: 'refused', from: 1, to: 2 },
    ],
    line: 35,
    time: 4,
  },
  {
    lane: 3,
    kind: 'store.create',
    subject: 'Revision default/helloworld-go-00001',
    label: 'create Revision',
    sentence:
      'The configuration controller creates Revision `helloworld-go-00001`.',
    arrows: [{ style: 'write', from: 3, to: 0 }],
    writes: { [revision]: { Ready: 'Unknown' } },
    slots: { 'configuration processing': [key] },
    line: 66,
    time: 5,
  },
  {
    lane: 4,
    kind: 'store.updateStatus',
    subject: 'Route default/helloworld-go',
    label: 'status: RevisionMissing',
    sentence: 'The route controller finds no revision and writes that down.',
    arrows: [{ style: 'write', from: 4, to: 0 }],
    writes: { [route]: { Ready: 'Unknown' } },
    line: 91,
    time: 6,
  },
  {
    lane: 2,
    kind: 'store.updateStatus',
    subject: 'Service default/helloworld-go',
    label: 'update status',
    sentence:
      'The copy’s status now differs from the cached one and is written, and nothing else of the copy.',
    arrows: [{ style: 'write', from: 2, to: 0 }],
    writes: {
      [service]: {
        observedGeneration: '1',
        ConfigurationsReady: 'Unknown',
        RoutesReady: 'Unknown',
        Ready: 'Unknown',
      },
    },
    changes: [
      { field: 'status.observedGeneration', before: '–', after: '1' },
      {
        field: 'status.conditions',
        before: '–',
        after:
          'ConfigurationsReady Unknown, Ready Unknown, RoutesReady Unknown',
      },
    ],
    line: 60,
    time: 10,
  },
  {
    lane: 2,
    kind: 'queue.done',
    subject: 'Services default/helloworld-go',
    label: 'done: queue again',
    sentence:
      'Run 1 ends without an error; three events came meanwhile, and together they queue the key once.',
    arrows: [{ style: 'delivery', from: 0, to: 1, since: 11, label: '' }],
    slots: {
      'service dirty': [],
      'service processing': [],
      'service waiting': [key],
    },
    line: 51,
    time: 11,
  },
  {
    lane: 3,
    kind: 'store.updateStatus',
    subject: 'Configuration default/helloworld-go',
    label: 'update status',
    sentence:
      'The configuration controller reports `helloworld-go-00001` as created.',
    arrows: [{ style: 'write', from: 3, to: 0 }],
    writes: {
      [configuration]: {
        latestCreated: 'helloworld-go-00001',
        Ready: 'Unknown',
      },
    },
    line: 70,
    time: 12,
  },
  {
    lane: 2,
    kind: 'queue.done',
    subject: 'Services default/helloworld-go',
    label: 'done',
    sentence:
      'On run 2 both children are as they should be and the status is unchanged, so nothing is written.',
    slots: { 'service waiting': [] },
    line: 51,
    time: 14,
  },
];

export const serviceFacts: Facts = {
  lanes: [
    ['api', 'store'],
    ['informers', 'cache and handlers'],
    ['service', 'worker'],
    ['configuration', 'worker'],
    ['route', 'worker'],
  ],
  steps,
  owners: {
    [service]: '',
    [configuration]: service,
    [route]: service,
    [revision]: configuration,
  },
  states: ['idle', 'working', 'done'],
  busy: [
    [2, 'blocked', 1, 3],
    [2, 'running', 3, 12],
    [2, 'running', 14, 15],
    [3, 'blocked', 1, 7],
    [3, 'running', 8, 13],
    [3, 'blocked', 14, 15],
    [4, 'sleeping', 1, 9],
    [4, 'running', 10, 11],
    [4, 'blocked', 11, 15],
  ],
};

/** As many steps as wanted, in a made-up loop over four lanes. */
export function longFacts(count: number): Facts {
  return {
    lanes: [
      ['one', ''],
      ['two', ''],
      ['three', ''],
      ['four', ''],
    ],
    steps: Array.from({ length: count }, (_, i) => ({
      lane: i % 4,
      kind: 'call',
      subject: `Loop.turn ${String(i)}`,
      label: `turn ${String(i)}`,
      sentence: `Turn ${String(i)} begins.`,
    })),
  };
}
