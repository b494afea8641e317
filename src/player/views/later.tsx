/**
 * Views that few pages need at first: fetched when they are first shown.
 *
 * They keep their place empty until then, and come at once from then on.
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
    useEffect(() => {
      if (View) return;
      void load().then((view) => {
        loaded = view;
        show(() => view);
      });
    }, [View]);
    return View ? <View {...props} /> : null;
  };
}
