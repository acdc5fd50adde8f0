/** Writes money as a sentence would: `€1,234.50`, `−$3.20`; small sums with the decimals that they need. */
export function formatMoney(amount: number, currency: string): string {
  const size = Math.abs(amount);
  const decimals = size > 0 && size < 0.01 ? 4 : 2;
  const options = { style: 'currency', currency, minimumFractionDigits: 2, maximumFractionDigits: decimals } as const;
  const text = new Intl.NumberFormat('en', options).format(size);
  return amount < 0 ? `−${text}` : text;
}
