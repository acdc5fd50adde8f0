import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { LimitSchedule } from '../../../model/settings.ts';
import { dayNames, SETTINGS_PAGE_WORDS } from '../../words/settings-page-words.ts';
import type { RowLinks } from '../setting-row.tsx';
import { readTime, weekFrom, writeTime } from '../week.ts';
import { RateField } from './rate-field.tsx';

type Props = {
  readonly links: RowLinks;
  readonly schedule: LimitSchedule;
  readonly onSchedule: (schedule: LimitSchedule) => void;
};

/** Other limits for certain hours: on which days, from when to when, and what they are. */
export function ScheduleEditor({ links, schedule, onSchedule }: Props) {
  const refusal = useSignal<string | null>(null);
  const id = useId();
  const { days, fromMinute, toMinute, downBytesPerS, upBytesPerS } = schedule;
  const change = (part: Partial<LimitSchedule>) => onSchedule({ ...schedule, ...part });
  const setDay = (day: number, isMeant: boolean) => {
    const rest = days.filter((one) => one !== day);
    refusal.value = !isMeant && rest.length === 0 ? SETTINGS_PAGE_WORDS.refusedDays : null;
    if (refusal.value === null) change({ days: (isMeant ? [...rest, day] : rest).sort((a, b) => a - b) });
  };
  const setTime = (key: 'fromMinute' | 'toMinute', text: string) => {
    const minute = readTime(text);
    if (minute !== null) change({ [key]: minute });
  };
  return (
    <div class="schedule-more">
      <fieldset class="days" aria-describedby={`${id}-days`}>
        <legend>{SETTINGS_PAGE_WORDS.days}</legend>
        {weekFrom().map((day) => (
          <label key={day} class="day">
            <input
              // Drawn anew when the last day was refused: the box stays ticked.
              key={`${day} ${refusal.value !== null}`}
              type="checkbox"
              aria-label={dayNames(day).long}
              checked={days.includes(day)}
              onChange={(event) => setDay(day, event.currentTarget.checked)}
            />
            {dayNames(day).short}
          </label>
        ))}
        <span id={`${id}-days`} class="refusal" aria-live="polite">
          {refusal.value}
        </span>
      </fieldset>
      <div class="times">
        <label>
          {SETTINGS_PAGE_WORDS.from}
          <input
            class="field"
            type="time"
            value={writeTime(fromMinute)}
            onChange={(event) => setTime('fromMinute', event.currentTarget.value)}
          />
        </label>
        <label>
          {SETTINGS_PAGE_WORDS.until}
          <input
            class="field"
            type="time"
            value={writeTime(toMinute)}
            onChange={(event) => setTime('toMinute', event.currentTarget.value)}
          />
        </label>
        {toMinute <= fromMinute && <span class="quiet">{SETTINGS_PAGE_WORDS.untilNextDay}</span>}
      </div>
      <div class="scheduled-limits">
        <p id={`${id}-down`}>{SETTINGS_PAGE_WORDS.scheduledDown}</p>
        <RateField
          links={{
            id: `${id}-down-control`,
            'aria-labelledby': `${id}-down`,
            'aria-describedby': links['aria-describedby'],
          }}
          name={SETTINGS_PAGE_WORDS.scheduledDown}
          bytesPerS={downBytesPerS}
          onRate={(rate) => change({ downBytesPerS: rate })}
        />
        <p id={`${id}-up`}>{SETTINGS_PAGE_WORDS.scheduledUp}</p>
        <RateField
          links={{
            id: `${id}-up-control`,
            'aria-labelledby': `${id}-up`,
            'aria-describedby': links['aria-describedby'],
          }}
          name={SETTINGS_PAGE_WORDS.scheduledUp}
          bytesPerS={upBytesPerS}
          onRate={(rate) => change({ upBytesPerS: rate })}
        />
      </div>
    </div>
  );
}
