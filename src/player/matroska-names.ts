/** Names of Matroska's elements (RFC 9559, and RFC 8794 for the first). */
export const EBML = 0x1a45dfa3;
export const SEGMENT = 0x18538067;
export const SEEK_HEAD = 0x114d9b74;
export const INFO = 0x1549a966;
export const TRACKS = 0x1654ae6b;
export const CUES = 0x1c53bb6b;
export const CLUSTER = 0x1f43b675;
/** A head has ten elements; what is longer is no film. */
export const MAX_ELEMENTS = 200;
