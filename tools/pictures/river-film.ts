import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureFfmpeg } from '../../test/support/ensure-ffmpeg.ts';

const run = promisify(execFile);

/** Evening over a river: hills against the sky, a low sun, and its light on the water. X, Y, W and H are ffmpeg's. */
const HORIZON = '0.56*H';
const HILLS = '(0.52*H-H*(0.04+0.03*sin(X/W*7)+0.015*sin(X/W*17+1)))';
const IS_SUN = 'lt(hypot(X-0.68*W,Y-0.4*H),0.09*H)';
const IS_GLITTER =
  'lt(abs(X-0.68*W),0.09*H*(0.5+1.2*(Y-0.56*H)/(0.44*H))+0.02*H*sin(Y/H*140))*gt(sin(Y/H*Y/H*260),0.1)';
const paint = (sky: string, hill: number, sun: number, glitter: number, water: string) =>
  `'if(lt(Y,${HORIZON}),if(gt(Y,${HILLS}),${hill},if(${IS_SUN},${sun},${sky})),if(${IS_GLITTER},${glitter},${water}))'`;
const SCENE = [
  `r=${paint('39+160*Y/(0.56*H)', 22, 246, 214, '34-18*(Y-0.56*H)/(0.44*H)')}`,
  `g=${paint('64+59*Y/(0.56*H)', 34, 217, 150, '58-30*(Y-0.56*H)/(0.44*H)')}`,
  `b=${paint('96-8*Y/(0.56*H)', 50, 168, 110, '84-42*(Y-0.56*H)/(0.44*H)')}`,
].join(':');
const DURATION_S = 100;
/** Filled up to an even rate, as films are that are made to be streamed; it arrives no faster at its quiet places. */
const EVEN = ['-b:v', '2M', '-minrate', '2M', '-maxrate', '2M', '-bufsize', '1M', '-x264-params', 'nal-hrd=cbr'];

/** A film to take pictures of: 100 s, about 25 MB, H.264 in MP4 with its index in front. */
export async function riverFilm(): Promise<Uint8Array> {
  const ffmpeg = await ensureFfmpeg();
  const folder = await mkdtemp(join(tmpdir(), 'rivulet-film-'));
  const quiet = ['-hide_banner', '-loglevel', 'error', '-y'];
  const still = join(folder, 'still.png');
  const film = join(folder, 'film.mp4');
  try {
    const scene = ['-f', 'lavfi', '-i', `color=black:s=1280x720:d=1:r=1,format=rgb24,geq=${SCENE}`];
    await run(ffmpeg, [...quiet, ...scene, '-vf', 'gblur=sigma=0.8', '-frames:v', '1', still]);
    const sources = ['-loop', '1', '-framerate', '12', '-i', still, '-f', 'lavfi', '-i', 'sine=frequency=220'];
    const coding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '24', '-pix_fmt', 'yuv420p', ...EVEN];
    const end = ['-c:a', 'aac', '-t', String(DURATION_S), '-movflags', '+faststart', film];
    await run(ffmpeg, [...quiet, ...sources, ...coding, ...end]);
    return new Uint8Array(await readFile(film));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
