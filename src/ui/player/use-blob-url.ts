import { useEffect, useMemo } from 'preact/hooks';

/** An address for bytes that this page holds, for as long as they are shown. */
export function useBlobUrl(bytes: Uint8Array<ArrayBuffer>, type: string): string {
  const url = useMemo(() => URL.createObjectURL(new Blob([bytes], { type })), [bytes, type]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return url;
}
