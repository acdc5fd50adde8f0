// The second Worker of hashed-fetch-worker.ts. Parts come and go without being copied.

export type Part = { readonly bytes: Uint8Array<ArrayBuffer>; readonly startByte: number };
export type HashedPart = Part & { readonly sha1: ArrayBuffer };

self.onmessage = async ({ data: { bytes, startByte } }: MessageEvent<Part>) => {
  const sha1 = await crypto.subtle.digest('SHA-1', bytes);
  postMessage({ bytes, startByte, sha1 } satisfies HashedPart, { transfer: [bytes.buffer] });
};
