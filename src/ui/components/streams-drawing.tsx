import { MarkPaths } from './mark.tsx';

/** The picture of what Rivulet does: peers on one side, a web server on the other, and one download out of both. */
export function StreamsDrawing() {
  return (
    <svg class="drawing" viewBox="0 0 240 136" aria-hidden="true" focusable="false">
      <path class="stream stream-peers" d="M40 30c4 30 74 8 74 40" />
      <path class="stream stream-origins" d="M200 34c-4 26-74 4-74 36" />
      <path class="thread" d="M18 38 40 26l24-11M40 26 28 8" />
      <g class="fill-peers">
        <circle cx="40" cy="26" r="9" />
        <circle cx="16" cy="39" r="5" />
        <circle cx="66" cy="14" r="4.5" />
        <circle cx="27" cy="7" r="3.5" />
      </g>
      <g class="fill-origins">
        <rect x="181" y="6" width="38" height="13" rx="3.5" />
        <rect x="181" y="22" width="38" height="13" rx="3.5" />
      </g>
      <g class="lamps">
        <circle cx="188" cy="12.5" r="1.8" />
        <circle cx="188" cy="28.5" r="1.8" />
      </g>
      <g transform="translate(101 76) scale(1.19)">
        <MarkPaths />
      </g>
      <path class="tray" d="M78 108v10a12 12 0 0 0 12 12h60a12 12 0 0 0 12-12v-10" />
    </svg>
  );
}
