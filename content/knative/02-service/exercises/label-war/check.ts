/**
 * The label that will not stay: the labeler's label is left alone, and nothing
 * else is.
 */
import { expectSame } from '#exercise';
import type { Check } from '#exercise';
import type * as Differences from '../../../../../runnable/knative/reconciler/v1alpha1/service/differences.ts';

const file = 'runnable/knative/reconciler/v1alpha1/service/differences.ts';
const label = 'serving.knative.dev/route';

type Labels = Readonly<Record<string, string>>;

/** The labels wanted, after those that are there were looked at. */
function wantedLabels(
  { ignoreRouteLabelChange }: typeof Differences,
  there: Labels,
  wanted: Labels,
): Labels | undefined {
  const configuration = (labels: Labels) => ({
    apiVersion: 'serving.knative.dev/v1alpha1',
    kind: 'Configuration' as const,
    metadata: { name: 'a', namespace: 'default', labels: { ...labels } },
  });
  const desired = configuration(wanted);
  ignoreRouteLabelChange(configuration(there), desired);
  return desired.metadata.labels;
}

export const checks: readonly Check[] = [
  {
    id: 'label-stays',
    title: 'The label of the labeler stays',
    points: 3,
    rule: 'Which Route uses a Configuration is for the labeler to say, so the service controller wants whatever label is there.',
    async judge({ run }) {
      const own = await run();
      const [create, ...others] = own
        .writes('Configuration')
        .filter(({ by }) => by === 'service');
      expectSame(
        others.map(({ verb }) => verb),
        [],
        {
          what: 'what the service controller writes to a Configuration that did not drift',
          at: own.spot(others[0] ?? create),
        },
      );
    },
  },
  {
    id: 'others-repaired',
    title: 'Other labels are still repaired',
    points: 2,
    rule: 'Only the label of the labeler is left alone; every other label is as the Service wants it.',
    async judge({ load }) {
      const seen = wantedLabels(
        await load<typeof Differences>(file),
        { team: 'red', [label]: 'a' },
        { team: 'blue' },
      );
      expectSame(
        seen,
        { team: 'blue', [label]: 'a' },
        {
          what: 'the labels wanted',
        },
      );
    },
  },
  {
    id: 'not-there-not-wanted',
    title: 'A label that is not there is not wanted',
    points: 2,
    rule: 'While the labeler has set no label, the service controller wants none, even if the Service has one of that name.',
    async judge({ load }) {
      const seen = wantedLabels(
        await load<typeof Differences>(file),
        { team: 'blue' },
        { team: 'blue', [label]: 'mine' },
      );
      expectSame(seen, { team: 'blue' }, { what: 'the labels wanted' });
    },
  },
];
