/**
 * Moments as the API writes them: RFC 3339, whole seconds, UTC.
 */
import type { Instant } from '../sim/clock.ts';

const msPerDay = 86_400_000;

/** `2019-04-05T00:00:00Z`; what is below a second is dropped. */
export function formatTime(instant: Instant): string {
  const days = Math.floor(instant / msPerDay);
  const seconds = Math.floor((instant - days * msPerDay) / 1000);
  const [year, month, day] = civilDate(days);
  const time = [seconds / 3600, (seconds / 60) % 60, seconds % 60];
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}T${time.map((part) => pad(Math.floor(part))).join(':')}Z`;
}

const rfc3339 =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(?:Z|([+-])(\d\d):(\d\d))$/;

/** @throws {SyntaxError} when `text` is not RFC 3339 */
export function parseTime(text: string): Instant {
  const match = rfc3339.exec(text);
  if (match === null) {
    throw new SyntaxError(
      `Cannot read the time "${text}": expected RFC 3339, such as "2019-04-05T00:00:00Z"`,
    );
  }
  const part = (index: number): number => Number(match[index] ?? 0);
  const days = daysOfCivil(part(1), part(2), part(3));
  const seconds = part(4) * 3600 + part(5) * 60 + part(6) + part(7);
  const offset = (part(9) * 60 + part(10)) * 60;
  const local = days * msPerDay + Math.round(seconds * 1000);
  return local - (match[8] === '-' ? -offset : offset) * 1000;
}

/**
 * Year, month and day of a day counted from 1970, in the Gregorian calendar.
 * Years are counted from March, so that the leap day comes last.
 */
function civilDate(days: number): [number, number, number] {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra -
    (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return [year, month, day];
}

/** The inverse of `civilDate`. */
function daysOfCivil(year: number, month: number, day: number): number {
  const fromMarch = month <= 2 ? year - 1 : year;
  const era = Math.floor(fromMarch / 400);
  const yearOfEra = fromMarch - era * 400;
  const dayOfYear =
    Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}
