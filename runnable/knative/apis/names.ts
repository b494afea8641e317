/**
 * Kubernetes' rules for names, in its words.
 */

const label1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/**
 * What is wrong with a name that a domain shall begin with; nothing if all is
 * well. Kubernetes' `validation.IsDNS1035Label`.
 */
export function isDNS1035Label(value: string): string[] {
  const faults: string[] = [];
  if (value.length > 63) faults.push('must be no more than 63 characters');
  if (!label1035.test(value)) {
    faults.push(
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
    );
  }
  return faults;
}

/** Whether a name is a DNS label, which may begin with a digit. */
export function isDNS1123Label(value: string): boolean {
  return value.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(value);
}

/** Whether a word could name a variable in C, as kinds must. */
export function isCIdentifier(value: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(value);
}

/** Whether a text is a name, with or without a domain and a slash before it. */
export function isQualifiedName(value: string): boolean {
  const name = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
  const parts = value.split('/');
  const last = parts.at(-1) ?? '';
  const prefix = parts.length === 2 ? (parts[0] ?? '') : 'a';
  return (
    parts.length <= 2 &&
    last.length <= 63 &&
    name.test(last) &&
    prefix.length <= 253 &&
    /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(prefix)
  );
}
