// How the demo's phone sees the code on the demo's screen: two pages of one origin, in two windows of one browser.
// It stands for the camera. What crosses is what a camera would read, and no more: the text of the code.

const channel = new BroadcastChannel('code-on-screen');

/** The screen: says what it shows now, `null` for no code, and says it again whenever a phone looks. */
export function showToPhones(sessionId) {
  channel.onmessage = ({ data }) => { if (data === 'look') channel.postMessage({ sessionId }); };
  channel.postMessage({ sessionId });
}

/** The phone: resolves with the text of the code that a screen shows, or with null when none does. */
export function look() {
  return new Promise((resolve) => {
    const nothing = setTimeout(() => resolve(null), 1500);
    channel.onmessage = ({ data }) => {
      if (!data.sessionId) return;
      clearTimeout(nothing);
      resolve(data.sessionId);
    };
    channel.postMessage('look');
  });
}
