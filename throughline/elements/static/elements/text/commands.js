// What keys and buttons do. Lists and tables come with the editor's file; splitting an item does not (it needs Tiptap there).
import {commands as tiptap, pm} from '../../ui/editor/editor.js';
import {isAddress} from './schema.js';

const {baseKeymap, chainCommands, exitCode, lift, setBlockType, toggleMark, wrapIn} = pm.commands;
const {goToNextCell} = pm.tables;
// Tiptap's commands for lists: (type) => ({state, dispatch}) => done
const plain = command => (state, dispatch) => command({state, dispatch});

function splitListItem(type) {
  return (state, dispatch) => {
    const {$from, $to} = state.selection;
    if ($from.depth < 2 || !$from.sameParent($to) || $from.node(-1).type !== type) return false;
    if (!$from.parent.content.size && $from.node(-1).childCount === 1) return false; // an empty item: lift it
    const transaction = state.tr.delete($from.pos, $to.pos);
    const types = [{type}, {type: state.schema.nodes.paragraph}];
    if (!pm.transform.canSplit(transaction.doc, $from.pos, 2, types)) return false;
    dispatch?.(transaction.split($from.pos, 2, types).scrollIntoView());
    return true;
  };
}

const put = node => (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(node).scrollIntoView());
  return true;
};

const around = (state, type) => {
  const {$from} = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type === type) return {node: $from.node(depth), at: $from.before(depth)};
  return null;
};

function linkAt(state) {
  const {$from, from, to, empty} = state.selection;
  const {link} = state.schema.marks;
  if (!empty) return {from, to, href: $from.nodeAfter?.marks.find(mark => mark.type === link)?.attrs.href ?? ''};
  const mark = $from.marks().find(each => each.type === link);
  if (!mark) return null;
  let [start, end] = [$from.pos - $from.textOffset, $from.pos - $from.textOffset];
  const parent = $from.parent;
  let index = $from.index();
  while (index > 0 && mark.isInSet(parent.child(index - 1).marks)) start -= parent.child(--index).nodeSize;
  for (index = $from.index(); index < parent.childCount && mark.isInSet(parent.child(index).marks); index++) end += parent.child(index).nodeSize;
  return {from: start, to: end, href: mark.attrs.href};
}

const table = ({nodes}) => nodes.table.create(null, [nodes.table_header, nodes.table_cell, nodes.table_cell].map(type =>
  nodes.table_row.create(null, [0, 1, 2].map(() => type.createAndFill()))));

// `ask(name, values)` opens a dialog of the page and answers its fields, or null; `upload(file)` answers {file} or null.
export function actions(schema, ask, upload) {
  const {nodes, marks} = schema;
  const asking = then => (state, dispatch, view) => {
    if (dispatch) then(view);
    return true;
  };
  return {
    strong: toggleMark(marks.strong), emphasis: toggleMark(marks.em),
    link: asking(async view => {
      const place = linkAt(view.state) ?? {...view.state.selection, from: view.state.selection.from, to: view.state.selection.to, href: ''};
      const told = await ask('link', {href: place.href, words: view.state.doc.textBetween(place.from, place.to)});
      if (!told) return;
      const {tr} = view.state;
      if (!told.href) return void view.dispatch(tr.removeMark(place.from, place.to, marks.link));
      const mark = marks.link.create({href: told.href});
      if (place.from === place.to) tr.replaceSelectionWith(schema.text(told.words || told.href, [mark]), false);
      else tr.addMark(place.from, place.to, mark);
      view.dispatch(tr);
    }),
    text: setBlockType(nodes.paragraph),
    heading: setBlockType(nodes.heading, {level: 2, key: ''}), subheading: setBlockType(nodes.heading, {level: 3, key: ''}),
    bullets: plain(tiptap.wrapInList(nodes.bullet_list)), numbers: plain(tiptap.wrapInList(nodes.ordered_list)),
    nest: plain(tiptap.sinkListItem(nodes.list_item)),
    lift: chainCommands(plain(tiptap.liftListItem(nodes.list_item)), lift),
    quote: asking(async view => {
      const held = around(view.state, nodes.quote);
      const told = await ask('quote', held?.node.attrs ?? {voice: '', group: ''});
      if (!told) return;
      if (held) view.dispatch(view.state.tr.setNodeMarkup(held.at, null, told));
      else wrapIn(nodes.quote, told)(view.state, view.dispatch);
    }),
    footnote: asking(async view => {
      const {node} = view.state.selection;
      const held = node?.type === nodes.footnote ? node.attrs : {text: '', url: ''};
      const told = await ask('footnote', held);
      if (!told || !(told.text || told.url)) return;
      const {tr, selection} = view.state;
      const made = nodes.footnote.create({text: told.text, url: isAddress(told.url, false) ? told.url : ''});
      view.dispatch(node?.type === nodes.footnote ? tr.replaceSelectionWith(made, false) : tr.insert(selection.to, made));
    }),
    picture: asking(async view => {
      const {node} = view.state.selection;
      const held = node?.type === nodes.image ? node.attrs : null;
      const told = await ask('picture', held ?? {alt: '', caption: ''});
      if (!told) return;
      const found = told.upload?.size ? await upload(told.upload) : held;
      if (!found) return;
      const made = nodes.image.create({file: found.file, alt: told.alt, caption: told.caption});
      put(made)(view.state, view.dispatch);
    }),
    table: put(table(schema)),
    'header-row': pm.tables.toggleHeaderRow,
    'row-add': pm.tables.addRowAfter, 'row-remove': pm.tables.deleteRow,
    'column-add': pm.tables.addColumnAfter, 'column-remove': pm.tables.deleteColumn,
    'table-remove': pm.tables.deleteTable,
    undo: pm.history.undo, redo: pm.history.redo,
  };
}

export function keys({nodes}, act) {
  const lineBreak = chainCommands(exitCode, put(nodes.hard_break.create()));
  return [pm.keymap.keymap({
    'Mod-z': act.undo, 'Mod-y': act.redo, 'Shift-Mod-z': act.redo, 'Mod-b': act.strong, 'Mod-i': act.emphasis, 'Mod-k': act.link,
    'Mod-Alt-0': act.text, 'Mod-Alt-2': act.heading, 'Mod-Alt-3': act.subheading, 'Mod-Shift-7': act.numbers, 'Mod-Shift-8': act.bullets,
    'Mod-Shift-9': act.quote, 'Mod-Alt-f': act.footnote,
    'Enter': chainCommands(splitListItem(nodes.list_item), plain(tiptap.liftListItem(nodes.list_item))),
    'Shift-Enter': lineBreak,
    'Tab': chainCommands(goToNextCell(1), act.nest), 'Shift-Tab': chainCommands(goToNextCell(-1), plain(tiptap.liftListItem(nodes.list_item))),
  }), pm.keymap.keymap(baseKeymap)];
}

// Tables are mended by whoever changes them, not by everybody who sees that they were changed.
export function tables(key) {
  const {spec} = pm.tables.tableEditing();
  return new pm.state.Plugin({...spec, appendTransaction: (transactions, before, after) =>
    transactions.some(each => each.getMeta(key)) ? null : spec.appendTransaction(transactions, before, after)});
}
