// When something was, as people say it: today and yesterday, the weekday within a week, else the date.
import { messages } from './messages.en.ts';

const DAY_MS = 86_400_000;

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** In the machine's own time zone, which is what the person lives by. */
export function formatWhen(iso: string, now = new Date()): string {
  const date = new Date(iso);
  const time = date.toLocaleTimeString(messages.language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const days = Math.round((midnight(now) - midnight(date)) / DAY_MS);
  if (days === 0 || days === 1)
    return `${new Intl.RelativeTimeFormat(messages.language, { numeric: 'auto' }).format(-days, 'day')}, ${time}`;
  if (days > 1 && days < 7)
    return `${date.toLocaleDateString(messages.language, { weekday: 'long' })}, ${time}`;
  return date.toLocaleDateString(messages.language, {
    day: 'numeric',
    month: 'short',
    ...(date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }),
  });
}

/** To the second, with the zone. */
export function formatMoment(iso: string): string {
  return new Date(iso).toLocaleString(messages.language, {
    dateStyle: 'medium',
    timeStyle: 'long',
    hourCycle: 'h23',
  });
}
