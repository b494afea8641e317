/**
 * Single functions of Tomcat, compared with what the originals returned.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode } from '../../runnable/tomcat/util/buf/utf8-decoder.ts';
import { appendCloseReasonWithTruncation } from '../../runnable/tomcat/websocket/close-reason-text.ts';
import { extensionHeader } from '../../runnable/tomcat/websocket/extension-header.ts';
import { byteArrayToLong } from '../../runnable/tomcat/websocket/frame-header.ts';
import { javaToString } from '../../runnable/tomcat/websocket/java-to-string.ts';
import {
  extensionOf,
  negotiate,
} from '../../runnable/tomcat/websocket/per-message-deflate-parameters.ts';
import { UriTemplate } from '../../runnable/tomcat/websocket/server/uri-template.ts';
import {
  getCloseCode,
  parseExtensionHeader,
} from '../../runnable/tomcat/websocket/util.ts';
import { newContainer, pojoAt } from '../tomcat/websocket/harness.ts';
import { rowsOf } from './tomcat-cases.ts';

/** `IllegalArgumentException: text`, as the tables write errors. */
function errorOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    const { name, message } = error as Error;
    return `${name}: ${message}`;
  }
}

interface TemplateRow {
  readonly template: string;
  readonly path: string;
  readonly params?: Record<string, string> | null;
  readonly normalized?: string;
  readonly segments?: number;
  readonly hasParameters?: boolean;
  readonly templateError?: string;
  readonly candidateError?: string;
}

for (const row of rowsOf<TemplateRow>('uriTemplate')) {
  test(`UriTemplate matches "${row.path}" with "${row.template}" as Tomcat does`, () => {
    if (row.templateError !== undefined) {
      const error = errorOf(() => new UriTemplate(row.template));
      assert.equal(error, row.templateError);
      return;
    }
    const template = new UriTemplate(row.template);
    if (row.candidateError !== undefined) {
      const error = errorOf(() => new UriTemplate(row.path));
      assert.equal(error, row.candidateError);
      return;
    }
    const params = template.match(new UriTemplate(row.path));
    assert.deepEqual(
      params && Object.fromEntries(params),
      row.params ?? undefined,
    );
    assert.equal(template.normalized, row.normalized);
    assert.equal(template.getSegmentCount(), row.segments);
    assert.equal(template.hasParameters(), row.hasParameters);
  });
}

interface RoutingRow {
  readonly endpoints: readonly string[];
  readonly deployError?: string;
  readonly matches?: Record<
    string,
    null | {
      readonly endpoint?: string;
      readonly params?: Record<string, string>;
      readonly error?: string;
    }
  >;
}

for (const row of rowsOf<RoutingRow>('routing')) {
  test(`findMapping() chooses among ${row.endpoints.join(' ')} as Tomcat does`, () => {
    const container = newContainer();
    let deployError: string | undefined;
    for (const path of row.endpoints) {
      const error = errorOf(() => {
        container.addEndpoint(pojoAt(path));
      });
      deployError ??= error && `${path} -> ${error}`;
    }
    assert.equal(deployError, row.deployError);
    for (const [path, expected] of Object.entries(row.matches ?? {})) {
      if (expected?.error !== undefined) {
        const error = errorOf(() => container.findMapping(path));
        assert.equal(error, expected.error);
        continue;
      }
      const found = container.findMapping(path);
      const seen = found && {
        endpoint: found.config.path,
        params: Object.fromEntries(found.pathParams),
      };
      assert.deepEqual(seen, expected ?? undefined);
    }
  });
}

interface ExtensionRow {
  readonly header: string;
  readonly error?: string;
  readonly result?: readonly {
    readonly name: string;
    readonly params: readonly (readonly [string, string | null])[];
  }[];
}

for (const row of rowsOf<ExtensionRow>('extensionHeader')) {
  test(`parseExtensionHeader() reads ${JSON.stringify(row.header)} as Tomcat does`, () => {
    if (row.error !== undefined) {
      const error = errorOf(() => parseExtensionHeader(row.header));
      assert.equal(error, row.error);
      return;
    }
    const seen = parseExtensionHeader(row.header).map(
      ({ name, parameters }) => ({
        name,
        params: parameters.map((one) => [one.name, one.value ?? null]),
      }),
    );
    assert.deepEqual(seen, row.result);
  });
}

interface NegotiateRow {
  readonly side: 'server' | 'client';
  readonly preferences: readonly string[];
  readonly agreed?: string | null;
  readonly error?: string;
}

for (const row of rowsOf<NegotiateRow>('pmdNegotiate')) {
  const offers = JSON.stringify(row.preferences);
  test(`negotiate() as ${row.side} answers ${offers} as Tomcat does`, () => {
    const preferences = row.preferences.map(
      (text) => parseExtensionHeader(`x;${text}`)[0]?.parameters ?? [],
    );
    const act = (): string | null => {
      const agreed = negotiate(preferences, row.side === 'server');
      return agreed ? extensionHeader([extensionOf(agreed)]) : null;
    };
    if (row.error !== undefined) assert.equal(errorOf(act), row.error);
    else assert.equal(act(), row.agreed);
  });
}

interface Utf8Row {
  readonly hex: string;
  readonly partial: unknown;
  readonly final: unknown;
}

for (const row of rowsOf<Utf8Row>('utf8')) {
  test(`decode() takes ${row.hex} as Tomcat's decoder does`, () => {
    const bytes = Buffer.from(row.hex, 'hex');
    assert.deepEqual(decode(bytes, 100, false), row.partial);
    assert.deepEqual(decode(bytes, 100, true), row.final);
  });
}

interface LongRow {
  readonly hex: string;
  readonly value?: string;
  readonly error?: string;
}

for (const row of rowsOf<LongRow>('byteArrayToLong')) {
  test(`byteArrayToLong() reads ${row.hex} with the fault of 7.0.88`, () => {
    const bytes = Buffer.from(row.hex, 'hex');
    if (row.error !== undefined) {
      assert.throws(() => byteArrayToLong(bytes, true), { message: row.error });
    } else {
      assert.equal(String(byteArrayToLong(bytes, true)), row.value);
    }
  });
}

test('byteArrayToLong() counts right without the fault', () => {
  const bytes = Buffer.from('0000000100000000', 'hex');
  assert.equal(byteArrayToLong(bytes, false), 2 ** 32);
});

interface CodeRow {
  readonly in: number;
  readonly out: number;
}

for (const row of rowsOf<CodeRow>('closeCode')) {
  test(`getCloseCode() makes ${row.in} to ${row.out}`, () => {
    assert.equal(getCloseCode(row.in), row.out);
  });
}

interface TruncationRow {
  readonly unit: string;
  readonly repeat: number;
  readonly bytes?: number;
  readonly tailHex?: string;
  readonly error?: string;
}

for (const row of rowsOf<TruncationRow>('closeReasonTruncation')) {
  test(`appendCloseReasonWithTruncation() fits ${row.repeat} times "${row.unit}"`, () => {
    const reason = row.unit.repeat(row.repeat);
    if (row.error !== undefined) {
      assert.throws(
        () => appendCloseReasonWithTruncation(reason),
        (error: Error) => javaToString(error) === row.error,
      );
      return;
    }
    const bytes = Buffer.from(appendCloseReasonWithTruncation(reason));
    assert.equal(bytes.length, row.bytes);
    assert.equal(bytes.subarray(-8).toString('hex'), row.tailHex);
  });
}
