// What the toy phone's person sees before they decide, all of it from the server and none from the code's own text.

import { language, say } from './texts.js';

const $ = (id) => document.getElementById(id);
const asked = { match: choices, type: typing, none: () => [element('p', say('noneHow'))] };

/** `seen` is the server's answer to a scan, or null on an old phone; `approve(number)` is called with the number chosen. */
export function renderQuestion(sessionId, seen, approve) {
  const platform = seen?.platform;
  $('ask-title').textContent = platform ? say('signInTo').replace('{platform}', platform.name) : say('oldTitle');
  $('domain').textContent = platform ? platform.domain.replace(/^https:\/\//, '') : '';
  const reasons = (seen?.reasons ?? []).map(say).filter(Boolean).join(', ');
  $('warning').hidden = seen ? !seen.risky : false;
  $('warning').textContent = seen ? say('risky').replace('{reasons}', reasons) : say('oldWarning');
  $('facts').replaceChildren(...(seen ? facts(seen) : [fact('platform', sessionId.split(':')[2] ?? '')]));
  $('deny').textContent = say(seen ? 'deny' : 'cancel');
  renderConfirmation(sessionId, seen, approve);
}

function facts({ platform, screen, firstTime }) {
  const truth = (value) => say(value === null || value === undefined ? 'unknown' : value ? 'yes' : 'no');
  const country = screen.country && new Intl.DisplayNames([language], { type: 'region' }).of(screen.country);
  return [
    fact('company', platform.company),
    fact('browser', [screen.browser, screen.system].filter(Boolean).join(', ')),
    fact('place', country),
    fact('network', screen.network),
    fact('same', truth(screen.sameNetwork)),
    fact('first', truth(firstTime)),
  ];
}

function fact(name, value) {
  const line = document.createElement('div');
  line.append(element('dt', say(name)), element('dd', value || say('unknown')));
  return line;
}

export function renderConfirmation(sessionId, seen, approve) {
  const kind = seen?.confirmation;
  $('approve').hidden = kind === 'match'; // the number is the approval
  $('approve').disabled = kind === 'type' && !seen.confirmed;
  $('deny').disabled = false;
  const shown = `${sessionId} ${kind} ${seen?.confirmed} ${language}`;
  if ($('confirmation').dataset.shown === shown && kind === 'type') return; // a screen reader must not hear it each second
  $('confirmation').dataset.shown = shown;
  $('confirmation').replaceChildren(...(asked[kind]?.(seen, approve) ?? []));
}

function choices(seen, approve) {
  const all = element('div', '');
  all.className = 'choices';
  for (const number of seen.choices) {
    const button = element('button', number);
    button.type = 'button';
    button.addEventListener('click', () => approve(number));
    all.append(button);
  }
  const question = element('p', say('matchHow'));
  question.id = 'which';
  all.setAttribute('role', 'group');
  all.setAttribute('aria-labelledby', 'which');
  return [question, all];
}

function typing(seen) {
  if (seen.confirmed) return [element('p', say('typeDone'))];
  const code = element('p', seen.code);
  code.className = 'type';
  return [element('p', say('typeHow')), code, element('p', say('typeWaiting'))];
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
