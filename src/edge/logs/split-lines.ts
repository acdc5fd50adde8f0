import { StringDecoder } from 'node:string_decoder';

/** Longer than any line that a server writes: a longer one is cut, so that a file without line ends fits into memory. */
const MAX_CHARS = 65_536;

export type LineSplitter = {
  /** The lines that end in this part of the text. */
  readonly push: (bytes: Uint8Array) => string[];
  /** What stands after the last line end. */
  readonly rest: () => string[];
};

export function createLineSplitter(): LineSplitter {
  const decoder = new StringDecoder('utf8');
  let open = '';
  return {
    push: (bytes) => {
      const lines = (open + decoder.write(bytes)).split('\n');
      open = (lines.pop() ?? '').slice(0, MAX_CHARS);
      return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
    },
    rest: () => (open === '' ? [] : [open]),
  };
}
