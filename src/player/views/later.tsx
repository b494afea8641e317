/**
 * Views that few pages need at first: fetched when they are first shown.
 *
 * They keep their place empty until then, and come at once from then on. One
 * that cannot be fetched says so, and is asked for again by a press.
 */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A view whose code is a file of its own. */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined;
  return function Later(props: Props) {
    const [View, show] = useState(() => loaded);
    const [failed, fail] = useState(false);
    useEffect(() => {
      if (View || failed) return;
      load().then(
        (view) => {
          loaded = view;
          show(() => view);
        },
        () => {
          fail(true);
        },
      );
    }, [View, failed]);
    if (View) return <View {...props} />;
    if (!failed) return null;
    return (
      <p class="empty" role="status">
        This part of the stage could not be fetched.{' '}
        <button
          type="button"
          class="plain"
          onClick={() => {
            fail(false);
          }}
        >
          Try again
        </button>
      </p>
    );
  };
}
