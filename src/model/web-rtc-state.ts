/** Whether this browser can have peers: `no-way-out` when WebRTC is there and finds no address to be reached at. */
export type WebRtcState = 'works' | 'missing' | 'no-way-out';
