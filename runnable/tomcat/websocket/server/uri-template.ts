/**
 * The path an endpoint is deployed at, such as `/chat/{room}`.
 *
 * A path that a request asks for is parsed as a template too, one without
 * parameters; that is why a trailing slash means less there than in a
 * template that has one.
 */
import {
  DeploymentException,
  IllegalArgumentException,
} from '../../java/exceptions.ts';

interface Segment {
  /** -1 for literal text, else the parameter's place among parameters. */
  readonly parameterIndex: number;
  /** The literal text, or the parameter's name. */
  readonly value: string;
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/server/UriTemplate.java UriTemplate
 */
export class UriTemplate {
  /** With `{0}`, `{1}` in place of names: equal for equal patterns. */
  readonly normalized: string;
  readonly #segments: readonly Segment[];
  readonly #hasParameters: boolean;

  /**
   * @throws {DeploymentException} for a path that does not begin with `/`
   * @throws {IllegalArgumentException} for an empty segment in the middle,
   *   a parameter named twice, or a brace in the middle of a segment
   */
  constructor(path: string) {
    if (!path.startsWith('/')) {
      throw new DeploymentException(`The path [${path}] is not valid.`);
    }
    const segments: Segment[] = [];
    const names = new Set<string>();
    const texts = path.split('/');
    let normalized = '';
    for (const [place, text] of texts.entries()) {
      if (text === '') {
        const atEnd = place === texts.length - 1 && names.size === 0;
        if (place === 0 || atEnd) continue;
        throw new IllegalArgumentException(
          `The path [${path}] contains one or more empty segments which are is not permitted`,
        );
      }
      const segment = toSegment(text, names, path);
      normalized +=
        segment.parameterIndex < 0
          ? `/${text}`
          : `/{${String(segment.parameterIndex)}}`;
      segments.push(segment);
    }
    this.#segments = segments;
    this.#hasParameters = names.size > 0;
    this.normalized = normalized;
  }

  /**
   * The parameters' values, or undefined when `candidate` does not match.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/server/UriTemplate.java UriTemplate.match
   */
  match(candidate: UriTemplate): Map<string, string> | undefined {
    if (candidate.getSegmentCount() !== this.getSegmentCount()) {
      return undefined;
    }
    const values = new Map<string, string>();
    for (const [place, segment] of this.#segments.entries()) {
      const text = candidate.#segments[place]?.value ?? '';
      if (segment.parameterIndex >= 0) values.set(segment.value, text);
      else if (segment.value !== text) return undefined;
    }
    return values;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/server/UriTemplate.java UriTemplate.hasParameters
   */
  hasParameters(): boolean {
    return this.#hasParameters;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/server/UriTemplate.java UriTemplate.getSegmentCount
   */
  getSegmentCount(): number {
    return this.#segments.length;
  }
}

/** Reads one segment and books its parameter's name. */
function toSegment(text: string, names: Set<string>, path: string): Segment {
  if (text.startsWith('{') && text.endsWith('}')) {
    const name = text.slice(1, -1);
    if (names.has(name)) {
      throw new IllegalArgumentException(
        `The parameter [${name}] appears more than once in the path which is not permitted`,
      );
    }
    const parameterIndex = names.size;
    names.add(name);
    return { parameterIndex, value: name };
  }
  if (text.includes('{') || text.includes('}')) {
    throw new IllegalArgumentException(
      `The segment [${text}] is not valid in the provided path [${path}]`,
    );
  }
  return { parameterIndex: -1, value: text };
}
