/** Copies a link to the current step, and says so. */
import { useState } from 'preact/hooks';
import { Sign } from './Sign.tsx';

const sign =
  'M6 4H3.5a3 3 0 0 0 0 6H6V8.5H3.5a1.5 1.5 0 0 1 0-3H6zM8 4v1.5h2.5a1.5 1.5 0 0 1 0 3H8V10h2.5a3 3 0 0 0 0-6zM4.5 6.25h5v1.5h-5z';

export function CopyButton({
  copy,
}: {
  readonly copy: () => Promise<boolean>;
}) {
  const [said, setSaid] = useState('');
  const press = () => {
    void copy().then((done) => {
      setSaid(done ? 'Link copied' : 'The link is in the address bar');
    });
  };
  return (
    <button
      type="button"
      class="plain"
      aria-label="Copy a link to this step"
      title="Copy a link to this step"
      onClick={press}
      onBlur={() => {
        setSaid('');
      }}
    >
      <Sign d={sign} />
      <span class="said" role="status">
        {said}
      </span>
    </button>
  );
}
