export type MagnetOptions = {
  /** `dn`; null leaves it out. */
  readonly name?: string | null;
  /** `tr` */
  readonly trackers?: readonly string[];
  /** `ws`, BEP 19. */
  readonly webSeeds?: readonly string[];
  /** `xs`: where the .torrent file is. */
  readonly exactSources?: readonly string[];
  /** `so`, BEP 53, as written there: `0,2,4-6`. */
  readonly selectOnly?: string;
};

/** Writes a magnet link with the given parts in a fixed order. @see BEP 9, BEP 53. */
export function magnetOf(infoHash: string, options: MagnetOptions = {}): string {
  const { name, trackers = [], webSeeds = [], exactSources = [], selectOnly } = options;
  const parts = [
    `xt=urn:btih:${infoHash}`,
    ...(name ? [`dn=${encodeURIComponent(name)}`] : []),
    ...trackers.map((url) => `tr=${encodeURIComponent(url)}`),
    ...webSeeds.map((url) => `ws=${encodeURIComponent(url)}`),
    ...exactSources.map((url) => `xs=${encodeURIComponent(url)}`),
    ...(selectOnly ? [`so=${selectOnly}`] : []),
  ];
  return `magnet:?${parts.join('&')}`;
}
