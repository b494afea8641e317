/** Opens the choice of actors; says so when not all of the run is shown. */
import type { TraceModel } from '../../trace/model.ts';
import type { Player } from '../player.ts';
import { Sign } from './Sign.tsx';

const sign = 'M1 2h12l-4.6 5.6V13L5.6 11V7.6z';

interface Props {
  readonly player: Player;
  readonly model: TraceModel;
}

export function LaneTools({ player, model }: Props) {
  const { level, choosing } = player.state;
  const whole = player.whole;
  const narrow = whole !== undefined && whole !== model;
  const open = () => {
    player.send({ type: 'choose' });
  };
  return (
    <>
      <button
        type="button"
        class={narrow ? 'l-choose on' : 'l-choose'}
        aria-label="Choose actors and objects"
        title="Choose actors and objects"
        aria-expanded={choosing}
        onClick={open}
      >
        <Sign d={sign} />
      </button>
      {narrow && (
        <p class="l-part">
          {model.count(level)} of {whole.count(level)} steps,{' '}
          {model.lanes.length} of {whole.lanes.length} actors{' '}
          <button type="button" class="link" onClick={open}>
            choose
          </button>
        </p>
      )}
    </>
  );
}
