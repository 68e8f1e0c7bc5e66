import { swapDoors } from './doors';
import { part } from './elements';
import { listen } from './listen';
import { PanelView } from './panel-view';
import { PhoneSignIn } from './phone-sign-in';
import { Wire } from './wire';

const renewEvery = 20_000;
/** A link is followed by a page that has to load first: its code is younger. */
const renewLinkEvery = 10_000;

/** Makes the phone's door work where the page has one. */
export function openPhoneDoor(document: Document, window: Window & typeof globalThis): void {
  const doors = document.querySelector<HTMLElement>('[data-shown]');
  const panel = doors?.querySelector<HTMLElement>('[data-client]');
  if (!doors || !panel) return;

  const gone = (): void => {
    signIn.close();
    doors.dataset['shown'] = 'password';
    for (const each of doors.querySelectorAll<HTMLElement>('[data-client], [data-door]')) each.hidden = true;
  };
  // Over plain http, except on this very machine, a browser makes no SHA-256: then there is the password.
  const crypto = window.isSecureContext ? window.crypto : null;

  const wire = new Wire(panel.dataset['client'] ?? '', (...asked) => window.fetch(...asked));
  const view = new PanelView(panel, (accessToken) => leave(panel, accessToken), gone, {
    again: () => void signIn.again(),
    typed: (code) => signIn.typed(code),
  });
  const signIn = new PhoneSignIn({
    wire,
    view,
    listen: (nonce, hearing) => listen(wire.eventsOf(nonce), hearing, { EventSource: window.EventSource, fetch: (...asked) => window.fetch(...asked) }),
    isSeen: () => document.visibilityState === 'visible',
    get renewEvery() {
      return view.box.isLink ? renewLinkEvery : renewEvery;
    },
  }, crypto ?? window.crypto);

  if (!crypto) return gone();
  swapDoors(doors, window, (isOpen) => signIn.open(isOpen));
  document.addEventListener('visibilitychange', () => signIn.look());
  window.addEventListener('pagehide', () => signIn.close());
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) void signIn.again();
  });
}

/** The form lies in a template: nothing of it is in the page before there is something to send. */
function leave(panel: HTMLElement, accessToken: string): void {
  const form = document.importNode(part(panel, 'form', HTMLTemplateElement).content, true).querySelector('form');
  if (!form) return;
  const field = form.elements.namedItem('accessToken');
  if (field instanceof HTMLInputElement) field.value = accessToken;
  panel.append(form);
  form.submit();
}
