/** Writes a number with the noun it counts: `1 peer`, `5 peers`, `2 pieces`. */
export const formatCount = (count: number, one: string, many: string = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
