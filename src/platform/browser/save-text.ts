/** A download has read its object URL long before this. */
const KEEP_URL_MS = 60_000;

/** Saves a text as a file in the Downloads folder, as a link with `download` does. */
export function saveText(text: string, fileName: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/jsonl' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP_URL_MS);
}
