const MAX_CHARS = 100;

/** A name for a .torrent that every system takes, made of the transfer's name. */
export function torrentFileName(name: string): string {
  const safe = name.replace(/[\p{Cc}\p{Cf}\\/:*?"<>|~%]/gu, '_').replace(/^[.\s]+|[.\s]+$/gu, '');
  return `${safe.replace(/\.torrent$/i, '').slice(0, MAX_CHARS) || 'download'}.torrent`;
}
