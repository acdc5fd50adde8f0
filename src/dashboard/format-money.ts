/** Writes money as a sentence would: `€1,234.50`, `−$3.20`; sums below a cent with the one digit that tells. */
export function formatMoney(amount: number, currency: string): string {
  const size = Math.abs(amount);
  const digits =
    size > 0 && size < 0.01 ? { maximumSignificantDigits: 1 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const options = { style: 'currency', currency, ...digits } as const;
  const text = new Intl.NumberFormat('en', options).format(size);
  return amount < 0 ? `−${text}` : text;
}
