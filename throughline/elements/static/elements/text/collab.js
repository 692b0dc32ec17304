// What is ours and not yet written down, and what came from the server (docs/decisions/0033).
//
// The server may have moved our steps over those of others (editing/moving.py). Usually we have moved them the same way and
// only note that they are written. When the server's version differs, ours is undone and the server's taken.
import {pm} from '../../ui/editor/editor.js';

const {Plugin, PluginKey} = pm.state;
const {Step} = pm.transform;
export const key = new PluginKey('together');
const REMEMBERED = 1000;

// One change of ours: the step, how to undo it, and under which batch and place it was sent.
const mine = (step, doc) => ({step, inverted: step.invert(doc), batch: null, place: 0});

export const together = version => new Plugin({
  key,
  state: {
    init: () => ({version, mine: [], maps: []}),
    apply(transaction, state) {
      const told = transaction.getMeta(key);
      if (told) return {...told, maps: [...state.maps, ...told.maps ?? []].slice(-REMEMBERED)};
      if (!transaction.docChanged) return state;
      return {...state, mine: [...state.mine, ...transaction.steps.map((step, i) => mine(step, transaction.docs[i]))]};
    },
  },
  historyPreserveItems: true, // history must know that our steps move
});

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const ours = (each, written) => each.batch !== null && each.batch === written.batch && each.place === written.place;

// The steps of changes as the server tells them, one by one, from this version on.
export function unfolded(changes, version) {
  const found = changes.flatMap(({start, client, batch, places, steps}) =>
    steps.map((step, i) => ({version: start + i, client, batch, place: places[i], step})));
  return found.filter(each => each.version >= version);
}

// A transaction that takes over what was written, in order. Undoes ours, applies theirs, does ours again.
function moved(state, over, left, version) {
  const {mine: before} = key.getState(state);
  const transaction = state.tr;
  for (let i = before.length - 1; i >= 0; i--) transaction.step(before[i].inverted);
  const steps = over.map(written => Step.fromJSON(state.schema, written.step));
  for (const step of steps) transaction.step(step);
  const after = [], lost = [];
  before.forEach((each, i) => {
    if (!left(each)) return;
    const back = before.length - i;
    const step = each.step.map(transaction.mapping.slice(back));
    if (!step || transaction.maybeStep(step).failed) {
      lost.push(each);
      return;
    }
    transaction.mapping.setMirror(back - 1, transaction.steps.length - 1);
    after.push({...each, step, inverted: step.invert(transaction.docs[transaction.docs.length - 1])});
  });
  if (before.every(left)) transaction.setMeta('rebased', before.length);
  transaction.setMeta('addToHistory', false).setMeta(key, {version, mine: after, maps: steps.map(step => step.getMap())});
  return {transaction, lost};
}

// Takes steps that were written. Returns {state, lost}: lost are changes of ours whose place is gone.
export function receive(state, changes, apply = (state, transaction) => state.apply(transaction)) {
  const lost = [];
  const written = unfolded(changes, key.getState(state).version);
  if (written.length && written[0].version !== key.getState(state).version) throw new Error('a version is missing');
  let at = 0;
  while (at < written.length) {
    const {mine: before, version} = key.getState(state);
    const equal = count => count < before.length && at + count < written.length && ours(before[count], written[at + count]) &&
      same(before[count].step.toJSON(), written[at + count].step);
    let count = 0;
    while (equal(count)) count++;
    if (count) {
      const maps = before.slice(0, count).map(each => each.step.getMap());
      state = apply(state, state.tr.setMeta(key, {version: version + count, mine: before.slice(count), maps}).setMeta('addToHistory', false));
      at += count;
      continue;
    }
    // Others' steps up to the next one of ours; or one of ours that the server moved differently.
    let end = at;
    while (end < written.length && !before.some(each => ours(each, written[end]))) end++;
    if (end === at) end++;
    const run = written.slice(at, end);
    const step = moved(state, run, each => !run.some(other => ours(each, other)), version + run.length);
    state = apply(state, step.transaction);
    lost.push(...step.lost);
    at = end;
  }
  return {state, lost};
}

// What is to be sent, marked as one batch; null when there is nothing or something is on its way.
export function batchOf(state, id, most = 100) {
  const {mine: waiting, version} = key.getState(state);
  if (!waiting.length || waiting.some(each => each.batch)) return null;
  const sent = waiting.slice(0, most).map((each, place) => ({...each, batch: id, place}));
  const transaction = state.tr.setMeta(key, {version, mine: [...sent, ...waiting.slice(most)]}).setMeta('addToHistory', false);
  return {transaction, told: {version, batches: [{batch: id, steps: sent.map(each => each.step.toJSON())}]}};
}

// Everything that is not known to be written, to be kept on this device: `next` names what was never sent.
export function unwritten(state, next) {
  const {mine: waiting, version} = key.getState(state);
  const names = [...new Set(waiting.map(each => each.batch ?? next))];
  const batches = names.map(batch => ({
    batch, steps: waiting.filter(each => (each.batch ?? next) === batch).map(each => each.step.toJSON()),
  }));
  return batches.length ? {version, batches} : null;
}

// The server has answered and we have seen everything up to that answer: what is left of the batch was refused.
export function settled(state, id) {
  const {mine: before, version} = key.getState(state);
  const refused = before.filter(each => each.batch === id);
  if (!refused.length) return null;
  const {transaction, lost} = moved(state, [], each => each.batch !== id, version);
  return {transaction, lost: [...refused, ...lost]};
}

// The words of a step, so that the page can give back what could not be placed.
export const wordsOf = (schema, told) => {
  const {content} = pm.model.Slice.fromJSON(schema, told.slice);
  return content.textBetween(0, content.size, '\n', leaf => leaf.attrs.text || leaf.attrs.alt || '');
};

// A place of the server's text at a version, in the text as this editor shows it; null when that is too long ago.
export function placeHere(state, version, place, side = 1) {
  const {version: now, maps, mine: waiting} = key.getState(state);
  if (version > now || now - version > maps.length) return null;
  for (const map of version < now ? maps.slice(version - now) : []) place = map.map(place, side);
  for (const each of waiting) place = each.step.getMap().map(place, side);
  return Math.min(place, state.doc.content.size);
}

// The other way: a place of this editor's text as the server counts it at our version.
export function placeThere(state, place) {
  const {mine: waiting} = key.getState(state);
  return waiting.reduceRight((at, each) => each.step.getMap().invert().map(at), place);
}
