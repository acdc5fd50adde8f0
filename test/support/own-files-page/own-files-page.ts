import type { TransferId } from '../../../src/model/ids.ts';
import { offerFiles, ownFilesOf } from '../../../src/own-files/offer-files.ts';

// Offers what was picked to the transfer that its address names, and writes down what came of it.
document.querySelector('button')?.addEventListener('click', async () => {
  const inputs = document.querySelectorAll<HTMLInputElement>('input[type=file]');
  const files = [...inputs].flatMap(({ files }) => [...(files ?? [])]);
  let progress = 0;
  const outcome = await offerFiles(location.hash.slice(1) as TransferId, ownFilesOf(files), {
    onProgress: (bytes) => {
      progress = bytes;
    },
  });
  document.body.dataset.outcome = JSON.stringify({ ...outcome, progress });
});
