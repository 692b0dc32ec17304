// The page where a text is written: puts the editor in the place of the text that the server showed.
import {pm} from '../../ui/editor/editor.js';
import {key, placeHere, placeThere, together, wordsOf} from './collab.js';
import {actions, keys, tables} from './commands.js';
import {ready} from './extending.js';
import {Keeping} from './keeping.js';
import {Ended, Line, ask, newName, pause} from './line.js';
import {pastedHTML, pastedSlice} from './paste.js';
import {People, decorate, decorations, guides} from './people.js';
import {schemaOf} from './schema.js';

const place = document.querySelector('[data-editor]');
const find = name => document.querySelector(`[data-${name}]`);
const {live, element, member, files, label, language, direction} = place.dataset;
const client = newName().replaceAll('-', '').slice(0, 20);
const keeping = new Keeping(member, element, client);
const templates = new Map([...document.querySelectorAll('[data-guide]')].map(each => [each.dataset.guide, each]));
const listeners = {changed: [], selected: []};
let schema, view, line, people, csrf;

function show(name) {
  const state = find('state');
  const words = state.dataset[name.replace(/-(\w)/g, (_all, letter) => letter.toUpperCase())];
  if (state.textContent !== words) state.textContent = words;
  state.dataset.now = name;
}

// What could not be placed is handed back in words; nothing goes without a word.
function handBack(steps, why = []) {
  const words = steps.map(step => step.slice ? wordsOf(schema, step) : '').join('');
  const box = find('lost');
  box.hidden = false;
  const reasons = box.querySelector('[data-why]');
  if (why.length) reasons.textContent = [...new Set([...reasons.textContent.split('\n').filter(Boolean), ...why])].join('\n');
  const held = box.querySelector('textarea');
  if (words.trim()) held.value = [held.value, words].filter(Boolean).join('\n');
  held.parentElement.hidden = !held.value;
}

function dialog(name, values) {
  const box = document.getElementById(`ask-${name}`);
  const form = box.querySelector('form');
  for (const field of form.elements) if (field.name in values) field.value = values[field.name];
  form.querySelectorAll('[type=file]').forEach(field => { field.value = ''; field.required = !values.file; });
  return new Promise(done => {
    box.returnValue = '';
    box.addEventListener('close', () => {
      done(box.returnValue === 'ok' ? Object.fromEntries(new FormData(form)) : null);
      view.focus();
    }, {once: true});
    box.showModal();
  });
}

async function upload(file) {
  const form = new FormData();
  form.append('file', file);
  try {
    const answer = await ask(`${live}picture/`, form, csrf);
    const told = await answer.json();
    if (answer.ok) return told;
    handBack([], [told.why]);
  } catch {
    handBack([], [find('state').dataset.noPicture]);
  }
  return null;
}

// What an earlier page left is sent first: the server places it as it places everything.
async function sendLeft() {
  for (const {name, told} of keeping.left()) {
    const answer = await ask(`${live}steps/`, {...told, client}, csrf);
    const {refused = [], why} = await answer.json();
    const lost = answer.ok ? told.batches.flatMap(({batch, steps}) => steps.filter((_step, i) => refused.some(each => each[0] === batch && each[1] === i)))
      : told.batches.flatMap(each => each.steps);
    if (lost.length) handBack(lost, why ? [why] : refused.map(each => each[2]));
    keeping.forget(name);
  }
}

async function fetched() {
  for (let tries = 0; ; tries++) {
    try {
      let now = await (await ask(live)).json();
      csrf = now.csrf;
      schema ??= schemaOf(now.spec, file => files.replace('00000000-0000-0000-0000-000000000000', file));
      if (now.may_write && keeping.left().length) {
        await sendLeft();
        now = await (await ask(live)).json();
      }
      return now;
    } catch (error) {
      if (error instanceof Ended) throw error;
      show('reconnecting');
      await pause(Math.min(5000, 500 * (tries + 1)));
    }
  }
}

const stateOf = (now, act) => pm.state.EditorState.create({
  doc: pm.model.Node.fromJSON(schema, now.document),
  plugins: [...keys(schema, act), pm.history.history(), tables(key), together(now.version), decorations()],
});

function toolbar(act, bar) {
  const buttons = [...bar.querySelectorAll('[data-do]')];
  const focus = at => {
    buttons.forEach((each, i) => { each.tabIndex = i === at ? 0 : -1; });
    buttons[at].focus();
  };
  buttons.forEach((each, i) => {
    each.tabIndex = i ? -1 : 0;
    each.addEventListener('mousedown', event => event.preventDefault()); // the selection stays where it is
    each.addEventListener('click', () => {
      const command = act[each.dataset.do];
      if (each.getAttribute('aria-disabled') === 'true') return;
      command(view.state, view.dispatch, view);
      if (!document.querySelector('dialog[open]')) view.focus();
    });
  });
  bar.addEventListener('keydown', event => {
    const at = buttons.indexOf(document.activeElement);
    const rtl = getComputedStyle(bar).direction === "rtl";
    const [forward, back] = rtl ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
    const to = {[forward]: at + 1, [back]: at - 1, Home: 0, End: buttons.length - 1}[event.key];
    if (event.key === 'Escape') view.focus();
    if (to === undefined) return;
    event.preventDefault();
    focus((to + buttons.length) % buttons.length);
  });
  const {marks, nodes} = schema;
  const pressed = state => {
    const {$from, from, to, empty, storedMarks} = {...state.selection, $from: state.selection.$from, empty: state.selection.empty, from: state.selection.from, to: state.selection.to, storedMarks: state.storedMarks};
    const has = mark => empty ? Boolean(mark.isInSet(storedMarks ?? $from.marks())) : state.doc.rangeHasMark(from, to, mark);
    const {parent} = $from;
    return {strong: has(marks.strong), emphasis: has(marks.em), link: has(marks.link), text: parent.type === nodes.paragraph,
      heading: parent.type === nodes.heading && parent.attrs.level === 2, subheading: parent.type === nodes.heading && parent.attrs.level === 3};
  };
  listeners.selected.push(() => {
    const now = pressed(view.state);
    for (const each of buttons) {
      const name = each.dataset.do;
      if (name in now) each.setAttribute('aria-pressed', String(now[name]));
      each.setAttribute('aria-disabled', String(!act[name](view.state, undefined, view)));
    }
  });
  return () => focus(Math.max(0, buttons.findIndex(each => each.tabIndex === 0)));
}

// Begin anew from what the server has; what is ours and unwritten is sent first.
async function again() {
  if (line.over) return;
  line.over = true;
  line.keep();
  line.close();
  clearTimeout(line.timer);
  await begin();
}

async function begin() {
  const now = await fetched();
  const act = actions(schema, dialog, upload);
  if (view) view.updateState(stateOf(now, act));
  else {
    const bar = find('toolbar');
    const toBar = bar ? toolbar(act, bar) : () => {};
    const shown = place.querySelector('[data-shown]');
    view = new pm.view.EditorView({mount: shown.cloneNode(false)}, {
      state: stateOf(now, act),
      editable: () => now.may_write && !line?.over,
      transformPastedHTML: pastedHTML,
      transformPasted: (slice, held) => pastedSlice(slice, held.state),
      attributes: {
        'aria-label': label, lang: language, dir: direction,
        ...now.may_write ? {role: 'textbox', 'aria-multiline': 'true', 'aria-describedby': 'editor-help'} : {role: 'region'},
      },
      handleKeyDown: (_view, event) => event.altKey && event.key === 'F10' ? (toBar(), true) : false,
      dispatchTransaction(transaction) {
        const before = view.state;
        view.updateState(before.apply(transaction));
        if (transaction.docChanged || transaction.getMeta(key)) line?.changed();
        if (transaction.docChanged) {
          listeners.changed.forEach(tell => tell());
          clearTimeout(place.guiding);
          place.guiding = setTimeout(() => guides(view, templates), 300);
        }
        if (!before.selection.eq(view.state.selection) || transaction.docChanged || transaction.storedMarksSet) {
          listeners.selected.forEach(tell => tell());
          if (!transaction.docChanged) line?.caret();
        }
      },
    });
    shown.replaceWith(view.dom);
  }
  people = new People(view, find('people'), client);
  line = new Line({view, address: live, client, csrf, keeping, said: {
    state: show,
    lost: steps => handBack(steps),
    refused: why => handBack([], why),
    here: told => { people.here(told); line.others = people.others; },
    wrote: (...told) => people.wrote(...told),
    again,
  }});
  view.setProps({}); // it may be written now
  guides(view, templates);
  listeners.selected.forEach(tell => tell());
  document.body.classList.add('editing');
  place.dataset.ready = '';
}

try {
  await begin();
  ready({
    view, schema, version: () => key.getState(view.state).version,
    placeHere: (...told) => placeHere(view.state, ...told), placeThere: at => placeThere(view.state, at),
    decorate: (name, spans) => decorate(view, name, spans), on: (what, tell) => listeners[what].push(tell),
  });
} catch (error) {
  if (!(error instanceof Ended)) throw error;
  show('ended');
}

find('away')?.addEventListener('click', () => { find('lost').hidden = true; find('lost').querySelector('textarea').value = ''; find('lost').querySelector('[data-why]').textContent = ''; });
