/** Part of the Network Information API, which not every browser has. */
type Connection = { readonly saveData?: boolean; readonly type?: string };

/**
 * Whether the connection is paid for by the byte, or the user has asked the browser to save data; null when this browser
 * does not tell. Chrome on computers tells the latter alone, Firefox neither.
 */
export function isMetered(): boolean | null {
  const { connection } = navigator as { readonly connection?: Connection };
  if (connection?.saveData === undefined && connection?.type === undefined) return null;
  return connection.saveData === true || connection.type === 'cellular';
}
