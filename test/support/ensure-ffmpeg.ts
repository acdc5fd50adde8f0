import { ensurePrograms, type ProgramSearch } from '../../tools/ensure-programs.ts';

const FFMPEG: ProgramSearch = {
  name: 'ffmpeg',
  variable: 'FFMPEG_BIN',
  commands: ['ffmpeg'],
  packages: ['ffmpeg'],
};

/**
 * Finds ffmpeg or installs it, and returns its path. `FFMPEG_BIN` chooses another.
 * @throws {Error} that says in one line what to install.
 */
export async function ensureFfmpeg(): Promise<string> {
  const [path = ''] = await ensurePrograms([FFMPEG], 'it makes the films that are played');
  return path;
}
