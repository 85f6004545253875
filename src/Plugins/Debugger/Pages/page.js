(() => {
  'use strict';
  const { root, secret, session } = document.body.dataset;
  const make = (tag, kind, text) => {
    const element = document.createElement(tag);
    if (kind) element.className = kind;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  for (const link of document.querySelectorAll('nav a')) link.addEventListener('click', () => {
    const target = document.querySelector(link.hash);
    if (target.tagName === 'DETAILS') target.open = true;
  });

  const plain = document.querySelector('.plain');
  if (plain) plain.querySelector('.copy').addEventListener('click', async event => {
    const text = plain.querySelector('.text');
    try {
      await navigator.clipboard.writeText(text.textContent);
      event.target.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(text);
    }
  });

  const box = document.getElementById('console');
  if (!box) return;
  const [log, pin, entry, names] = ['.log', '.pin', '.entry', '.names'].map(kind => box.querySelector(kind));
  const input = entry.elements.code, cancel = entry.querySelector('.cancel'), run = entry.querySelector('.run');
  const store = 'modular.debugger.history';
  let history = [], place = 0, draft = '', waiting = null;
  try { history = JSON.parse(sessionStorage.getItem(store)) || []; } catch { /* nothing kept */ }
  place = history.length;

  const send = async (command, more) => {
    const answer = await fetch(`${root}/${command}`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, credentials: 'same-origin', body: JSON.stringify({ secret, session, ...more }),
    });
    const content = await answer.json().catch(() => ({ error: `The answer was ${answer.status}.` }));
    return { status: answer.status, content };
  };
  // Asks for the PIN if it is missing, then continues with the request.
  const ask = async (command, more) => {
    try {
      const { status, content } = await send(command, more);
      if (status === 200) return content;
      if (status === 401) {
        await unlock();
        return ask(command, more);
      }
      tell('failed', content.error);
    } catch (error) {
      tell('failed', `The program did not answer: ${error.message}`);
    }
    return null;
  };
  const unlock = () => {
    pin.hidden = false;
    pin.elements.pin.focus();
    return new Promise(resolve => { waiting = resolve; });
  };
  pin.addEventListener('submit', async event => {
    event.preventDefault();
    const { status, content } = await send('pin', { pin: pin.elements.pin.value });
    pin.elements.pin.value = '';
    pin.querySelector('.refusal').textContent = status === 200 ? '' : content.error;
    if (status !== 200) return;
    pin.hidden = true;
    if (waiting) waiting();
    waiting = null;
    input.focus();
  });

  const tell = (kind, text) => add(make('div', kind, text));
  const add = element => {
    log.append(element);
    log.scrollTop = log.scrollHeight;
  };
  const label = node => `${node.name ? `${node.name}: ` : ''}${node.text}`;
  const show = node => {
    if (!node.hasMembers) {
      const leaf = make('div', 'leaf', label(node) + ' ');
      leaf.append(make('span', 'dim', node.type));
      return leaf;
    }
    const details = make('details'), summary = make('summary', '', label(node) + ' ');
    summary.append(make('span', 'dim', node.type));
    details.append(summary);
    details.addEventListener('toggle', async () => {
      if (!details.open || details.querySelector('ul')) return;
      const list = make('ul');
      details.append(list);
      for (const member of await ask('expand', { id: node.id }) || []) {
        const item = make('li');
        item.append(show(member));
        list.append(item);
      }
    });
    return details;
  };

  const fit = () => {
    input.style.height = 'auto';
    input.style.height = `${input.scrollHeight + 2}px`;
  };
  const put = text => {
    input.value = text;
    input.setSelectionRange(text.length, text.length);
    fit();
  };
  entry.addEventListener('submit', async event => {
    event.preventDefault();
    const code = input.value;
    if (!code.trim() || run.hidden) return;
    names.hidden = true;
    tell('asked', code);
    if (history.at(-1) !== code) history.push(code);
    place = history.length;
    try { sessionStorage.setItem(store, JSON.stringify(history.slice(-100))); } catch { /* not kept */ }
    put('');
    run.hidden = true;
    cancel.hidden = false;
    const result = await ask('run', { code });
    run.hidden = false;
    cancel.hidden = true;
    if (!result) return;
    if (result.output) tell('output', result.output);
    if (result.error) tell('failed', result.error);
    if (result.value) add(show(result.value));
    input.focus();
  });
  const giveUp = () => send('cancel', {});
  cancel.addEventListener('click', giveUp);

  const word = () => /[\p{L}\p{N}_]*$/u.exec(input.value.slice(0, input.selectionStart))[0];
  const complete = name => {
    const end = input.selectionStart, start = end - word().length;
    input.setRangeText(name, start, end, 'end');
    names.hidden = true;
    input.focus();
    fit();
  };
  const offer = async () => {
    const found = await ask('complete', { code: input.value, position: input.selectionStart }) || [];
    input.focus();
    if (found.length === 1) return complete(found[0]);
    const typed = word();
    let common = found[0] || '';
    for (const name of found) while (!name.toLowerCase().startsWith(common.toLowerCase())) common = common.slice(0, -1);
    if (common.length > typed.length) complete(common);
    names.replaceChildren(...found.map(name => {
      const choice = make('button', '', name);
      choice.type = 'button';
      choice.setAttribute('role', 'option');
      choice.addEventListener('click', () => complete(name));
      return choice;
    }));
    names.hidden = found.length === 0;
  };

  const step = by => {
    const next = place + by;
    if (next < 0 || next > history.length) return;
    if (place === history.length) draft = input.value;
    place = next;
    put(place === history.length ? draft : history[place]);
  };
  input.addEventListener('input', () => {
    names.hidden = true;
    fit();
  });
  input.addEventListener('keydown', event => {
    const { key } = event, before = input.value.slice(0, input.selectionStart), after = input.value.slice(input.selectionEnd);
    if (key === 'Enter' && !event.shiftKey && !event.isComposing) entry.requestSubmit();
    // On an empty line, Tab moves to the next element, so that keyboard users can leave the field.
    else if (key === 'Tab' && !event.shiftKey && input.value.trim()) offer();
    else if (key === 'ArrowUp' && !before.includes('\n')) step(-1);
    else if (key === 'ArrowDown' && !after.includes('\n')) step(1);
    else if (key === 'Escape') {
      names.hidden = true;
      if (!cancel.hidden) giveUp();
    } else return;
    event.preventDefault();
  });
  box.addEventListener('toggle', () => { if (box.open) input.focus(); });
  if (box.open) input.focus();
})();
