/** The lanes as a file of their own: an SVG with its colours and its caption. */

/** Room under the picture for the caption, in pixels. */
const below = 56;

/**
 * The picture that stands on the stage, complete in itself.
 *
 * @param caption the sentence of the step; its source is added
 */
export function pictureFile(
  host: ParentNode,
  caption: string,
  source: string,
): string | undefined {
  const shown = host.querySelector<SVGSVGElement>('.l-body > .l-picture');
  const pane = shown?.closest<HTMLElement>('.l-body');
  if (!shown || !pane) return undefined;
  const svg = shown.cloneNode(true) as SVGSVGElement;
  const width = shown.width.baseVal.value;
  const top = pane.scrollTop;
  const height = Math.min(pane.clientHeight, shown.height.baseVal.value - top);
  const names = namesOf(pane, top + 14);
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('viewBox', `0 ${top - 24} ${width} ${height + 24 + below}`);
  svg.setAttribute('height', String(height + 24 + below));
  const ground = element('rect', {
    y: top - 24,
    width,
    height: height + 24 + below,
    fill: 'var(--board)',
  });
  const style = element('style', {});
  const words = captionOf(caption, source, width, top + height);
  style.textContent = rulesOf();
  svg.prepend(style, ground);
  svg.append(...names, ...words);
  return withColours(new XMLSerializer().serializeToString(svg));
}

function namesOf(pane: HTMLElement, y: number): Element[] {
  return [...pane.querySelectorAll<HTMLElement>('.l-name')].map((name) => {
    const text = element('text', {
      x: Number.parseFloat(name.style.left),
      y: y - 22,
      'text-anchor': 'middle',
      'font-weight': 700,
      'font-size': 14,
    });
    text.textContent = name.firstChild?.textContent ?? '';
    return text;
  });
}

/** The sentence on one or two lines, and where it comes from. */
function captionOf(
  caption: string,
  source: string,
  width: number,
  y: number,
): Element[] {
  const plain = caption.replaceAll('`', '');
  const most = Math.max(20, Math.floor((width - 20) / 6.4));
  const cut =
    plain.length <= most ? plain.length : plain.lastIndexOf(' ', most);
  const lines = [plain.slice(0, cut), plain.slice(cut).trim()].filter(Boolean);
  const ground = element('rect', {
    y,
    width,
    height: below,
    fill: 'var(--paper)',
  });
  const texts = [...lines, `Inside the Loop, ${source}. CC BY 4.0`].map(
    (line, i, all) => {
      const last = i === all.length - 1;
      const text = element('text', {
        x: 10,
        y: y + 18 + i * 16,
        'font-size': last ? 11 : 13.5,
      });
      text.textContent = line;
      return text;
    },
  );
  return [ground, ...texts];
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
): Element {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes))
    made.setAttribute(key, String(value));
  return made;
}

/** The page's rules for the picture: those that name one of its classes. */
function rulesOf(): string {
  return [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter(
      (rule) => rule instanceof CSSStyleRule && /\.l-/.test(rule.selectorText),
    )
    .map((rule) => rule.cssText)
    .join('\n');
}

/** Variables do not leave the page, so their values of now take their place. */
function withColours(svg: string): string {
  const values = getComputedStyle(document.documentElement);
  return svg.replaceAll(
    /var\((--[\w-]+)(?:, *([^()]+))?\)/g,
    (_, name: string, other?: string) => {
      if (name === '--label') return '14px';
      if (name === '--sans')
        return '"IBM Plex Sans Condensed", "Arial Narrow", sans-serif';
      const value = values.getPropertyValue(name).trim();
      return value === '' ? (other ?? 'inherit') : value;
    },
  );
}
