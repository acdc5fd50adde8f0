import './made-up-language.ts';
import { signal } from '@preact/signals';
import { render } from 'preact';
import type { FaceActions } from '../../../src/ui/player/face-actions.ts';
import { type KnownTransfer, PlayerModel } from '../../../src/ui/player/player-model.ts';
import { PlayerScreen } from '../../../src/ui/player/player-screen.tsx';
import { NOTHING_REMEMBERED } from '../../../src/ui/player/remembered.ts';
import { PLAYER_SCENES } from './player-scenes.ts';
import { sampleView } from './sample-view.ts';
import { SCENES } from './scenes.ts';

/** Draws a player: `player.html?player-film`. Its element plays nothing, and says what the scene has it say. */
const name = location.search.slice(1);
const scene = PLAYER_SCENES[name];
if (scene === undefined) throw new Error('the gallery has no such scene');
const isGone = SCENES[name]?.isEngineGone === true;
const state = signal(scene.state);
const done = { ok: true, output: null } as const;
const gone = { ok: false, failure: { code: 'no-answer' } } as const;
let memory = JSON.stringify({ ...NOTHING_REMEMBERED, ...scene.memory });

const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900"><defs><linearGradient id="a" x2="0" y2="1"><stop stop-color="#274060"/><stop offset=".55" stop-color="#c77b58"/><stop offset=".56" stop-color="#1b2f44"/><stop offset="1" stop-color="#0d1823"/></linearGradient></defs><rect width="1600" height="900" fill="url(#a)"/><circle cx="1090" cy="400" r="90" fill="#f6d9a8"/></svg>`;
const TEXTS: Readonly<Record<string, string>> = {
  svg: PICTURE,
  txt: 'A series in the public domain\n\nThree episodes, 1953. Read by the river.\n\nÄ ö ü ß – 日本語 – עברית\n',
  srt: '1\n00:00:00,000 --> 00:09:00,000\nFrom here the river is <i>fast</i>.\nHold on.\n',
  pdf: '%PDF-1.4\n',
};

/** The element is real; what it says of a film that it does not have is the scene's. */
function pretend(video: HTMLMediaElement): void {
  const { media, state: shown } = scene as typeof scene & object;
  if (media === null) return;
  if (shown.hasVideo) (video as HTMLVideoElement).poster = `data:image/svg+xml,${encodeURIComponent(PICTURE)}`;
  const isPaused = !state.peek().wantsToPlay;
  const ranges = { length: 1, start: () => media.timeS - 20, end: () => media.bufferedS };
  const told: Readonly<Record<string, unknown>> = {
    duration: media.durationS,
    paused: isPaused,
    readyState: media.bufferedS > media.timeS ? 4 : 2,
    buffered: ranges,
    videoWidth: 1600,
  };
  for (const [key, value] of Object.entries(told)) Object.defineProperty(video, key, { get: () => value });
  let timeS = media.timeS;
  Object.defineProperty(video, 'currentTime', {
    get: () => timeS,
    set: (to: number) => {
      timeS = to;
    },
  });
  queueMicrotask(() => video.dispatchEvent(new Event('timeupdate')));
}

const actions: FaceActions = {
  attach: pretend,
  play: () => {
    state.value = { ...state.value, wantsToPlay: true };
  },
  pause: () => {
    state.value = { ...state.value, wantsToPlay: false };
  },
  chooseAudio: (id) => {
    state.value = {
      ...state.value,
      audio: state.value.audio.map((track) => ({ ...track, isChosen: track.id === id })),
    };
  },
  openFile: (file) => {
    const path = scene.files.find(({ index }) => index === file)?.path ?? [];
    state.value = { ...state.value, file, path };
  },
  retry: () => undefined,
  openSaved: async () => false,
  showSaved: async () => true,
  readBytes: async (file) => {
    const path = scene.files.find(({ index }) => index === file)?.path.at(-1) ?? '';
    return new TextEncoder().encode(TEXTS[path.split('.').at(-1) ?? ''] ?? '');
  },
  followText: (_track, onCues) => onCues([{ startS: 0, endS: 540, text: 'From here the river is fast.\nHold on.' }]),
  files: async () => (isGone ? gone : { ok: true, output: { files: scene.files } }),
  resume: async () => (isGone ? gone : done),
  download: async () => (isGone ? gone : done),
  readMemory: () => memory,
  writeMemory: (text) => {
    memory = text;
  },
  nowMs: () => 1_000_000,
  showSession: () => undefined,
  showsPdf: scene.showsPdf ?? 'in-tab',
};
if (scene.isRightToLeft) document.documentElement.dir = 'rtl';
const transfer = signal<KnownTransfer>(scene.transfer);
const model = new PlayerModel(sampleView(0).id, state, transfer, actions);
render(<PlayerScreen model={model} />, document.querySelector('#app') as HTMLElement);
performance.mark('drawn');
