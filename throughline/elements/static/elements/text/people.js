// What is shown in the text beside the words: carets of others, prompts beside headings, and what `extending.js` adds.
import {pm} from '../../ui/editor/editor.js';
import {placeHere} from './collab.js';

const {Decoration, DecorationSet} = pm.view;
const {Plugin, PluginKey} = pm.state;
const shown = new PluginKey('shown');

// Decorations by name; each moves with the text until it is set anew.
export const decorations = () => new Plugin({
  key: shown,
  state: {
    init: () => new Map(),
    apply(transaction, sets) {
      const told = transaction.getMeta(shown);
      if (!told && !transaction.docChanged) return sets;
      const next = new Map([...sets].map(([name, set]) => [name, set.map(transaction.mapping, transaction.doc)]));
      if (told) next.set(told.name, DecorationSet.create(transaction.doc, told.spans.map(made)));
      return next;
    },
  },
  props: {
    decorations(state) {
      const all = [...shown.getState(state).values()].flatMap(set => set.find());
      return DecorationSet.create(state.doc, all);
    },
  },
});

const made = ({from, to, at, dom, side = 1, class: name, attrs = {}, key}) => dom
  ? Decoration.widget(at, dom, {side, key, ignoreSelection: true, stopEvent: () => true})
  : Decoration.inline(from, to, {...attrs, class: name});

export const decorate = (view, name, spans) =>
  view.dispatch(view.state.tr.setMeta(shown, {name, spans}).setMeta('addToHistory', false));

// Who is here: a list on the page, and a caret with a name in the text for each of the others.
export class People {
  constructor(view, list, client) {
    Object.assign(this, {view, list, client, all: new Map()});
  }

  get others() { return [...this.all.keys()].some(each => each !== this.client); }

  here({all, changed = [], gone = []}) {
    if (all) this.all = new Map(all.map(each => [each.client, each]));
    for (const each of changed) this.all.set(each.client, each);
    for (const each of gone) this.all.delete(each);
    const names = new Map([...this.all.values()].map(each => [each.member, each.name]));
    this.list.replaceChildren(...[...names].map(([, name]) => {
      const row = document.createElement('li');
      const held = document.createElement('bdi');
      held.textContent = name;
      row.append(held);
      return row;
    }));
    this.draw();
  }

  // Somebody wrote: their caret stands behind what they wrote.
  wrote(client, version, step) {
    const each = this.all.get(client);
    if (!each || client === this.client || step.from === undefined) return;
    let at = step.to;
    pm.transform.Step.fromJSON(this.view.state.schema, step).getMap().forEach((_from, _to, _start, end) => { at = end; });
    Object.assign(each, {anchor: at, head: at, version});
    this.draw();
  }

  draw() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const spans = [];
      for (const each of this.all.values()) {
        if (each.client === this.client || !each.version) continue;
        const [anchor, head] = [each.anchor, each.head].map(place => placeHere(this.view.state, each.version, place, -1));
        if (head === null || anchor === null) continue;
        if (anchor !== head) spans.push({from: Math.min(anchor, head), to: Math.max(anchor, head), class: 'of-others'});
        spans.push({at: head, key: `${each.client}:${each.name}`, dom: () => {
          const caret = document.createElement('span');
          caret.className = 'caret';
          caret.setAttribute('aria-hidden', 'true');
          const name = document.createElement('bdi');
          name.textContent = each.name;
          caret.append(name);
          return caret;
        }});
      }
      decorate(this.view, 'carets', spans);
    }, 100);
  }
}

// The prompts of the outline, folded, below the heading of their section.
export function guides(view, templates) {
  const spans = [];
  view.state.doc.forEach((node, offset) => {
    const guide = node.attrs.key && templates.get(node.attrs.key);
    if (guide) spans.push({at: offset + node.nodeSize, side: -1, key: `guide:${node.attrs.key}`, dom: () => guide.cloneNode(true)});
  });
  decorate(view, 'guides', spans);
}
