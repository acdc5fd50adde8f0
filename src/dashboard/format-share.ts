/**
 * Writes a share as percent with one decimal, rounded towards less: `87.3 %`, `−4.1 %`. What is not everything is never
 * shown as 100 %.
 */
export function formatShare(share: number): string {
  // 0.29 * 1000 is 289.999…, which is not meant as less than 29.0 %.
  const tenths = Math.floor(Number((share * 1000).toFixed(6)));
  const text = `${(Math.abs(tenths) / 10).toFixed(1)}\u00a0%`;
  return tenths < 0 ? `−${text}` : text;
}
