/**
 * Moments as HTTP writes them: `Fri, 05 Apr 2019 00:00:00 GMT`.
 */
import type { Instant } from '../../../sim/clock.ts';

const dayLength = 86_400_000;
/** 1 January 1970 was a Thursday. */
const days = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
/** A year begins with March here, so that a leap day is its last. */
const months = [
  ...['Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug'],
  ...['Sep', 'Oct', 'Nov', 'Dec', 'Jan', 'Feb'],
];

export function httpDate(moment: Instant): string {
  const day = Math.floor(moment / dayLength);
  const seconds = Math.floor((moment - day * dayLength) / 1000);
  const clock = [seconds / 3600, (seconds / 60) % 60, seconds % 60]
    .map((part) => twoDigits(Math.floor(part)))
    .join(':');
  return `${days[day % 7] ?? ''}, ${calendarDate(day)} ${clock} GMT`;
}

/** `05 Apr 2019`, for a day counted from 1970, by the Gregorian rules. */
function calendarDate(day: number): string {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leapDays =
    Math.floor(dayOfEra / 1460) -
    Math.floor(dayOfEra / 36_524) +
    Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const leapYears = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  const dayOfYear = dayOfEra - (365 * yearOfEra + leapYears);
  const month = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * month + 2) / 5) + 1;
  const year = era * 400 + yearOfEra + (month > 9 ? 1 : 0);
  return `${twoDigits(dayOfMonth)} ${months[month] ?? ''} ${String(year)}`;
}

const twoDigits = (number: number): string => String(number).padStart(2, '0');
