import { type Signal, signal } from '@preact/signals';
import type { FileIndex } from '../model/ids.ts';
import type { PlayerPhase, PlayerState } from '../model/player-view.ts';
import { streamUrl } from '../model/stream-url.ts';
import type { EngineLink } from './engine-link.ts';
import type { Feed, FeedProblem } from './feeds/feed.ts';
import { MediaFile } from './feeds/media-file.ts';
import { NativeFeed } from './feeds/native-feed.ts';
import { type Abilities, type Probe, probe } from './feeds/probe.ts';
import { BytesStopped, FileBytes } from './file-bytes.ts';
import { muteCodecOf, openFeed, type Playable, unplayable, type Way, waysToPlay } from './open-feed.ts';
import { PlayControl } from './play-control.ts';
import { aheadS, bytesPerS, type Playing, partInReserve, wantedS } from './reserve.ts';

const ASK_AGAIN_MS = 250;
const TELL_EVERY_MS = 500;
const INDEX_WHEN_AHEAD_S = 4;

export type SessionPorts = {
  readonly link: EngineLink;
  readonly abilities: Abilities;
  /** Whether the background answers at addresses of streams. */
  readonly hasStreams: boolean;
  readonly readStored: (infoHash: string, storeFile: string, startByte: number, endByte: number) => Promise<Uint8Array>;
  /** The object URL of a whole file in the store. */
  readonly wholeUrl: (infoHash: string, storeFile: string, type: string) => Promise<string>;
};

/** One file that is open: all of it goes when another is opened. */
type Opened = {
  readonly playable: Playable;
  readonly file: MediaFile;
  readonly probe: Probe;
  ways: Way[];
  audioId: number | null;
};

/** Plays files of one transfer in one element, and says how that stands. */
export class PlayerSession {
  readonly state: Signal<PlayerState>;
  readonly #ports: SessionPorts;
  #media: HTMLMediaElement | null = null;
  #control: PlayControl | null = null;
  #opened: Opened | null = null;
  /** Where the last file lies, whether or not it plays: others of its transfer lie beside it. */
  #playable: Playable | null = null;
  #feed: Feed | null = null;
  /** Counts what was opened, so that what an earlier one still does changes nothing. */
  #turn = 0;
  #isTelling = false;
  #timesKnown = 0;

  constructor(file: FileIndex, ports: SessionPorts) {
    this.#ports = ports;
    this.state = signal<PlayerState>({ ...NOTHING, file });
    setInterval(() => void this.#tell(), TELL_EVERY_MS);
  }

  attach(media: HTMLMediaElement): void {
    if (this.#media !== null) return;
    this.#media = media;
    this.#control = new PlayControl(media, {
      reservePart: (standstills) => partInReserve(this.#playing(media), standstills),
      aheadS: () => aheadS(this.#playing(media)),
      onChange: (wantsToPlay, readyPart) => this.#controlChanged(wantsToPlay, readyPart),
    });
    for (const event of ['seeking', 'pause', 'play']) media.addEventListener(event, () => void this.#tell());
    media.addEventListener('durationchange', () => {
      if (Number.isFinite(media.duration)) this.#change({ durationS: media.duration });
    });
    if (this.#opened !== null) this.#startFeed(0);
  }

  play(): void {
    this.#control?.play();
  }

  pause(): void {
    this.#control?.pause();
  }

  /** An engine has met this page. One that was started anew is told what is played here, and that goes on. */
  async known(): Promise<void> {
    this.#timesKnown += 1;
    // The page has said what it plays before it had a port; unless that went to an engine that is gone, it is known.
    if (this.#timesKnown === 1 && (this.#playable === null || (await this.#isKnown()))) return;
    if (this.#opened === null) return this.open(this.state.value.file);
    await this.#ports.link.open(this.state.value.file);
  }

  /** Opens a file, in place of one that may be open. */
  async open(file: FileIndex): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.#close();
    const { playlist, wantsToPlay } = this.state.value; // who watches goes on watching
    this.state.value = { ...NOTHING, file, playlist, wantsToPlay };
    const { link } = this.#ports;
    for (;;) {
      const opened = await link.open(file);
      if (turn !== this.#turn) return;
      if (opened.state === 'playable') return this.#look(opened, turn);
      if (opened.state === 'saved') return this.#phase({ phase: 'saved', downloadId: opened.downloadId });
      if (opened.state === 'gone') return this.#phase({ phase: 'stopped', failure: opened.failure });
      this.#phase({ phase: 'finding' });
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
      if (turn !== this.#turn) return;
    }
  }

  async #isKnown(): Promise<boolean> {
    const nothing = { aheadS: 0, bytesPerS: null, isPaused: false, waitsForS: null };
    return (await this.#ports.link.tell(nothing))?.isKnown !== false;
  }

  chooseAudio(id: number): void {
    const opened = this.#opened;
    if (opened === null || opened.audioId === id) return;
    opened.audioId = id;
    this.#showTracks();
    if (this.#feed?.chooseAudio(id) || !opened.ways.includes('segments')) return;
    opened.ways = opened.ways.filter((way) => way === 'segments');
    this.#startFeed(this.#media?.currentTime ?? 0);
  }

  /** See `readBytes` of the actions. */
  readBytes(file: FileIndex, startByte: number, endByte: number, signal: AbortSignal): Promise<Uint8Array> {
    const playable = this.#playable;
    if (playable === null) return Promise.reject(new TypeError('nothing is open'));
    const storeFile = `file-${file}`;
    return this.#bytesOf({ ...playable, storeFile, lengthBytes: endByte }, file).read(startByte, endByte, signal);
  }

  async #look(playable: Playable, turn: number): Promise<void> {
    const { lengthBytes, pieceLengthBytes, leadBytes } = playable;
    this.#playable = playable;
    this.#change({ phase: { phase: 'looking' }, lengthBytes, pieceLengthBytes, leadBytes });
    void this.#showFiles();
    const file = new MediaFile(this.#bytesOf(playable, this.state.value.file));
    try {
      const found = await probe(file, this.#ports.abilities);
      if (turn !== this.#turn) return file.close();
      const ways = found === null ? [] : waysToPlay(found, this.#ports.hasStreams);
      if (found === null || ways.length === 0) return this.#phase(unplayable(found));
      const audio = found.audio.find(({ segmentType }) => segmentType !== null) ?? found.audio[0];
      if (!(await file.playsWithoutIndex())) await file.findCurve(found.durationS);
      if (turn !== this.#turn) return file.close();
      this.#opened = { playable, file, probe: found, ways, audioId: audio?.id ?? null };
      const muteCodec = found.audio.length > 0 && found.video !== null ? muteCodecOf(found) : null;
      this.#change({ durationS: found.durationS, hasVideo: found.video !== null, muteCodec });
      this.#showTracks();
      this.#startFeed(0);
    } catch (error) {
      if (turn === this.#turn) this.#stopped(error);
    }
  }

  /** Feeds the element in the best of the ways that are left, from this time on. */
  #startFeed(atS: number): void {
    const [opened, media] = [this.#opened, this.#media];
    if (opened === null || media === null) return;
    this.#feed?.stop();
    this.#feed = null;
    const [way] = opened.ways;
    if (way === undefined) return this.#phase(unplayable(opened.probe));
    this.#phase({ phase: 'playable' });
    if (way === 'whole') return void this.#feedWhole(opened, atS);
    const url = streamUrl(opened.playable, this.#ports.link.player, opened.probe.mimeType);
    const onProblem = (problem: FeedProblem) => this.#problem(opened, way, problem);
    this.#feed = openFeed({ ...opened, way, streamUrl: url, onProblem });
    this.#feed.start(media, atS);
    this.#control?.begin();
  }

  async #feedWhole(opened: Opened, atS: number): Promise<void> {
    const { playable, file, probe } = opened;
    const { infoHash, storeFile, lengthBytes } = playable;
    try {
      for (let hereBytes = 0; hereBytes < lengthBytes; ) {
        this.#phase({ phase: 'whole-first', hereBytes, lengthBytes });
        const here = await this.#ports.link.awaitBytes(this.state.value.file, hereBytes, lengthBytes);
        if (opened !== this.#opened) return;
        if (here.state === 'stopped') throw new BytesStopped(here);
        if (here.state === 'here') hereBytes = here.endByte;
      }
      const url = await this.#ports.wholeUrl(infoHash, storeFile, probe.mimeType);
      if (opened !== this.#opened || this.#media === null) return URL.revokeObjectURL(url);
      this.#phase({ phase: 'playable' });
      this.#feed = new NativeFeed(url, (problem) => this.#problem(opened, 'whole', problem));
      this.#feed.start(this.#media, atS);
      this.#control?.begin();
      file.letGo();
    } catch (error) {
      if (opened === this.#opened) this.#stopped(error);
    }
  }

  /** One way has failed: bytes that do not come stop all of them; else the next is tried. */
  async #problem(opened: Opened, way: Way, { what }: FeedProblem): Promise<void> {
    if (opened !== this.#opened) return;
    if (what === 'bytes') {
      const here = await this.#ports.link.awaitBytes(this.state.value.file, 0, 1);
      if (here.state === 'stopped') return this.#stopped(new BytesStopped(here));
    }
    opened.ways = opened.ways.filter((other) => other !== way);
    this.#startFeed(this.#media?.currentTime ?? 0);
  }

  #bytesOf({ infoHash, storeFile, lengthBytes }: Playable, file: FileIndex): FileBytes {
    return new FileBytes({
      lengthBytes,
      awaitBytes: (startByte, endByte) => this.#ports.link.awaitBytes(file, startByte, endByte),
      readStored: (startByte, endByte) => this.#ports.readStored(infoHash, storeFile, startByte, endByte),
    });
  }

  #playing(media: HTMLMediaElement): Playing {
    const { ways = [], file = null } = this.#opened ?? {};
    return { media, state: this.state.value, curve: file?.curve ?? null, isStream: ways[0] === 'stream' };
  }

  async #tell(): Promise<void> {
    const media = this.#media;
    if (this.#isTelling || this.#opened === null || media === null) return;
    this.#isTelling = true;
    const playing = this.#playing(media);
    const pace = bytesPerS(playing);
    const told = await this.#ports.link.tell({
      aheadS: aheadS(playing),
      bytesPerS: pace === null ? null : Math.max(pace * media.playbackRate, 1),
      isPaused: media.paused && !playing.state.wantsToPlay,
      waitsForS: playing.state.phase.phase === 'filling' ? wantedS(playing, this.#control?.standstills ?? 0) : null,
    });
    this.#isTelling = false;
    if (told?.isKnown) this.#change({ told });
    // An index that was not needed to begin comes when there is time for it: a jump needs it.
    if (aheadS(playing) > INDEX_WHEN_AHEAD_S) void this.#opened?.file.findCurve(this.state.value.durationS);
  }

  #controlChanged(wantsToPlay: boolean, readyPart: number | null): void {
    const { phase } = this.state.value;
    if (phase.phase !== 'playable' && phase.phase !== 'filling') return this.#change({ wantsToPlay });
    this.#change({ wantsToPlay, phase: readyPart === null ? { phase: 'playable' } : { phase: 'filling', readyPart } });
  }

  async #showFiles(): Promise<void> {
    const files = await this.#ports.link.files();
    const playlist = files.map(({ index, path, lengthBytes }) => ({ file: index, path, lengthBytes }));
    this.#change({ playlist, path: files.find(({ index }) => index === this.state.value.file)?.path ?? [] });
  }

  #showTracks(): void {
    const { probe, audioId } = this.#opened as Opened;
    const audio = probe.audio
      .filter(({ segmentType }) => segmentType !== null || probe.audio.length === 1)
      .map(({ id, language, name, codec }) => ({ id, language, name, codec, isChosen: id === audioId }));
    this.#change({ audio });
  }

  #stopped(error: unknown): void {
    this.#close();
    if (!(error instanceof BytesStopped)) console.error('player', String(error));
    this.#phase({ phase: 'stopped', failure: error instanceof BytesStopped ? error.answer.failure : null });
  }

  #close(): void {
    this.#feed?.stop();
    this.#feed = null;
    this.#opened?.file.close();
    this.#opened = null;
    this.#media?.pause();
    this.#media?.removeAttribute('src');
    this.#media?.load();
  }

  #phase(phase: PlayerPhase): void {
    this.#change({ phase });
  }

  #change(changes: Partial<PlayerState>): void {
    this.state.value = { ...this.state.value, ...changes };
  }
}

const NOTHING: Omit<PlayerState, 'file'> = {
  phase: { phase: 'opening' },
  wantsToPlay: false,
  path: [],
  lengthBytes: 0,
  pieceLengthBytes: 1,
  leadBytes: 0,
  durationS: null,
  hasVideo: true,
  muteCodec: null,
  audio: [],
  text: [],
  hasUnreadableText: false,
  told: null,
  playlist: [],
};
