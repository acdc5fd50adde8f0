import type { BrowserNetwork } from '../../engine/ports.ts';
import type { WebRtcState } from '../../model/web-rtc-state.ts';

/** How long an address to be reached at may take to turn up: those of this computer come at once. */
const GATHERING_LIMIT_MS = 5_000;
/** What was found out is believed so long: the user may change a setting and look again. */
const BELIEVED_MS = 60_000;

let known: { readonly state: Promise<WebRtcState>; readonly atMs: number } | null = null;

/** What this browser knows of its network. For pages: a service worker has no WebRTC. */
export const browserNetwork: BrowserNetwork = {
  isOnline: () => navigator.onLine,
  webRtc: () => {
    const nowMs = performance.now();
    if (known === null || nowMs - known.atMs > BELIEVED_MS) known = { state: tryWebRtc(), atMs: nowMs };
    return known.state;
  },
};

/**
 * Whether WebRTC is there and finds an address of this computer. Without it (Firefox: media.peerconnection.enabled is
 * false, or a privacy extension) there is no RTCPeerConnection; where a setting forbids every way out of this computer
 * there are no candidates (RFC 8445). Nobody else is asked: no server is named.
 */
async function tryWebRtc(): Promise<WebRtcState> {
  if (typeof RTCPeerConnection !== 'function') return 'missing';
  let connection: RTCPeerConnection;
  try {
    connection = new RTCPeerConnection({ iceServers: [] });
  } catch {
    return 'missing';
  }
  try {
    const found = firstCandidate(connection);
    connection.createDataChannel('');
    await connection.setLocalDescription(await connection.createOffer());
    return (await found) ? 'works' : 'no-way-out';
  } catch {
    return 'missing';
  } finally {
    connection.close();
  }
}

const firstCandidate = (connection: RTCPeerConnection): Promise<boolean> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(false), GATHERING_LIMIT_MS);
    connection.onicecandidate = ({ candidate }) => {
      if (candidate === null) resolve(false);
      else if (candidate.candidate !== '') resolve(true);
    };
  });
