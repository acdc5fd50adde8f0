/*
 * What a publisher writes beside an ordinary link. The page works the same for everybody else; there is no script.
 *
 *   <a href="https://cdn.example/ep42.mp4" download
 *      data-rivulet-torrent="https://cdn.example/ep42.mp4.torrent"
 *      data-rivulet-policy="spare-origin; within=900"
 *      data-rivulet-report="https://edge.example">Episode 42</a>
 */

/** Address of the .torrent, absolute or relative to the page. */
export const TORRENT_ATTRIBUTE = 'data-rivulet-torrent';
/** `fastest`, `balanced`, `peers-off`, or `spare-origin` with a patience: `; within=<seconds>` or `; least=<bytes/s>`. */
export const POLICY_ATTRIBUTE = 'data-rivulet-policy';
/** Address of the publisher's edge, which takes reports of those who agreed to send them. */
export const REPORT_ATTRIBUTE = 'data-rivulet-report';
