/** A download has read its object URL long before this. */
const KEEP_URL_MS = 60_000;

/** How a page hands something to its user. */
export type TakeAway = {
  /** Resolves to whether it is in the clipboard now. */
  readonly copyText: (text: string) => Promise<boolean>;
  readonly saveFile: (name: string, bytes: Uint8Array, type: string) => void;
};

/** Through the clipboard and the Downloads folder of the browser. */
export const BROWSER_TAKE_AWAY: TakeAway = {
  copyText: async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  },
  saveFile: (name, bytes, type) => {
    const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), KEEP_URL_MS);
  },
};
