import { expect, test } from 'vitest';
import { logFileName } from '../../../src/ui/formats/log-file-name.ts';

test.each([
  ['Sintel.mp4', 'Sintel.mp4.rivulet-log.jsonl'],
  ['a/b\\c:d*e?f"g<h>i|j', 'a_b_c_d_e_f_g_h_i_j.rivulet-log.jsonl'],
  ['../../etc/passwd', '_.._etc_passwd.rivulet-log.jsonl'],
  ['invoice\u202efdp.exe', 'invoice_fdp.exe.rivulet-log.jsonl'],
  ['', 'transfer.rivulet-log.jsonl'],
  ['...', 'transfer.rivulet-log.jsonl'],
  ['日本語', '日本語.rivulet-log.jsonl'],
  ['x'.repeat(300), `${'x'.repeat(100)}.rivulet-log.jsonl`],
  ['😀'.repeat(300), `${'😀'.repeat(100)}.rivulet-log.jsonl`],
])('the log of %j is saved as %j', (name, expected) => {
  expect(logFileName(name)).toBe(expected);
});
