import { commonTexts } from '../texts/common';
import { refusalText } from '../texts/refusals';
import { scanTexts as texts } from '../texts/scan';
import { Camera } from '../scanner/camera';
import { readPicture } from '../scanner/reader';
import type { App } from '../frame/app';
import { busy, fail, fill, h } from '../frame/element';
import type { View } from '../frame/router';
import { take } from './take';

/** The key first: a code lives for seconds, and a passphrase takes longer to type. */
export async function startScan(app: App): Promise<void> {
  if (await app.unlock()) app.router.go(scan(app));
}

/** The camera, and every other way a code may come in. */
export const scan = (app: App): View => () => {
  const { say } = app;
  const place = h('p', { class: 'status steady', role: 'status', 'aria-live': 'polite' }, say(texts.starting));
  const video = h('video', { playsinline: true, muted: true, autoplay: true, 'aria-label': say(texts.video) });
  video.muted = true;
  const frame = h('div', { class: 'viewfinder' }, video);
  const torch = h('button', { type: 'button', class: 'secondary', hidden: true, 'aria-pressed': 'false' }, say(texts.torchOn));
  const other = otherWays(app, place);
  let camera: Camera | null = null;
  let left = false;

  void (async () => {
    const opened = await Camera.open(video);
    if (!(opened instanceof Camera)) {
      frame.hidden = true;
      other.open = true;
      fail(place, say(texts[opened]));
      return;
    }
    camera = opened;
    if (left) return opened.stop();
    fill(place, say(texts.looking));
    torch.hidden = !opened.hasTorch;
    torch.addEventListener('click', () => void turn(app, opened, torch));
    await opened.watch(async (text) => {
      fill(place, say(texts.found));
      const refused = await take(app, text);
      if (!left && refused) tellWhy(app, place, refused);
    });
  })();

  return {
    title: say(texts.title),
    leave: () => {
      left = true;
      camera?.stop();
    },
    body: [h('p', { class: 'lead' }, say(texts.lead)), frame, place, torch, other, h('button', { type: 'button', class: 'secondary', onclick: () => app.router.home() }, say(commonTexts.back))],
  };
};

// A code that this phone has approved before is no trouble: the screen is on its way in.
function tellWhy({ say }: App, place: HTMLElement, code: string): void {
  if (code === 'already_authenticated') fill(place, h('span', { class: 'done' }, say(refusalText(code))));
  else fail(place, say(refusalText(code)));
}

async function turn(app: App, camera: Camera, torch: HTMLButtonElement): Promise<void> {
  const on = torch.getAttribute('aria-pressed') !== 'true';
  try {
    await camera.torch(on);
  } catch {
    torch.hidden = true;
    return;
  }
  torch.setAttribute('aria-pressed', String(on));
  torch.textContent = app.say(on ? texts.torchOff : texts.torchOn);
}

function otherWays(app: App, place: HTMLElement): HTMLDetailsElement {
  const { say } = app;
  const area = h('textarea', { id: 'code-text', rows: '3', required: true, autocapitalize: 'none', autocorrect: 'off', spellcheck: 'false', autocomplete: 'off', 'aria-describedby': 'code-hint' });
  const use = h('button', { type: 'submit', class: 'secondary' }, say(texts.use));
  const picture = h('input', { id: 'code-picture', class: 'heard', type: 'file', accept: 'image/*' });
  const answer = async (text: string | null): Promise<void> => {
    const refused = text === null ? 'no_code_in_picture' : await take(app, text);
    if (refused) tellWhy(app, place, refused);
  };
  picture.addEventListener('change', () => {
    const file = picture.files?.[0];
    picture.value = '';
    if (!file) return;
    fill(place, say(commonTexts.wait));
    void readFile(file).then(answer);
  });
  return h('details', { class: 'other' },
    h('summary', {}, say(texts.otherWays)),
    h('form', {
      class: 'fields',
      onsubmit: (event) => {
        event.preventDefault();
        void busy(use, say(commonTexts.wait), () => answer(area.value));
      },
    }, h('div', { class: 'field' }, h('label', { for: 'code-text' }, say(texts.paste)), h('p', { class: 'hint', id: 'code-hint' }, say(texts.pasteHint)), area), use),
    h('div', { class: 'field pick' }, picture, h('label', { for: 'code-picture', class: 'secondary' }, say(texts.picture))));
}

async function readFile(file: File): Promise<string | null> {
  try {
    const picture = await createImageBitmap(file);
    try {
      return await readPicture(picture);
    } finally {
      picture.close();
    }
  } catch {
    return null;
  }
}
